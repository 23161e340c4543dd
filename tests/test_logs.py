"""What stands in the log of the site: lines that machines read, with the id of the request, and nothing of who asked what."""

import io
import json
import logging
import re
import runpy
from datetime import timedelta
from types import SimpleNamespace

import pytest
import structlog
from django.db import OperationalError
from django.urls import reverse
from gunicorn.config import Config

from draft_links.paths import comment_path, draft_path
from monitoring.errors import without_people
from monitoring.logs import LineFormatter, hide
from monitoring.outages import OutageFilter
from pages.models import SitePage
from tests.databases import django_error
from tests.drafts import share, write
from tests.production import start

TOKEN = "geheim-4711"


@pytest.fixture(params=["json", "line"])
def log(request):
    """What the handler of the site writes, in either style, from DEBUG on."""
    root = logging.getLogger()
    (handler,) = (one for one in root.handlers if any(isinstance(f, OutageFilter) for f in one.filters))
    written, before = io.StringIO(), (handler.formatter, root.level)
    handler.setFormatter(LineFormatter(request.param))
    stream, level = handler.setStream(written), root.level
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # SQL is logged for nobody
    yield written.getvalue
    handler.setFormatter(before[0])
    handler.setStream(stream)
    root.setLevel(level)


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Not Found: /nl/zoeken/?q=werk", "Not Found: /nl/zoeken/?…"),
        ("Referer https://a.be/fr/?q=plainte&x=1 does", "Referer https://a.be/fr/?… does"),
        (f"/nl/gedeeld-concept/{TOKEN}/opmerking/", "/nl/gedeeld-concept/…/opmerking/"),
        ("Is it there? No.", "Is it there? No."),
    ],
)
def test_queries_and_tokens_are_hidden_and_questions_are_not(text, hidden):
    assert hide(text) == hidden


@pytest.mark.django_db
def test_no_line_holds_what_somebody_looks_for_nor_who(client, home, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(SitePage, "serve", lambda *args, **kwargs: (_ for _ in ()).throw(ValueError("/fr/?q=zoekwoord")))
    asked = {"User-Agent": "Lynx/zoekwoord", "X-Forwarded-For": "203.0.113.9", "Referer": "https://x.be/?q=zoekwoord"}
    paths = ["/nl/zoeken/?q=zoekwoord", "/nl/nergens/?q=zoekwoord", "/nl/", draft_path("fr", TOKEN), "/admin/?next=zoekwoord"]
    statuses = [client.get(path, headers=asked, REMOTE_ADDR="203.0.113.10").status_code for path in paths]
    assert statuses == [200, 404, 500, 404, 302]
    for secret in ("zoekwoord", "203.0.113", "Lynx", TOKEN):
        assert secret not in log(), secret
    assert "ValueError" in log() and "/nl/nergens/" in log()


@pytest.mark.django_db
@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_every_line_of_a_request_has_its_id_and_the_answer_of_an_error_says_it(client, home, log, settings):
    settings.TRUSTED_PROXIES = 1
    response = client.get("/nl/nergens/", headers={"X-Request-ID": "abcdef0123456789"})
    assert response.headers["X-Request-ID"] == "abcdef0123456789"
    assert {line.get("request_id") for line in lines_of(log())} == {"abcdef0123456789"}
    assert {"level", "event", "timestamp", "logger"} <= lines_of(log())[0].keys()
    assert "request_id" not in structlog.contextvars.get_contextvars(), "What is logged next is of no request."
    assert "X-Request-ID" not in client.get("/nl/").headers


@pytest.mark.django_db
@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_a_reader_can_say_by_which_reference_a_broken_page_was_logged(client, home, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(SitePage, "serve", lambda *args, **kwargs: 1 / 0)
    shown = client.get("/nl/").content.decode()
    (reference,) = set(re.findall(r"(?:Referentie|Référence\xa0|Reference): (\w+)<", shown))
    (logged,) = [line for line in lines_of(log()) if "ZeroDivisionError" in str(line)]
    assert shown.count(reference) == 3 and logged["request_id"] == reference


@pytest.mark.django_db
@pytest.mark.parametrize(("trusted", "sent"), [(0, "abcdef0123456789"), (1, "a\"b: {'}"), (1, "x" * 300), (1, "")])
def test_an_id_is_made_where_nobody_trusted_sends_one(client, home, settings, trusted, sent):
    settings.TRUSTED_PROXIES = trusted
    answered = client.get("/nl/nergens/", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert answered != sent and len(answered) == 32


@pytest.mark.django_db
@pytest.mark.parametrize("log", ["json"], indirect=True)
def test_an_error_is_one_line_for_machines_with_its_traceback_within(client, home, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(type(home), "serve", lambda *args, **kwargs: 1 / 0)
    client.get("/nl/")
    (error,) = (line for line in lines_of(log()) if line["level"] == "error")
    assert "ZeroDivisionError" in error["exception"] and error["event"] == "Internal Server Error: /nl/"


def event():
    """Return an event as sentry-sdk makes one of a request."""
    return {
        "request": {
            "url": f"https://a.be/nl/gedeeld-concept/{TOKEN}/",
            "query_string": "q=zoekwoord",
            "cookies": {"sessionid": "zoekwoord"},
            "headers": {"Authorization": "zoekwoord"},
            "data": "zoekwoord",
            "env": {"REMOTE_ADDR": "zoekwoord"},
            "method": "GET",
        },
        "user": {"username": "zoekwoord"},
        "breadcrumbs": {"values": [{"message": "zoekwoord"}]},
        "exception": {"values": [{"type": "ValueError", "value": "/nl/zoeken/?q=zoekwoord"}]},
        "transaction": f"/nl/gedeeld-concept/{TOKEN}/",
    }


def test_what_goes_to_sentry_is_of_nobody():
    sent = without_people(event(), {"exc_info": (ValueError, ValueError(), None)})
    assert "zoekwoord" not in json.dumps(sent) and TOKEN not in json.dumps(sent)
    assert sent["exception"]["values"][0]["type"] == "ValueError" and sent["request"]["method"] == "GET"


def test_an_outage_floods_no_sentry():
    error = django_error(OperationalError)
    assert without_people(event(), {"exc_info": (type(error), error, None)}) is None


@pytest.mark.sweep
def test_sentry_is_not_even_loaded_without_an_address_and_guards_people_with_one():
    script = (
        "import sys, django; django.setup(); sdk = sys.modules.get('sentry_sdk'); "
        "options = sdk and sdk.get_client().options; "
        "print(options and [options[name] for name in ('send_default_pii', 'include_local_variables', 'max_breadcrumbs')])"
    )
    assert start("shell", "--no-imports", "-c", script, SENTRY_DSN=None).stdout.strip() == "None"
    asked = start("shell", "--no-imports", "-c", script, SENTRY_DSN="https://key@127.0.0.1:1/1")
    assert asked.stdout.strip() == "[False, False, 0]", asked.stderr


@pytest.mark.sweep
@pytest.mark.parametrize(("environment", "is_json"), [({}, True), ({"LOG_FORMAT": "line"}, False)])
def test_production_logs_json_unless_it_is_told_otherwise(environment, is_json):
    script = "import logging; logging.getLogger('x').warning('One %s', 'line')"
    (line,) = start("shell", "--no-imports", "-c", script, **environment).stderr.splitlines()
    assert line.startswith("{") == is_json and "One line" in line


def test_a_format_that_there_is_not_is_refused():
    refused = start("check", LOG_FORMAT="xml")
    assert "LOG_FORMAT must be json or line" in refused.stderr.splitlines()[-1]


# --- Links that open a draft or an account


@pytest.mark.django_db
def test_what_went_wrong_with_a_draft_is_logged_without_its_token(client, draft, log):
    link = share(draft, takes_comments=True)
    assert write(client, link, text="").status_code == 400
    assert "/nl/gedeeld-concept/…/opmerking/" in log() and link.key not in log()


@pytest.fixture
def server_log(monkeypatch):
    """The logger of the server, without Django's settings, as the process that begins all others has none."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    made = runpy.run_path("deploy/gunicorn.conf.py")
    config = Config()
    for name in ("accesslog", "access_log_format"):
        config.set(name, made[name])
    yield made["logger_class"](config)
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).filters.clear()
        logging.getLogger(name).propagate = True


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (lambda: comment_path("nl", "a:token"), "/nl/gedeeld-concept/…/opmerking/"),
        (lambda: reverse("emergency_door", args=["a:token"]), "/admin/login/door/…"),
        (lambda: reverse("wagtailadmin_password_reset_confirm", args=["MQ", "a:token"]), "/admin/password_reset/confirm/…"),
    ],
)
def test_the_log_of_the_server_holds_no_token(server_log, caplog, path, logged):
    for log in (server_log.access_log, server_log.error_log):
        log.addHandler(caplog.handler)
    environ = {"RAW_URI": f"{path()}?a=b", "REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.1"}
    response = SimpleNamespace(status="200 OK", sent=3, headers=[])
    server_log.access(response, SimpleNamespace(headers=[]), environ, timedelta(0))
    server_log.access(response, SimpleNamespace(headers=[]), environ | {"RAW_URI": "/nl/over-ons/?q=x"}, timedelta(0))
    server_log.exception("Error handling request %s", environ["RAW_URI"])
    assert f'"GET {logged}" 200' in caplog.text and '"GET /nl/over-ons/" 200' in caplog.text
    assert f"Error handling request {logged}" in caplog.text and "a:token" not in caplog.text
