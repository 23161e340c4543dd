"""Redirects as staff write, import and take along: none leads in a circle, and one for an address whatever its capitals."""
