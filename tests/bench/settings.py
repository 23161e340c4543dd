"""The settings of production, but the collected static files lie in the folder of the run."""

import os

from actiris_site import settings as production

vars().update({name: value for name, value in vars(production).items() if name.isupper()})

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
# Stock pages beside ours, to compare the editor with.
INSTALLED_APPS = [*production.INSTALLED_APPS, "tests.bench"]
ROOT_URLCONF = "tests.bench.urls"
