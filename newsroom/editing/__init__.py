"""Editing, copying and deleting pages, where this site's rules are other than Wagtail's."""
