"""What a server needs, and what stands in for one on a developer's machine."""
