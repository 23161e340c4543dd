"""What exists only because there are three languages: units, parity, fallback, and the blocks that hold them.

Knows no page type: models are found through Django's registry and their translated fields through modeltranslation's.
"""
