"""Commands with the settings of production."""

import os
import subprocess
import sys

from django.conf import settings

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-1234567890-and-some-more",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
}


def start(*arguments, **environment):
    """Run a management command with the settings of production, and return what came of it."""
    foreign = {*GOOD, "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # the last is for the browser tests alone
    inherited = {name: value for name, value in os.environ.items() if name not in foreign}
    command = [sys.executable, "manage.py", *arguments]
    chosen = {name: value for name, value in (inherited | GOOD | environment).items() if value is not None}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=chosen, capture_output=True, text=True, check=False)
