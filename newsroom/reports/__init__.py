"""How everything stands in each language, the dated statement, notes and what is missing, and exports of Wagtail's lists."""
