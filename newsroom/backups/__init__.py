"""Backups: the database and the uploaded files in one archive, out and in again."""
