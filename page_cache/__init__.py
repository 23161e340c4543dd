"""Answers to readers, kept until something that they show has changed: what each was made of, and whether it is still true."""
