"""What is meant to be otherwise after the upgrade, each with its reason. Everything else must be as it was."""

# Patterns of paths of pages -> why they read otherwise.
PAGES = {}
# Patterns such as "Editors: collections choose_*" -> why the group may do it now, or no longer may.
RIGHTS = {}
