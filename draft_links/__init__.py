"""Links that show a draft to somebody without an account, and what these people write about it."""
