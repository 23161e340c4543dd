"""Servers that tests start: PostgreSQL by our launcher, the site as `make run` starts it, nginx in front of it.

The whole, nginx in front of gunicorn and PostgreSQL, with the site as files for when these are down:

    @pytest.mark.sweep
    def test_readers_go_on(whole_site):  # it takes half a minute to start
        nginx, site = whole_site
        site.stop()  # gunicorn and PostgreSQL; a signal may be given: site.stop(signal.SIGKILL)
        assert nginx.get("/nl/", Host=site.host)[0] == 200

`site.manage("write_copy")` runs a command of the site, `site.serve()` starts it again, and `WebServer` alone stands in front of
whatever listens on a port, such as an origin of the test.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest
import redis

from tests.databases import restoring, write_dump
from tests.migrated import migrated_database
from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parent.parent


def wait_for(condition, seconds=20):
    """Wait until `condition()` is true, and return its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


class Launcher:
    """`python -m deploy.postgres` in a checkout that holds nothing but deploy/."""

    def __init__(self, checkout):
        self.checkout = checkout
        shutil.copytree(CHECKOUT / "deploy", checkout / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
        self.command = [sys.executable, "-m", "deploy.postgres"]
        self.environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def run(self, *arguments, **environment):
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.checkout,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=90,
        )

    def start(self, code):
        """Run Python code beside the server, in the background. Once it printed a line, return the process and the line."""
        process = subprocess.Popen(
            [*self.command, sys.executable, "-c", code],
            cwd=self.checkout,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return process, process.stdout.readline().strip()

    def server(self):
        """Return the process number of the running server, or None."""
        match = re.search(r"Runs as process (\d+)", self.run("--status").stdout)
        return int(match[1]) if match else None

    @property
    def folder(self):
        if os.geteuid() == 0:
            return Path(json.loads((self.checkout / ".data" / "postgres.json").read_text())["folder"])
        return self.checkout / ".data" / "postgres"

    def remove(self):
        if server := self.server():
            os.kill(server, signal.SIGQUIT)
            wait_for(lambda: not self.server())
        if os.geteuid() == 0 and (self.checkout / ".data" / "postgres.json").exists():
            shutil.rmtree(self.folder)


def copy_of_the_checkout(target):
    """Copy what git would put into a clone, so that the developer's own data stay out of it."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(git, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (CHECKOUT / name).is_file():
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, copy)
    return target


def children_of(number, word):
    """Return the numbers of the processes below one that have a word in their command."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(number)], capture_output=True, text=True).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if word in line}


class LocalSite(Launcher):
    """What `make run` starts, in a checkout of its own."""

    def __init__(self, checkout):
        self.checkout = copy_of_the_checkout(checkout)
        self.command = [sys.executable, "-m", "deploy.postgres"]
        self.port = free_port()
        self.host = f"localhost:{self.port}"
        self.copy, self.static = self.checkout / ".data" / "copy", self.checkout / "staticfiles"
        self.process = None
        kept = ("PATH", "HOME", "LANG", "TMPDIR")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ} | {"PORT": str(self.port)}

    def begin_migrated(self):
        """Have a database as migrations leave it, of which the first start would take twenty seconds."""
        write_dump(migrated_database(), self.checkout / "dump")
        done = self.run("sh", "-c", 'exec "$@" --dbname="$DATABASE_URL"', "sh", *restoring(self.checkout / "dump"))
        assert done.returncode == 0, done.stderr

    def serve(self):
        """Start the site, wait until it answers, and return the seconds that it took."""
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [*self.command, sys.executable, "-m", "deploy.serve"],
            cwd=self.checkout,
            env=self.environment,
            stdout=(self.checkout / "output").open("w"),
            stderr=subprocess.STDOUT,
        )
        wait_for(lambda: self.process.poll() is not None or self.status("/healthz") == 200, seconds=240)
        assert self.process.poll() is None, self.output()
        return time.monotonic() - begin

    def manage(self, *arguments):
        """Run a command of manage.py with the settings of the site, and return what it says; it must end well."""
        code = (
            "import os; from deploy.serve import production_settings; "
            f"os.environ.update(production_settings({self.port}), COPY_ROOT={str(self.copy)!r}); "
            f"from django.core.management import execute_from_command_line as run; run(['manage.py', *{arguments!r}])"
        )
        done = self.run(sys.executable, "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def master(self):
        """The number of gunicorn's first process, of which the workers are forks."""
        return children_of(self.process.pid, "deploy.serve").pop()

    @property
    def workers(self):
        return children_of(self.master, "deploy.serve")

    def stop(self, number=signal.SIGTERM):
        """Send the signal, and return the exit code."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
        return self.process and self.process.wait(60)

    def status(self, path, host="localhost", **headers):
        connection = HTTPConnection(host, self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}", **headers})
            return connection.getresponse().status
        except ConnectionError:
            return None
        finally:
            connection.close()

    def get(self, path):
        """Return the text at a path."""
        with urlopen(f"http://localhost:{self.port}{path}", timeout=10) as response:
            return response.read().decode()

    def output(self):
        return (self.checkout / "output").read_text()


class WebServer:
    """nginx with the configuration of deploy/, in front of what listens on the port `upstream`.

    Its files are in `folder`, where it makes its own pages for errors, unless `static` is the folder of collected static files;
    `copy` is the folder that `manage.py write_copy` wrote, by default one that is empty.
    """

    def __init__(self, folder, upstream, static=None, copy=None, hsts=""):
        self.folder = folder
        self.port = free_port()
        self.upstream = upstream
        self.static, self.copy, self.hsts = static or folder / "static", copy or folder / "copy", hsts
        (folder / "media").mkdir()
        if static is None:
            write_error_pages(self.static / "errors")
        (folder / "media" / "evil.html").write_text("<script>alert(1)</script>")
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(self.render())
        if os.geteuid() == 0:
            folder.chmod(0o755)

    def render(self):
        values = {
            "NGINX_LISTEN": f"127.0.0.1:{self.port}",
            "NGINX_UPSTREAM": f"127.0.0.1:{self.upstream}",
            "NGINX_CACHE": str(self.folder / "cache"),
            "NGINX_MEDIA": str(self.folder / "media"),
            "NGINX_STATIC": str(self.static),
            "NGINX_COPY": str(self.copy),
            "NGINX_HSTS": self.hsts,
            "NGINX_VISITS": str(self.folder / "visits.log"),
        }
        site = (CHECKOUT / "deploy" / "nginx.conf").read_text()
        for name, value in values.items():
            site = site.replace(f"${{{name}}}", value)
        (self.folder / "site.conf").write_text(site)
        scratch = "".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        account = "user root;" if os.geteuid() == 0 else ""
        return f"""
            {account} daemon off; pid {self.folder}/pid; events {{}}
            http {{ types {{ text/html html; }} {scratch} include {self.folder}/site.conf; }}
        """

    def command(self, *arguments):
        return [shutil.which("nginx", path=NGINX_PATH), "-e", "stderr", "-c", str(self.configuration), *arguments]

    def start(self):
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        wait_for(lambda: self.process.poll() is not None or self.listens())
        assert self.process.poll() is None, (self.folder / "log").read_text()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path, method="GET", body=None, **headers):
        """Return the status, the headers and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body=body, headers={"Host": "site.example", **headers})
        answer = connection.getresponse()
        result = answer.status, answer.headers, answer.read().decode(errors="replace")
        connection.close()
        return result

    def forget(self):
        """Start anew, with nothing kept."""
        self.stop()
        shutil.rmtree(self.folder / "cache")
        self.start()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def write_error_pages(folder):
    """Write the pages that nginx shows by itself."""
    from site_copy.error_pages import error_pages

    folder.mkdir(parents=True)
    for name, html in error_pages().items():
        (folder / f"{name}.html").write_bytes(html)


NGINX_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def need_nginx():
    """Skip where nginx is not installed; in CI, fail."""
    if not shutil.which("nginx", path=NGINX_PATH):
        if os.environ.get("CI"):
            pytest.fail("nginx is missing (package nginx-light).")
        pytest.skip("nginx is not installed.")


class Redis:
    """Debian's Redis, which keeps nothing on a disk."""

    def __init__(self, folder):
        self.port, self.folder = free_port(), folder
        self.url = f"rediscache://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, socket_timeout=5)
        self.start()

    def start(self):
        options = ("--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder)
        self.process = subprocess.Popen(["redis-server", *map(str, options)], stdout=subprocess.DEVNULL)
        wait_for(self.answers)

    def answers(self):
        try:
            return self.client.ping()
        except redis.ConnectionError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait(10)


def need_redis():
    """Skip where Redis is not installed; in CI, fail."""
    if not shutil.which("redis-server"):
        if os.environ.get("CI"):
            pytest.fail("redis-server is missing (package redis-server).")
        pytest.skip("redis-server is not installed.")


@pytest.fixture
def local_site(tmp_path):
    """A copy of the checkout in which `serve()` starts the site; it is stopped and its database removed after the test."""
    site = LocalSite(tmp_path / "checkout")
    yield site
    site.stop()
    site.remove()


@pytest.fixture
def whole_site(local_site, tmp_path):
    """nginx in front of the site, which runs and has written its copy; returns both."""
    need_nginx()
    local_site.begin_migrated()
    local_site.serve()
    local_site.manage("write_copy")
    (tmp_path / "nginx").mkdir()
    nginx = WebServer(tmp_path / "nginx", local_site.port, local_site.static, local_site.copy)
    nginx.start()
    yield nginx, local_site
    nginx.stop()
