"""The translation memory: texts that were published together, and where they help again."""
