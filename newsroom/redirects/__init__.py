"""Redirects as staff write, import and export them: none leads in a circle, and one for an address whatever its capitals."""
