"""Servers that tests start: PostgreSQL by our launcher, the site as `make run` starts it."""

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

CHECKOUT = Path(__file__).resolve().parent.parent


def wait_for(condition, seconds=20):
    """Wait until `condition()` is true, and return its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


def free_port():
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


class LocalSite(Launcher):
    """What `make run` starts, in a checkout of its own."""

    def __init__(self, checkout):
        self.checkout = copy_of_the_checkout(checkout)
        self.command = [sys.executable, "-m", "deploy.postgres"]
        self.port = free_port()
        self.process = None
        kept = ("PATH", "HOME", "LANG", "TMPDIR")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ} | {"PORT": str(self.port)}

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


@pytest.fixture
def local_site(tmp_path):
    """A copy of the checkout in which `serve()` starts the site; it is stopped and its database removed after the test."""
    site = LocalSite(tmp_path / "checkout")
    yield site
    site.stop()
    site.remove()
