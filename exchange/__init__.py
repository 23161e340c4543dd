"""What goes to translators as files and comes back: packages of texts, from one language to another."""
