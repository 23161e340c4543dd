"""What the site draws: data in, geometry out. Plain Python: nothing here knows Django, a database or a template."""
