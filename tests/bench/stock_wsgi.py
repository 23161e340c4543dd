"""The stock Wagtail site of `tests.bench.stock_site`, for gunicorn."""

import django
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

django.setup()

from tests.bench.stock_site import stock_settings  # noqa: E402  (models need the settings)

override_settings(**stock_settings()).enable()
application = get_wsgi_application()
