"""Who asks again with a validator gets no bytes again."""

import pytest


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
