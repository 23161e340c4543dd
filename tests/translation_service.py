"""A server that answers as DeepL's API does (v2), and keeps what it was asked."""

import json
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from deepl import http_client

KEY = "b0f9d6a1-test-key:fx"
TAG = re.compile(r"(<[^>]*>)")


def with_target(text, target):
    """Return a text of XML in which each piece between tags says into which language it was translated."""
    return "".join(part if not part.strip() or TAG.fullmatch(part) else f"{target}: {part}" for part in TAG.split(text))


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer({})

    def do_DELETE(self):
        self.answer({})

    def do_POST(self):
        self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, data):
        server = self.server
        server.asked.append((self.command, self.path, data))
        server.before()
        if self.headers["Authorization"] != f"DeepL-Auth-Key {KEY}":
            return self.send(403, {"message": "Forbidden"})
        if server.refusals.get(self.path.split("/")[2]):
            return self.send(*server.refusals[self.path.split("/")[2]])
        return self.send(*getattr(self, f"{self.command}_{self.path.split('/')[2]}".lower())(data))

    def post_translate(self, data):
        known = {"NL", "FR", "EN", "EN-GB"}
        if not {data["source_lang"], data["target_lang"]} <= known:
            return 400, {"message": "Value for 'target_lang' not supported."}
        answers = [
            {
                "detected_source_language": data["source_lang"],
                "text": self.server.change(with_target(text, data["target_lang"])),
                "billed_characters": len(text),
            }
            for text in data["text"]
        ]
        return 200, {"translations": answers}

    def get_usage(self, data):
        return 200, {"character_count": 180_000, "character_limit": 500_000}

    def get_glossaries(self, data):
        return 200, {"glossaries": self.server.glossaries}

    def delete_glossaries(self, data):
        key = self.path.rsplit("/", 1)[1]
        self.server.glossaries = [one for one in self.server.glossaries if one["glossary_id"] != key]
        return 204, {}

    def post_glossaries(self, data):
        one = {
            "glossary_id": f"key-{len(self.server.asked)}",
            "ready": True,
            "creation_time": "2026-01-01T00:00:00.000Z",
            "entry_count": data["entries"].count("\n") + 1,
            **{name: data[name] for name in ("name", "source_lang", "target_lang")},
        }
        self.server.glossaries.append(one)
        return 201, one

    def send(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def running_service():
    """Run the server, and return it: `asked` are (method, path, data); `refusals`, `change` and `before` make it misbehave."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.asked, server.glossaries, server.refusals = [], [], {}
    server.change, server.before = lambda text: text, lambda: None
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def translation_service(settings, monkeypatch):
    """A service that is set up, and asked once and not again where it fails."""
    monkeypatch.setattr(http_client, "max_network_retries", 0)
    with running_service() as server:
        settings.DEEPL_AUTH_KEY, settings.DEEPL_SERVER_URL = KEY, server.url
        yield server


def texts_sent(service):
    """Return the texts that were sent to be translated, of all requests together."""
    return [text for _method, path, data in service.asked if path.endswith("/translate") for text in data["text"]]
