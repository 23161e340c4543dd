"""Checks across languages: what a text says otherwise than its twin. Pure: texts in, mismatches out (`mismatch.Mismatch`).

They are quiet rather than complete: what a translator may well have meant is let pass.
"""
