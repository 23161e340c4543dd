"""Applications of a few answers, and nginx in front of one: the fixtures `origin` and `nginx`."""

import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.servers import WebServer, need_nginx


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
        "/nl/gedeeld-concept/abc/": {"Cache-Control": PUBLIC % 60},
        "/fr/brouillon-partage/abc/": {"Cache-Control": PUBLIC % 60},
        "/en/shared-draft/abc/": {"Cache-Control": PUBLIC % 60},
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


class Failing(Origin):
    """An application that answers 500 to what it answered a moment ago, or a 404 of its own."""

    def do_GET(self):
        if not self.server.status:
            return super().do_GET()
        self.server.asked.append(self)
        self.send_response(self.server.status)
        self.send_header("Content-Length", 3)
        self.end_headers()
        self.wfile.write(b"bad")
        return None


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


def write(folder, **files):
    """Write files by their names, in which "__" is a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
