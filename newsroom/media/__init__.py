"""Pictures and documents of the library, where this site's rules are other than Wagtail's."""
