"""The design system shows itself: every component in every state, on a page for staff."""
