"""Notices: what is announced over every public page, from one moment to another."""
