"""The glossary's terms: in texts for readers, and beside fields for editors."""
