"""What `make run` starts, in a copy of the checkout: the site and its database, until an interrupt."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from deploy.serve import make_state
from tests.ports import free_port
from tests.servers import CHECKOUT, wait_for


def serve(**environment):
    return subprocess.run(
        [sys.executable, "-m", "deploy.serve"],
        cwd=CHECKOUT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_that_is_taken_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = serve(PORT=str(port))
    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is taken. Stop what listens there, or choose another: make run PORT={port + 1}\n"


@pytest.mark.parametrize("port", ["web", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(port):
    refused = serve(PORT=port)
    assert refused.returncode == 1
    assert refused.stderr.startswith("PORT must be a number from 1 to 65535")


def test_a_site_with_settings_of_its_own_gets_none_of_a_trial():
    own = {"ENVIRONMENT": "production", "SITE_URL": "https://example.org", "SECRET_KEY": ""}
    refused = serve(PORT=str(free_port()), **own)
    assert refused.returncode == 1
    assert refused.stderr.startswith("The environment must set SECRET_KEY")


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("deploy.serve.STATE", tmp_path / "file" / ".data")
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"\.data cannot be written \(Not a directory\)"):
        make_state()


@pytest.mark.sweep
def test_one_command_serves_the_site_and_an_interrupt_stops_it_all(local_site):
    local_site.serve()
    assert local_site.server()
    for path in ("/nl/", "/fr/", "/en/", "/readyz", "/admin/login/"):
        assert local_site.status(path) == 200, path
        assert local_site.status(path, SCRIPT_NAME="/elsewhere") == 200, path
    assert f"http://localhost:{local_site.port}/" in wait_for(local_site.output)
    assert "translator-nl" in local_site.output(), "The first run names the accounts."
    wait_for(lambda: 'actiris_job_ended_well_timestamp_seconds{job="publish_scheduled"}' in local_site.get("/metrics"), 60)
    assert local_site.stop(signal.SIGINT) == 0, local_site.output()
    assert local_site.status("/nl/") is None
    assert local_site.server() is None
    assert (local_site.checkout / ".data" / "secret_key").stat().st_mode & 0o777 == 0o600

    local_site.serve()
    assert local_site.status("/nl/") == 200
    assert "Collecting" not in local_site.output()
    assert "Preparing" not in local_site.output()
    assert local_site.stop() == 0, local_site.output()
    assert local_site.server() is None
