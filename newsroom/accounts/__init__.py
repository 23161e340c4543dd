"""Who may log in, how, for how long, and as what."""
