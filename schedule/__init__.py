"""What the site does by itself, again and again: which jobs there are, when each is due, and how it went."""
