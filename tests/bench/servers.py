"""What serves during a run, and not a moment longer: gunicorn with one worker, and nginx with deploy/nginx.conf."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.bench.effort import BenchError
from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parent.parent.parent
NGINX = shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"]))
MOST_SECONDS = 30  # to start, and to stop


def get(port, path, **headers):
    """Return an answer, with its body read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=MOST_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"} | headers)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


@contextmanager
def running(command, port, log, **changed):
    """Run a server that listens on `port` until the block ends, with the environment `changed` for it.

    Errors go to the file `log`, visits nowhere.
    """
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ | changed, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        wait_for_answer(process, port, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_answer(process, port, log):
    """Wait until the server answers, whatever the answer."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            get(port, "/")
            return
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise BenchError(f"{log.stem} does not answer.\n{log.read_text(errors='replace')}")


def gunicorn(application, folder, config="deploy/gunicorn.conf.py", **changed):
    """Serve a WSGI application with the project's configuration, but with one plain worker that lasts; yields its port.

    Its environment is that of this process, but for what is `changed`.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", config, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--worker-class", "sync", "--threads", "1", "--max-requests", "0"]
    command += ["--log-level", "warning", application]
    return running(command, port, folder / f"{application.partition(':')[0]}.log", **changed)


def nginx(upstream, folder, static, port=None):
    """Serve what listens on the port `upstream` through deploy/nginx.conf; yields its port. /media/ is the folder `static`."""
    port = port or free_port()
    values = {
        "NGINX_LISTEN": f"127.0.0.1:{port}",
        "NGINX_UPSTREAM": f"127.0.0.1:{upstream}",
        "NGINX_CACHE": folder / "pages",
        "NGINX_MEDIA": static,
        "NGINX_STATIC": static,
        "NGINX_COPY": folder / "copy",
        "NGINX_HSTS": "",
        "NGINX_VISITS": folder / "visits.log",
    }
    site = (CHECKOUT / "deploy" / "nginx.conf").read_text()
    for name, value in values.items():
        site = site.replace(f"${{{name}}}", str(value))
    (folder / "site.conf").write_text(site)
    scratch = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    account = "user root;" if os.geteuid() == 0 else ""  # another could not enter the run's folder
    (folder / "nginx.conf").write_text(
        f"{account} worker_processes 1; daemon off; pid {folder}/nginx.pid; events {{}}\n"
        f"http {{ default_type application/octet-stream; {scratch} include {folder}/site.conf; }}\n"
    )
    return running([NGINX, "-e", "stderr", "-c", str(folder / "nginx.conf")], port, folder / "nginx.log")
