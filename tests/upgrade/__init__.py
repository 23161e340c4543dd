"""Upgrading from the last release: what it left behind, and how it is made."""
