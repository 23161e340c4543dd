"""The settings of production, with two names that belong to a run of the benchmark."""

import os

from actiris_site import settings as production

vars().update({name: value for name, value in vars(production).items() if name.isupper()})

STATIC_ROOT = os.environ["BENCH_STATIC_ROOT"]
DATABASES["default"]["TEST"] = {"NAME": f"bench_{DATABASES['default']['NAME']}"}  # noqa: F821
