"""The search of the admin: everything that staff may change, in any language, asked for at one place."""
