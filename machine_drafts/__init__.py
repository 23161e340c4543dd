"""Drafts by a translation service, for texts that are missing or behind: never public before a person has confirmed them."""
