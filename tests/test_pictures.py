"""Pictures on pages: a rendition that fails keeps no page from being published, and staff hear of it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from pages.pictures import RENDITIONS
from tests.building import make_standard, make_user
from tests.editor import block, messages_of, publish
from tests.uploads import noise, picture, upload, with_files


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def publisher(client, db):
    client.force_login(with_files(make_user("Publishers", "fr")))
    return client


def store_picture(content, name="scan.png"):
    """Return a picture that has been in the library since before uploads were opened."""
    return get_image_model().objects.create(title="Vieux scan", file=upload(name, content))


def with_picture(home, image, live=False):
    value = {"image": image.pk, "alternative": {"nl": "Meer", "fr": "Lac", "en": "Lake"}, "caption": {}, "decorative": False}
    return make_standard(home, body=[block("picture", **value, only_in=[])], live=live)


def figure(client, page):
    response = client.get(page.paths()["fr"])
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").select_one(".picture")


def lose(image):
    Path(image.file.path).unlink()


def spoil(image):
    file = Path(image.file.path)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.sweep
def test_a_sound_picture_is_shown_in_every_format_without_a_word(publisher, home):
    page = with_picture(home, store_picture(picture(size=(1000, 500))))
    response = publish(publisher, page)
    page.refresh_from_db()
    element = figure(publisher, page)
    assert len(element.select("source")) == 2 and element.img["src"].endswith(".jpg")
    assert not any("Vieux scan" in line for line in messages_of(response))


@pytest.mark.parametrize(
    "happened, expected",
    [
        (spoil, "original"),
        (lose, "text"),
    ],
    ids=["broken", "lost"],
)
@pytest.mark.sampled(1)
def test_a_picture_that_cannot_be_made_keeps_no_page_from_being_published(publisher, home, happened, expected):
    image = store_picture(noise())
    happened(image)
    page = with_picture(home, image)
    response = publish(publisher, page)
    page.refresh_from_db()
    assert page.live
    assert any("Vieux scan" in line and "images" in line for line in messages_of(response))
    element = figure(publisher, page)
    if expected == "original":
        assert element.img["src"] == image.file.url
    else:
        assert element.img is None and element.p.text == "Lac"


@pytest.mark.sweep
def test_the_next_format_is_shown_where_one_fails(client, home, monkeypatch):
    run = Filter.run
    monkeypatch.setattr(
        Filter, "run", lambda self, *args, **others: 1 / 0 if "jpeg" in self.spec else run(self, *args, **others)
    )
    page = with_picture(home, store_picture(picture(size=(1000, 500))), live=True)
    element = figure(client, page)
    assert element.img["src"].endswith(".webp") and element.select_one("source")["type"] == "image/avif"


@pytest.mark.sweep
def test_a_picture_too_high_for_one_format_is_shown_in_the_others(client, home):
    page = with_picture(home, store_picture(picture("L", size=(10, 17_000))), live=True)
    element = figure(client, page)
    assert [source["type"] for source in element.select("source")] == ["image/avif"]
    assert element.img["src"].endswith(".jpg")


@pytest.mark.parametrize(("width", "offered"), [(60, ["60w"]), (700, ["480w", "700w"]), (1000, ["480w", "960w"])])
@pytest.mark.sampled(1)
def test_each_width_is_offered_once(width, offered, client, home):
    page = with_picture(home, store_picture(picture("L", size=(width, 1500))), live=True)
    for source in figure(client, page).select("source"):
        assert [candidate.split()[-1] for candidate in source["srcset"].split(", ")] == offered


def test_a_picture_without_words_below_it_is_no_figure(client, home):
    page = with_picture(home, store_picture(picture()), live=True)
    assert figure(client, page).name == "div"
    image = get_image_model().objects.get()
    image.credit = "Actiris"
    image.save()
    assert figure(client, page).name == "figure"


def test_the_library_opens_although_it_holds_a_broken_picture(publisher, home):
    image = store_picture(noise("JPEG"), "half.jpg")
    spoil(image)
    for name, arguments in (("index", ()), ("edit", (image.pk,))):
        assert publisher.get(reverse(f"wagtailimages:{name}", args=arguments)).status_code == 200


@pytest.mark.sweep
def test_another_file_is_made_into_what_pages_show_of_the_old_one(publisher, home):
    image = store_picture(picture(size=(1000, 500)))
    page = with_picture(home, image, live=True)
    typed = {"title": image.title, "file": upload("other.jpg", picture("CMYK", "JPEG", (1200, 300)))}
    response = publisher.post(reverse("wagtailimages:edit", args=[image.pk]), typed)
    assert response.status_code == 302
    assert set(image.renditions.values_list("filter_spec", flat=True)) >= set(RENDITIONS)
    assert figure(publisher, page).img["width"] == "960" and figure(publisher, page).img["height"] == "240"
