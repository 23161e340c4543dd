"""What staff need in the admin: users and roles, checks, the loading of starting content."""
