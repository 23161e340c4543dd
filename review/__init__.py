"""Review per language: steps of a workflow in which the texts of one language are approved by those who write in it."""
