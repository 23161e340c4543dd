"""Loading the starting content from `content/`."""
