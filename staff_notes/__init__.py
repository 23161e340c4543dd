"""What staff tell each other: notes about pages, entries and settings, and what must be filled in. Readers see none of it."""
