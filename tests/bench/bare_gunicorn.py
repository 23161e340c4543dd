"""The project's gunicorn for what is no site of it: visits are logged alike, and nobody asks the site how it is."""

from runpy import run_path

vars().update(run_path("deploy/gunicorn.conf.py"))
del post_worker_init  # noqa: F821  (of that file)
