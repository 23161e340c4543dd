"""The whole site, with readers in front of it, while one part after the other fails."""
