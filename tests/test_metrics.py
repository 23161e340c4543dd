"""What is read at /metrics, and by whom: counts that add up, with few labels, whether the database answers or not."""

import json
import os
import re
import signal
import subprocess
import sys
import uuid
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from delivery.metrics import MetricsMiddleware
from deploy import metrics_folder
from page_cache import replica
from pages.models import SitePage
from schedule.models import JobRecord
from tests.databases import address_of, away
from tests.kept import ask, path_of
from tests.ports import free_port
from tests.servers import CHECKOUT, wait_for


def parse(text):
    """Return the values of a text in Prometheus's format by name and labels; what is not counted yet is 0."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def read(client, **more):
    response = client.get("/metrics", **more)
    assert response.status_code == 200, response
    return parse(response.content.decode())


@pytest.fixture
def grown(client):
    """A function that returns by how much a count has grown since the test began."""
    before = read(client)

    def difference(*name):
        return read(client).get(name, 0) - before.get(name, 0)

    return difference


@pytest.mark.django_db
def test_requests_are_counted_by_kind_and_status_with_what_they_asked(client, home, grown):
    for path in ("/nl/", "/fr/", "/nl/bestaat-niet/", "/admin/", "/healthz", "/nergens", "/static/nothing.css"):
        client.get(path)
    assert grown("actiris_requests_total", "page", "200") == 2
    assert grown("actiris_requests_total", "page", "404") == 1
    assert grown("actiris_requests_total", "admin", "302") == 1
    assert grown("actiris_requests_total", "other", "200") == 1
    assert grown("actiris_requests_total", "none", "404") == 1
    assert grown("actiris_requests_total", "static", "404") == 1
    assert grown("actiris_request_seconds_count", "page") == 3
    assert grown("actiris_queries_total", "page") > 2


@pytest.mark.django_db
def test_what_a_replica_is_asked_is_counted_too(grown, rf, monkeypatch):
    follower = connections.create_connection("default")

    def ask_both(request):
        for database in (connection, follower):
            database.ensure_connection()
            with database.cursor() as cursor:
                cursor.execute("SELECT 1")
        return HttpResponse()

    both = {"default": connection, replica.REPLICA: follower}
    monkeypatch.setattr(replica, "connections", type("Connections", (dict,), {"settings": both})(both))
    MetricsMiddleware(ask_both)(rf.get("/nergens"))
    follower.close()
    assert grown("actiris_queries_total", "none") == 2


@pytest.mark.django_db
def test_what_readers_send_becomes_no_label(client, home, grown):
    before = client.get("/metrics").content.decode().count("actiris_requests_total{")
    words = [f"geheim{uuid.uuid4().hex}" for _time in range(20)]
    for word in words:
        client.get(f"/nl/{word}/?q={word}", headers={"User-Agent": word, "X-Forwarded-For": "203.0.113.9"})
        client.get(f"/{word}")
        client.generic(word[:8].upper(), "/nl/")
    text = client.get("/metrics").content.decode()
    assert "geheim" not in text.lower() and "203.0.113.9" not in text
    assert text.count("actiris_requests_total{") <= before + 10
    assert grown("actiris_requests_total", "page", "404") == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"headers": {"Host": "127.0.0.1:8000"}}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"headers": {"X-Forwarded-For": "127.0.0.1"}}, 404),
        ({"headers": {"X-Real-IP": "127.0.0.1"}}, 404),
        ({"headers": {"Forwarded": "for=127.0.0.1"}}, 404),
        ({"REMOTE_ADDR": "192.0.2.7", "headers": {"Authorization": "Bearer letmein-4711"}}, 200),
        ({"REMOTE_ADDR": "192.0.2.7", "headers": {"Authorization": "Bearer letmein-4712"}}, 404),
        ({"REMOTE_ADDR": "192.0.2.7", "headers": {"Authorization": "Bearer "}}, 404),
    ],
)
def test_the_machine_itself_reads_them_and_whoever_has_the_token(client, settings, request_of, status):
    settings.METRICS_TOKEN = "letmein-4711"
    response = client.get("/metrics", **request_of)
    assert (response.status_code, response.cookies.items()) == (status, {}.items())
    assert response.headers["Cache-Control"] == "no-store"
    assert ("actiris_requests" in response.content.decode()) == (status == 200)


@pytest.mark.django_db
def test_no_token_opens_nothing_where_none_is_set(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": "Bearer "}).status_code == 404
    assert client.post("/metrics").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("keeping")
def test_kept_answers_are_counted_by_how_they_came_about(client, standard, grown):
    path = path_of(standard)
    ask(client, path)
    ask(client, path)
    for heading in ("Anders", standard.heading_nl):
        SitePage.objects.filter(pk=standard.pk).update(heading_nl=heading)
    ask(client, path)
    with away():
        ask(client, path)
    assert [grown("actiris_kept_answers_total", outcome) for outcome in ("made", "hit", "confirmed", "stale")] == [1, 1, 1, 1]


@pytest.mark.django_db
def test_jobs_are_told_with_one_question_and_all_else_with_none(client, django_assert_num_queries):
    now = timezone.now()
    JobRecord.objects.create(name="publish_scheduled", began_at=now, ended_well_at=now)
    JobRecord.objects.create(name="mail_messages", began_at=now, ended_well_at=now - timedelta(days=2))
    with django_assert_num_queries(1):
        values = read(client)
    assert values["actiris_database_up",] == 1
    assert values["actiris_job_late", "publish_scheduled"] == 0
    assert values["actiris_job_late", "mail_messages"] == 1
    assert values["actiris_job_ended_well_timestamp_seconds", "publish_scheduled"] == pytest.approx(now.timestamp())


@pytest.mark.django_db
def test_counts_are_told_while_the_database_is_away_and_the_outage_among_them(client, home, grown):
    client.raise_request_exception = False
    with away():
        client.get("/nl/")
        values = read(client)
        assert values["actiris_database_up",] == 0
        assert not any(name[0].startswith("actiris_job") for name in values)
    assert grown("actiris_requests_total", "page", "503") == 1


def test_a_place_is_taken_again_once_it_is_free():
    assert metrics_folder.free_place(set()) == 1
    assert metrics_folder.free_place({1, 3}) == 2


def test_what_a_start_left_behind_that_was_killed_is_removed(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"{metrics_folder.PREFIX}{number}-abc").mkdir()
    (tmp_path / "something-else").mkdir()
    metrics_folder.remove_those_of_the_dead(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {f"{metrics_folder.PREFIX}{os.getpid()}-abc", "something-else"}


NOT_OF_THE_SITE = {"DJANGO_SETTINGS_MODULE", metrics_folder.NAME}


class Gunicorn:
    """The site as gunicorn serves it with our configuration, on the database of the tests."""

    def __init__(self, **environment):
        self.port = free_port()
        names = {"ENVIRONMENT": "test", "PORT": str(self.port), "DATABASE_URL": address_of(connection.settings_dict["NAME"])}
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_OF_THE_SITE}
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        self.process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=inherited | names | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        wait_for(self.lives, seconds=60)

    def lives(self):
        assert self.process.poll() is None, self.process.stdout.read()
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def get(self, path, **headers):
        http = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            http.request("GET", path, headers={"Host": "localhost"} | headers)
            response = http.getresponse()
            return response.status, response.read().decode()
        finally:
            http.close()

    def workers(self):
        return set(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split())

    def stop(self):
        """Stop it and return what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=60)[0]


@pytest.mark.sweep
@pytest.mark.django_db
def test_counts_of_several_processes_add_up_and_outlive_each():
    server = Gunicorn(WEB_CONCURRENCY="2", LOG_FORMAT="json")
    try:

        def health():
            return parse(server.get("/metrics")[1]).get(("actiris_requests_total", "other", "200"), 0)

        begun = health()
        for _time in range(40):
            server.get("/healthz")
        assert health() == begun + 40
        folders = set(Path("/dev/shm").glob(f"{metrics_folder.PREFIX}{server.process.pid}-*"))
        for _time in range(2):
            before = server.workers()
            os.kill(int(min(before)), signal.SIGKILL)
            wait_for(lambda before=before: len(server.workers() - before) == 1 and len(server.workers()) == 2, seconds=60)
            wait_for(server.lives, seconds=60)
        now = health()
        assert now >= begun + 40, "What the dead have counted stays."
        for _time in range(40):
            server.get("/healthz")
        assert health() == now + 40
        assert len(folders) == 1
        of_workers = [
            path for path in folders.pop().iterdir() if not path.stem.endswith("_main")
        ]  # who loaded the site for them
        assert len(of_workers) <= 4, "Two kinds of files, for two places."
        server.get("/healthz?q=zoekwoord")
    finally:
        said = server.stop()
    assert "Traceback" not in said and "zoekwoord" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {len(line["request_id"]) for line in lines if line.get("path") == "/healthz"} == {32}
    assert not list(Path("/dev/shm").glob(f"{metrics_folder.PREFIX}{server.process.pid}-*"))


@pytest.mark.django_db
def test_operators_are_told_to_look_at_nothing_that_is_not_counted(client, home):
    JobRecord.objects.create(name="publish_scheduled", began_at=timezone.now(), ended_well_at=timezone.now())
    client.get("/nl/")
    counted = client.get("/metrics").content.decode()
    named = set(re.findall(r"\bactiris_\w+", (CHECKOUT / "docs" / "operations.md").read_text()))
    assert len(named) >= 6 and {name for name in named if f"# TYPE {name} " not in counted} == set()
