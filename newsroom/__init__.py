"""What staff need in the admin: accounts and roles, the explorer, editing, the library, reports, and the loading of content."""
