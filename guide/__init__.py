"""The guide for staff: a chapter for each task, in each language, with pictures of this very admin."""
