"""Two people who edit the same object at once: what a form was opened with, what was saved meanwhile, what conflicts.

Of the modules beside this package only `languages.forms` knows of it: all others stand below.
"""
