"""What exists only because there are three languages: units, parity, fallback, and the blocks that hold them.

What two people do to one object at once stands apart, in `languages.concurrent_edits`, and what a text says otherwise than its
twin, in `languages.twin_checks`.

Knows no page type: models are found through Django's registry and their translated fields through modeltranslation's.
"""
