"""Makes the pictures of the guide: a scene for each, played in a browser before a site with the starting content."""
