"""What staff need in the admin: accounts, content files, the explorer, editing, media, redirects and reports."""
