"""Two hosts that serve one site, rehearsed: what one publishes the other shows, counts add up, nobody notices a failure."""

import re
import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from moto.server import ThreadedMotoServer

from search.paths import search_path
from tests.browser.serving import database, environment, serve_site
from tests.buckets import client_of, connection_to
from tests.ports import free_port
from tests.replicas import followed_copy
from tests.servers import CHECKOUT, Redis, need_redis, wait_for
from tests.uploads import picture
from tests.visitors import Visitor

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
QUESTION = "qwertyuiop"
ADDRESS = "over-actiris"
PAGE = f"/nl/{ADDRESS}/"
ADD, PUBLISH = "/admin/images/add/", "/admin/bulk/wagtailcore/page/publish/"


@pytest.fixture
def server(tmp_path):
    need_redis()
    server = Redis(tmp_path)
    yield server
    server.kill()


class Readers(Thread):
    """Ask two hosts for a page in turn, the other one where one is gone, as a balancer does; at most for a minute."""

    def __init__(self, hosts, path, words):
        super().__init__()
        self.hosts, self.path, self.words = hosts, path, words
        self.asked, self.wrong, self.ended = 0, [], Event()

    def run(self):
        while not self.ended.wait(0.02) and self.asked < 2000:
            hosts = self.hosts if self.asked % 2 else self.hosts[::-1]
            self.asked += 1
            try:
                text = self.read(hosts)
            except URLError as error:
                text = str(error)
            if self.words not in text:
                self.wrong.append(text[-500:])

    def read(self, hosts):
        try:
            with urlopen(hosts[0] + self.path, timeout=20) as answer:
                return answer.read().decode()
        except (ConnectionError, URLError) as error:
            if len(hosts) == 1 or getattr(error, "code", None):
                raise
            return self.read(hosts[1:])


@contextmanager
def reading(hosts, path, words):
    """Let readers read while the block lasts, and a few times more; none of them gets anything but the page."""
    readers = Readers(hosts, path, words)
    readers.start()
    try:
        yield readers
        enough = readers.asked + 10
        wait_for(lambda: readers.asked >= enough)
    finally:
        readers.ended.set()
        readers.join()
    assert not readers.wrong, readers.wrong[:3]


class Staff(Visitor):
    """Somebody at the admin of one host."""

    def press(self, path, **values):
        """Open a screen, press its button, and return the page that answers."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))[1]
        return self.post(path, urlencode({"csrfmiddlewaretoken": token, "next": "/admin/", **values}).encode())

    def upload(self, title, content):
        """Add a picture to the library."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(ADD))[1]
        sent = {"csrfmiddlewaretoken": token, "title": title, "collection": "1", "file": ContentFile(content, f"{title}.png")}
        return self.post(ADD, encode_multipart(BOUNDARY, sent), **{"Content-Type": MULTIPART_CONTENT})

    def post(self, path, data, **headers):
        with self.opener.open(Request(self.site + path, data, headers), timeout=30) as response:
            return response.read().decode()


@contextmanager
def two_hosts(address, folder, started=None, **shared):
    """Serve the site twice, each with folders of its own but for what is `shared`; yield the addresses, and their settings.

    The process of the second host goes into the list `started`.
    """
    own = [{"STRINGS_ROOT": f"{folder}/{name}/strings", "CACHE_URL": f"filecache://{folder}/{name}/cache"} for name in "ab"]
    settings = [each | shared for each in own]
    with serve_site(address, **settings[0]) as one, serve_site(address, started=started, **settings[1]) as two:
        yield (one, two), settings


def status(site, path):
    try:
        with urlopen(site + path, timeout=20) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def search(sites, times=1):
    for site in sites * times:
        assert status(site, search_path("nl", q=QUESTION)) == 200


def write_searches(address, settings):
    command = [sys.executable, "manage.py", "write_searches"]
    subprocess.run(command, cwd=CHECKOUT, env=environment(address) | settings, check=True, stdout=subprocess.DEVNULL)


def ask_database(address, statement, *values):
    with psycopg.connect(address) as connection:
        row = connection.execute(statement, values).fetchone()
        return row[0] if row else 0


def count_searches(address):
    return ask_database(address, "SELECT searches FROM search_searchcount WHERE query = %s", QUESTION)


def follows_within_two_seconds(staff, other, number):
    """Take a page off and put it on again at one host; see that the other one does the same."""
    for path, expected in (
        (f"/admin/pages/{number}/unpublish/?next=/admin/", 404),
        (f"{PUBLISH}?id={number}&next=/admin/", 200),
    ):
        assert status(other, PAGE) != expected
        staff.press(path)
        assert wait_for(lambda expected=expected: status(other, PAGE) == expected, seconds=2)


@pytest.fixture(scope="module")
def address(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), database("hosts") as address:
        yield address


def number_of_page(address):
    return ask_database(address, "SELECT page_ptr_id FROM pages_sitepage WHERE address_nl = %s", ADDRESS)


def test_hosts_with_caches_of_their_own(address, tmp_path):
    with two_hosts(address, tmp_path) as ((one, two), settings):
        staff = Staff(one).log_in("publisher")
        follows_within_two_seconds(staff, two, number_of_page(address))
        search((one, two), 5)
        for each in (*settings, settings[0]):
            write_searches(address, each)
        assert count_searches(address) == 10


def test_hosts_that_share_redis_and_a_bucket_when_any_of_them_dies(address, server, tmp_path):
    bucket = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    bucket.start()
    connection = connection_to(bucket.get_host_and_port()[1])
    client_of(connection).create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    shared = {"CACHE_URL": server.url, "MEDIA_BUCKET": "uploads"}
    shared |= {f"MEDIA_{name.upper()}": value for name, value in connection.items()}
    before, started = count_searches(address), []
    with two_hosts(address, tmp_path, started, **shared) as ((one, two), settings):
        staff = Staff(one).log_in("publisher")
        follows_within_two_seconds(staff, two, number_of_page(address))
        staff.upload("Meer", picture())
        name = ask_database(address, "SELECT file FROM assets_siteimage WHERE title = 'Meer'")
        assert status(two, f"/media/{name}") == 200
        search((one, two), 3)
        with reading((one, two), PAGE, "</html>"):
            server.kill()
            search((one, two), 2)
            assert "/admin/logout/" in Staff(two).log_in("editor").get("/admin/")
        server.start()
        asked = 10 + search_until_they_share_again((one, two), server)
        write_searches(address, settings[0])
        write_searches(address, settings[1])
        assert count_searches(address) == before + asked
        with reading((one, two), PAGE, "</html>"):
            bucket.stop()
            assert "Meer2" in staff.upload("Meer2", picture()), "The form comes back with what was typed."
            assert status(two, f"/media/{name}") == 503
        with reading((one, two), PAGE, "</html>"):
            started[0].kill()


def search_until_they_share_again(sites, server):
    """Search until both hosts have laid down in a new Redis what they counted; return how often that was."""
    asked = []

    def is_shared():
        search(sites)
        asked.extend(sites)
        return len(list(server.client.scan_iter("searches:*:nl:*"))) == len(sites)

    wait_for(is_shared)
    return len(asked)


def is_level(*servers):
    """Say whether two servers say the same of what has changed."""
    return len({server.ask("SELECT bit_xor(mark) FROM page_cache_change") for server in servers}) == 1


def is_read(replica, site, path):
    """Ask a site for a page that it has not kept yet, and say whether it looked for it in the replica."""
    before = replica.count("pages_sitepage")
    assert status(site, path) == 200
    return replica.count("pages_sitepage") > before


def test_a_replica_is_read_while_it_is_level_and_never_when_it_is_behind_or_away(address, tmp_path):
    with followed_copy(address) as (primary, replica):
        own = {"REPLICA_URL": replica.url()}
        with two_hosts(primary.url(), tmp_path, **own) as ((one, two), _settings), psycopg.connect(primary.url()) as connection:
            rows = connection.execute("SELECT address_nl FROM pages_sitepage WHERE address_nl LIKE '%/%' ORDER BY 1").fetchall()
            connection.rollback()
            paths = iter([f"/nl/{row[0]}/" for row in rows])
            staff, number = Staff(one).log_in("publisher"), number_of_page(primary.url())
            assert wait_for(lambda: is_read(replica, two, next(paths)))
            with reading((one, two), "/nl/", "</html>"):
                replica.ask("SELECT pg_wal_replay_pause() IS NULL")
                follows_within_two_seconds(staff, two, number)
                staff.press(f"/admin/pages/{number}/unpublish/?next=/admin/")
                wait_for(lambda: status(two, PAGE) == 404, seconds=2)
                assert not is_read(replica, two, next(paths))
                replica.ask("SELECT pg_wal_replay_resume() IS NULL")
                wait_for(lambda: is_level(primary, replica))
                assert wait_for(lambda: is_read(replica, two, next(paths)))
                assert [status(site, PAGE) for site in (one, two)] == [404, 404]
                staff.press(f"{PUBLISH}?id={number}&next=/admin/")
                wait_for(lambda: [status(site, PAGE) for site in (one, two)] == [200, 200], seconds=2)
                replica.kill()
                follows_within_two_seconds(staff, two, number)
