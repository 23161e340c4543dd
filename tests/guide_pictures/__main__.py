"""`python -m tests.guide_pictures [NAME…]`, or `make pictures`: takes the pictures of the guide anew, or only those named.

It serves the site from a database of its own beside the one in `DATABASE_URL`, as the checks in a browser do.
"""

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "actiris_site.settings"
    django.setup()
    sys.exit(import_module("tests.guide_pictures.making").main(sys.argv[1:]))
