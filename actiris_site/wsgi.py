"""The site as a WSGI application, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actiris_site.settings")
application = get_wsgi_application()
resolve("/")  # loads all views now, and not while the first reader waits
