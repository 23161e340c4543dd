"""A cache that does not answer fails nothing: limits count on, what was typed is saved, and one line tells of it."""

import pytest
from django.core.cache import caches

from delivery import throttle
from newsroom.accounts import login_limits
from page_cache import steady
from tests.building import make_standard, make_user
from tests.caches import folder_that_is_away, server_that_is_away
from tests.editor import edit_url, open_form
from tests.logins import log_in
from tests.stale_forms import SCRIPT


@pytest.fixture(params=["server", "folder"])
def away(request, settings, tmp_path):
    """All caches on a server, or in a folder, that does not answer."""
    cache = server_that_is_away() if request.param == "server" else folder_that_is_away(tmp_path / "file")
    settings.CACHES = dict.fromkeys(settings.CACHES, cache)


@pytest.mark.sampled(1)
@pytest.mark.usefixtures("away")
def test_staff_log_in_and_save_and_guessing_is_limited_all_the_same(home, client, monkeypatch, caplog):
    monkeypatch.setattr(login_limits, "WRONG_PER_ADDRESS", 2)
    page = make_standard(home)
    assert log_in(client, make_user("Editors")).status_code == 302
    form = open_form(client, edit_url(page))
    for heading in ("Een", "Twee"):
        saved = client.post(edit_url(page), form | {"heading_nl": heading}, headers=SCRIPT).json()
        assert saved["success"]
        form |= saved["field_updates"] | {"overwrite_revision_id": str(saved["revision_id"])}
    guessed = [log_in(client, f"somebody {number}", "Zomer2026!").status_code for number in range(3)]
    assert guessed == [200, 200, 429]
    assert caplog.text.count("does not answer") == 1 and "Traceback" not in caplog.text


@pytest.mark.sampled(2)
@pytest.mark.usefixtures("away")
def test_administrators_are_told_on_their_home_and_others_are_not(home, client, language):
    for role, is_told in ((None, True), ("Editors", False)):
        client.force_login(make_user(role, language))
        assert ("cache-away" in client.get("/admin/").content.decode()) == is_told


def test_a_server_that_is_back_is_used_again_and_nothing_of_the_meantime_stays(settings, monkeypatch, caplog):
    monkeypatch.setattr(steady, "PAUSE", 0)
    settings.CACHES = settings.CACHES | {"default": server_that_is_away()}
    cache = caches["default"]
    cache.set("key", "meanwhile")
    assert cache.get("key") == "meanwhile" and steady.failing_places()
    cache.cache = caches["throttles"]  # it answers by now
    assert cache.get("key") == "meanwhile", "what failed was writing, which may fail alone"
    cache.set("other", 1)
    assert (cache.get("key"), cache.get("other")) == (None, 1) and not steady.failing_places()
    assert caplog.text.count("does not answer") == caplog.text.count("answers again") == 1


def test_a_value_that_cannot_be_read_is_forgotten(settings, tmp_path):
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path / "cache")}
    settings.CACHES = settings.CACHES | {"default": folder_that_is_away(tmp_path / "file") | {"LOCATION": files["LOCATION"]}}
    cache = caches["default"]
    cache.set("key", "value")
    (path,) = (tmp_path / "cache").iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert cache.get("key", "none") == "none" and not list((tmp_path / "cache").iterdir())
    assert not steady.failing_places()


def test_among_many_values_one_that_cannot_be_read_is_forgotten(settings, tmp_path):
    files = folder_that_is_away(tmp_path / "none") | {"LOCATION": str(tmp_path / "cache")}
    settings.CACHES = settings.CACHES | {"default": files}
    cache = caches["default"]
    cache.set("broken", "value")
    (path,) = (tmp_path / "cache").iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    cache.set_many({"one": 1, "none": None})
    assert cache.get_many(iter(["one", "broken", "none", "missing"])) == {"one": 1, "none": None}
    assert cache.get_many(["one", "missing"]) == {"one": 1} and not steady.failing_places()


def test_a_limit_counts_on_when_the_cache_comes_back_between_two_steps(settings, monkeypatch):
    monkeypatch.setattr(caches["throttles"], "add", lambda *args: True)
    assert [throttle.increment("key", 60), throttle.increment("key", 60)] == [1, 2]
