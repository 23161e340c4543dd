"""Reader feedback, messages and visits."""
