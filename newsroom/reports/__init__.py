"""How everything stands in each language: reports and the dated statement."""
