"""Who asks again with a validator gets no bytes again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.conditional import PERIOD


@pytest.mark.parametrize("path", ["{page}", "/sitemap.xml", "/robots.txt", "/nl/feed/", "/manifest.webmanifest"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
@pytest.mark.sampled(5)
def test_what_did_not_change_is_not_sent_again(path, encoding, client, mandate):
    path = path.format(page=mandate.paths()["nl"])
    first = client.get(path, headers={"accept-encoding": encoding})
    assert first.status_code == 200
    again = client.get(path, headers={"accept-encoding": encoding, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"].removeprefix("W/") or again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]


def test_what_changed_is_sent_again(client, mandate):
    before = client.get(mandate.paths()["nl"])
    mandate.summary_nl, mandate.summary_fr = "Anders.", "Autrement."
    mandate.save_revision().publish()
    after = client.get(mandate.paths()["nl"], headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Anders." in after.content.decode()


def test_an_address_without_a_page_stays_one(client, home):
    first = client.get("/nl/nergens/")
    assert client.get("/nl/nergens/", headers={"if-none-match": first["ETag"]}).status_code == 404


def test_a_page_stays_the_same_while_the_stamp_of_its_form_grows_older_but_not_for_a_day(client, mandate, monkeypatch):
    begun = timezone.now()
    begun = begun - timedelta(seconds=int(begun.timestamp()) % PERIOD)

    def at(seconds, **headers):
        moment = begun + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr("django.core.signing.time.time", moment.timestamp)
        return client.get(mandate.paths()["nl"], headers=headers)

    first = at(0)
    assert b'name="stamp"' in first.content and first.content != at(9).content
    assert at(PERIOD - 1, **{"if-none-match": first["ETag"]}).status_code == 304
    assert at(PERIOD, **{"if-none-match": first["ETag"]}).status_code == 200
