"""What a page is, and the pages that belong to no domain."""
