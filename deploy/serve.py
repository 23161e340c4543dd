"""Serve the site on this machine as in production: for `make run` beside its PostgreSQL, and for systemd with its own settings.

Everything happens in one process, which saves loading Django once per step, and only what changed since the last start
is done again. gunicorn then takes the process over.
"""

import errno
import hashlib
import inspect
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy import metrics_folder

CHECKOUT = Path(__file__).resolve().parent.parent
STATE = CHECKOUT / ".data"


def wanted_port():
    """Return the port that PORT asks for, or stop with a message that says what is wrong with it."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def listening_addresses(port):
    """Return the addresses to listen on, this machine's own ones only, as gunicorn writes them.

    `localhost` means either of them, depending on the browser.
    """
    listening = []
    for family, host, name in ((socket.AF_INET, "127.0.0.1", "127.0.0.1"), (socket.AF_INET6, "::1", "[::1]")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(f"Port {port} is taken. Stop what listens there, or choose another: make run PORT={port + 1}")
            if error.errno == errno.EACCES:
                sys.exit(f"Port {port} is reserved for root. Choose another: make run PORT=8000")
            continue  # a machine without IPv6
        listening.append(f"{name}:{port}")
    return listening


def make_state():
    """Make the folder of what the site keeps here, or stop with a message where nobody can write into it."""
    try:
        STATE.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=STATE):
            pass
    except OSError as error:
        sys.exit(f"{STATE} cannot be written ({error.strerror}). Give it to the user that serves the site.")


def secret_key():
    """Return this checkout's secret key, made at the first start: sessions survive a restart."""
    path = STATE / "secret_key"
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)  # before there is anything to read in it
        draft.write_text(secrets.token_urlsafe(50))
        draft.replace(path)
    return path.read_text()


def production_settings(port):
    """Return the environment of a trial of the site on this machine, as in production."""
    return {
        "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{port}",
        "CONTACT_EMAIL": "contact@example.org",  # so that the contact form can be seen; mail goes to the log
        "LOG_FORMAT": os.environ.get("LOG_FORMAT") or "line",
        "SERVE_MEDIA": "true",  # there is no web server in front that would
        "SECOND_FACTOR_REQUIRED": "false",  # whoever looks around need not set one up
    }


def collect_static_files():
    """Collect and compress the static files, unless they are those of the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = STATE / "static.sha256"
    state = static_state()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return
    print("Collecting the static files …", flush=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def static_state():
    """Return a digest of the name, size and time of every static file, and of the class that stores them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.utils.module_loading import import_string

    files = [inspect.getsourcefile(import_string(settings.STORAGES["staticfiles"]["BACKEND"]))]
    for finder in get_finders():
        files += [storage.path(name) for name, storage in finder.list(ignore_patterns=None)]
    digest = hashlib.sha256()
    for path in sorted(files):
        stat = Path(path).stat()
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def announce():
    """Say where the site is."""
    from django.conf import settings

    print(
        f"\nThe site:   {settings.SITE_URL}/  (/nl/, /fr/, /en/)"
        f"\nThe admin:  {settings.SITE_URL}/admin/"
        "\nCtrl-C stops everything.\n",
        flush=True,
    )


def work_beside(cfg):
    """Let gunicorn start automatic work beside it, and stop that at its end: a service of its own calls it elsewhere."""
    announced, ended, started = cfg.when_ready, cfg.on_exit, []

    def start(server):
        announced(server)
        command = [sys.executable, "manage.py", "run_scheduled", "--every", "60", "--parent", str(os.getpid())]
        others = {name: value for name, value in os.environ.items() if name != metrics_folder.NAME}
        started.append(subprocess.Popen(command, cwd=CHECKOUT, env=others))

    def stop(server):
        for process in started:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:  # in the middle of a job, which is tried again another time
                process.kill()
        ended(server)

    cfg.set("when_ready", start)
    cfg.set("on_exit", stop)


def serve(listen, is_trial):
    """Hand the process over to gunicorn, with the settings of production and the addresses of this machine."""
    from django.db import connections
    from gunicorn.app.base import Application

    class LocalServer(Application):
        def load_config(self):
            self.load_config_from_file(str(CHECKOUT / "deploy" / "gunicorn.conf.py"))
            self.cfg.set("bind", listen)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("when_ready", lambda server: announce())
            if is_trial:
                work_beside(self.cfg)

        def load(self):
            from actiris_site.wsgi import application

            return application

    connections.close_all()  # the workers are forks of this process, and two must not share a connection
    LocalServer().run()


def main():
    """Prepare what changed, then serve until Ctrl-C."""
    port = wanted_port()
    listen = listening_addresses(port)
    make_state()
    metrics_folder.make()
    is_trial = "SITE_URL" not in os.environ
    if not is_trial:  # a site of its own, whose settings must all be there
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actiris_site.settings")
    else:
        os.environ.update(production_settings(port))

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import OperationalError

    from deploy.catalogues import compile_changed

    try:
        compile_changed()
    except OSError as error:  # which the checks of a start say again, with what to do
        print(f"The catalogues are not compiled: {error}", file=sys.stderr)
    try:
        django.setup()
        call_command("prepare_site")
        collect_static_files()
        call_command("write_error_pages")  # of this release's words
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    serve(listen, is_trial)


if __name__ == "__main__":
    main()
