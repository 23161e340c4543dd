"""What the checks across languages found in everything: kept, listed for staff, and shown beside texts."""
