"""The search: index, questions, answers."""
