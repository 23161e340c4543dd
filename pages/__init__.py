"""What a page is, and the pages that are no topics."""
