"""What makes the site found and quoted: the head of pages, icons, manifest, security.txt, sitemap."""

import io
import json
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.dateparse import parse_datetime
from lxml import etree
from PIL import Image, ImageChops, ImageStat
from sectxt import Parser
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from delivery.machine_files import COLOUR, GROUND, expiry
from delivery.metadata import shorten
from deploy import icons
from languages.codes import LANGUAGES
from pages.models import SitePage, SiteSettings
from tests.building import make_home, make_standard
from tests.editor import block
from tests.engines import manifest_errors
from tests.site_checks import SITE, linked_data

IMAGES = settings.BASE_DIR / "static" / "img"


def head_of(client, path):
    return BeautifulSoup(client.get(path).content.decode(), "html.parser").head


def meta(head, name):
    """Return what a page says of itself under a name of Open Graph, or another name; None where it says nothing."""
    tag = head.find("meta", property=name) or head.find("meta", attrs={"name": name})
    return tag and tag["content"]


@pytest.fixture
def site_settings(db):
    return SiteSettings.objects.create(
        site_name_nl="Mandaten",
        site_name_fr="Mandats",
        organisation_name_nl="Actiris",
        organisation_name_fr="Actiris",
        data_protection_email="dpo@example.org",
    )


# --- Titles and descriptions


def test_the_title_is_that_for_search_engines_else_the_heading_and_whose_page_it_is(client, home, site_settings):
    page = make_standard(home, meta_title_nl="Voor zoekmachines", meta_title_fr="Pour moteurs")
    assert head_of(client, "/nl/standard-nl/").title.text == "Voor zoekmachines – Actiris"
    assert head_of(client, page.paths()["en"]).title.text == "standard en – Actiris"
    assert head_of(client, "/nl/").title.text == "home nl – Actiris"
    head = head_of(client, page.paths()["fr"])
    assert (meta(head, "og:title"), meta(head, "og:site_name")) == ("Pour moteurs", "Mandats")


def test_a_description_is_never_in_another_language(client, home):
    make_standard(home, summary_en="", meta_description_nl="Eigen woorden.", meta_description_fr="À soi.")
    assert meta(head_of(client, "/nl/standard-nl/"), "description") == "Eigen woorden."
    head = head_of(client, "/en/standard-en/")
    assert meta(head, "description") is meta(head, "og:description") is None
    assert not any(
        "description" in thing for thing in json.loads(head.find("script", type="application/ld+json").string)["@graph"]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort.", "Kort."),
        ("Een zin. " + "Nog een zin die niet meer past. " * 9, "Een zin. " + ("Nog een zin die niet meer past. " * 4).strip()),
        ("woord " * 40, ("woord " * 26).strip() + "…"),
        ("Regel\n een.", "Regel een."),
        ("lang, " * 40, ("lang, " * 26).strip(" ,") + "…"),
        ("x" * 300, "…"),
        ("Faut-il\u00a0?", "Faut-il\u00a0?"),
    ],
)
def test_a_summary_is_cut_after_a_sentence_or_a_word(text, expected):
    assert shorten(text) == expected and len(expected) <= 160


# --- Open Graph


def test_only_languages_in_which_the_page_exists_are_named(client, home):
    make_standard(home, languages=["nl", "fr"])
    head = head_of(client, "/nl/standard-nl/")
    assert [tag["content"] for tag in head.find_all("meta", property="og:locale:alternate")] == ["fr_BE"]
    assert (meta(head, "og:type"), meta(head_of(client, "/nl/"), "og:type")) == ("article", "website")


def test_the_card_is_shown_with_its_size(client, home, site_settings):
    head = head_of(client, "/fr/")
    assert meta(head, "og:image") == f"{SITE}/static/img/card.png"
    assert (meta(head, "og:image:width"), meta(head, "og:image:height")) == ("1200", "630")
    assert meta(head, "og:image:alt").startswith("Actiris")
    assert meta(head, "twitter:card") == "summary_large_image"
    with Image.open(IMAGES / "card.png") as card:
        assert card.size == (1200, 630)


def picture(width, **others):
    """Return a block with a picture of this width, described in Dutch and French."""
    image = get_image_model().objects.create(title="Picture", file=get_test_image_file(size=(width, 400)))
    value = {"alternative": {"nl": "Foto", "fr": "Photo", "en": ""}, "caption": {}, "decorative": False, "only_in": []}
    return block("picture", image=image.pk, **value | others)


@pytest.mark.sweep
def test_a_page_with_a_picture_is_shared_with_it(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = make_standard(home, body=[picture(500), picture(1200)])
    with CaptureQueriesContext(connection) as captured:
        head = head_of(client, page.paths()["nl"])
    assert meta(head, "og:image").startswith(f"{SITE}/media/images/") and meta(head, "og:image").endswith(".jpg")
    assert (meta(head, "og:image:width"), meta(head, "og:image:alt")) == ("960", "Foto")
    assert meta(head_of(client, page.paths()["en"]), "og:image:alt") == "Foto"
    web_page = next(thing for thing in linked_data(head)["@graph"] if thing["@type"] == "WebPage")
    assert web_page["primaryImageOfPage"]["url"] == meta(head, "og:image")
    assert len(captured) <= 10


@pytest.mark.parametrize("others", [{"decorative": True}, {"only_in": ["fr"]}])
@pytest.mark.sampled(1)
def test_a_picture_that_says_nothing_or_is_for_others_is_not_shared(client, home, settings, tmp_path, others):
    settings.MEDIA_ROOT = tmp_path
    page = make_standard(home, body=[picture(1200, **others)])
    assert meta(head_of(client, page.paths()["nl"]), "og:image").endswith("card.png")


def test_an_error_page_cannot_be_shared(client, home):
    head = head_of(client, "/nl/niets/")
    assert not head.find("meta", property=True) and not head.find("script", type="application/ld+json")
    assert head.title.text.strip()


# --- Icons


@pytest.mark.sweep
def test_icons_and_cards_are_what_the_script_draws():
    """But for the last bit of smoothed edges, which differs between versions of the library that draws."""
    drawn = icons.draw_files()
    assert {path.relative_to(IMAGES).as_posix() for path in (IMAGES / "cards").iterdir()} <= set(drawn)
    for name, fresh in drawn.items():
        stored = (IMAGES / name).read_bytes()
        if name.endswith(".svg"):
            assert stored == fresh, "run python -m deploy.icons"
            continue
        fresh, stored = (Image.open(io.BytesIO(content)).convert("RGBA") for content in (fresh, stored))
        assert fresh.size == stored.size, name
        assert max(ImageStat.Stat(ImageChops.difference(fresh, stored)).mean) < 2, f"{name}: run python -m deploy.icons"


@pytest.mark.sweep
def test_icons_are_drawn_the_same_each_time_and_are_small():
    drawn = icons.draw_files()
    assert drawn == icons.draw_files()
    assert all(len(content) <= (25_000 if "card" in name else 10_000) for name, content in drawn.items())


@pytest.mark.parametrize(("name", "size"), [("icon-192.png", 192), ("icon-512.png", 512), ("apple-touch-icon.png", 180)])
def test_icons_have_the_sizes_they_are_named_for(name, size):
    with Image.open(IMAGES / name) as image:
        assert image.size == (size, size) and image.format == "PNG"


def test_a_mask_takes_nothing_from_the_icon_that_is_made_for_it():
    """W3C Web Application Manifest: the safe zone is a circle whose radius is two fifths of the icon's size."""
    with Image.open(IMAGES / "icon-maskable.png") as icon:
        pixels = icon.convert("RGB")
    ground, (width, height) = pixels.getpixel((0, 0)), pixels.size
    outside = [
        (x, y)
        for x in range(0, width, 4)
        for y in range(0, height, 4)
        if (x - width / 2) ** 2 + (y - height / 2) ** 2 > (0.4 * width) ** 2
    ]
    assert {pixels.getpixel(place) for place in outside} == {ground}


def test_the_icon_answers_at_the_address_that_old_programs_ask(client, db):
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/favicon.ico")
    assert (response.status_code, response["Content-Type"], len(captured)) == (200, "image/x-icon", 0)
    assert "max-age=86400" in response["Cache-Control"]
    with Image.open(io.BytesIO(response.content)) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


# --- The manifest


@pytest.mark.parametrize("path", ["/manifest.webmanifest", *(f"/{code}/manifest.webmanifest" for code in LANGUAGES)])
def test_the_manifest_is_one(client, home, site_settings, path):
    response = client.get(path)
    assert response["Content-Type"] == "application/manifest+json" and "s-maxage=1" in response["Cache-Control"]
    manifest = json.loads(response.content)
    assert manifest_errors(manifest) == []
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    assert client.get(manifest["start_url"], follow=True).status_code == 200
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_a_manifest_speaks_its_language(client, home, site_settings):
    manifests = {code: client.get(f"/{code}/manifest.webmanifest").json() for code in ("nl", "fr")}
    assert [(one["lang"], one["name"], one["start_url"]) for one in manifests.values()] == [
        ("nl", "Actiris – Mandaten", "/nl/"),
        ("fr", "Actiris – Mandats", "/fr/"),
    ]
    neutral = client.get("/manifest.webmanifest").json()
    assert (neutral["name"], neutral["start_url"], neutral.get("lang")) == ("Actiris", "/", None)


def test_a_fault_in_a_manifest_is_caught(client, home):
    manifest = client.get("/nl/manifest.webmanifest").json()
    assert manifest_errors({**manifest, "display": "window"}) and manifest_errors({**manifest, "icons": 3})


def test_the_colours_outside_of_the_style_sheet_are_its_own(client, home):
    colours = icons.colours()
    assert (colours["brand"], colours["paper"]) == (COLOUR, GROUND)
    for html in (client.get("/nl/").content.decode(), (settings.BASE_DIR / "templates/500.html").read_text()):
        declared = [
            tag["content"] for tag in BeautifulSoup(html, "html.parser").find_all("meta", attrs={"name": "theme-color"})
        ]
        assert declared == [colours["brand"], colours["brand dark"]]


@pytest.mark.parametrize("path", ["/", "/nothing/", "/nl/", "/nl/niets/", "broken"])
def test_every_page_names_a_manifest_and_an_icon(client, home, path):
    broken = (settings.BASE_DIR / "templates/500.html").read_text()
    html = broken if path == "broken" else client.get(path).content.decode()
    head = BeautifulSoup(html, "html.parser").head
    expected = "/nl/manifest.webmanifest" if path.startswith("/nl") else "/manifest.webmanifest"
    assert head.find("link", rel="manifest")["href"] == expected
    assert client.get(head.find("link", rel="icon")["href"]).status_code == 200


# --- security.txt


def security_txt(client):
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return Parser(response.content, urls="https://example.org/.well-known/security.txt")


@pytest.fixture
def served_by_https(settings):
    settings.SITE_URL = "https://example.org"  # the RFC asks for it


def test_whoever_found_a_vulnerability_is_told_whom_to_write(client, db, settings, served_by_https):
    settings.SECURITY_CONTACT = ["security@example.org", "https://example.org/report"]
    settings.SECURITY_POLICY = "https://example.org/policy"
    fields = security_txt(client)
    assert (fields.errors, fields.is_valid()) == ([], True)
    assert fields.contact_emails == ["security@example.org"] and fields.contact_urls == ["https://example.org/report"]
    assert fields.preferred_languages == ["nl", "fr", "en"]
    assert "policy" in {line["field_name"] for line in fields.lines}


def test_the_data_protection_officer_is_written_to_where_nobody_else_is_named(client, site_settings, served_by_https):
    fields = security_txt(client)
    assert (fields.errors, fields.contact_emails) == ([], ["dpo@example.org"])
    site_settings.data_protection_email = ""
    site_settings.save()
    assert client.get("/.well-known/security.txt").status_code == 404


def test_a_fault_in_security_txt_is_caught(client, site_settings, settings):
    assert security_txt(client).errors, "Not served by https"
    settings.SITE_URL, settings.SECURITY_CONTACT = "https://example.org", ["http://example.org"]
    assert {error["code"] for error in security_txt(client).errors} == {"no_https"}


def test_the_older_address_leads_there(client, db):
    assert client.get("/security.txt").headers["Location"] == "/.well-known/security.txt"


@pytest.mark.parametrize("day", range(0, 800, 13))
def test_it_never_expires_and_is_never_good_for_a_year(day):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=day)
    assert timedelta(days=150) < expiry(now) - now < timedelta(days=365)


def test_the_date_of_expiry_follows_the_clock(client, site_settings, served_by_https):
    with mock.patch("delivery.machine_files.datetime", wraps=datetime) as clock:
        clock.now.return_value = datetime(2031, 8, 31, tzinfo=UTC)
        assert b"Expires: 2032-02-29T23:59:59Z" in client.get("/.well-known/security.txt").content


# --- The sitemap


def test_the_sitemap_is_read_by_a_parser_of_xml(client, home):
    make_standard(home)
    make_standard(home, "official", languages=["nl", "fr"])
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    tree = etree.fromstring(response.content)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    assert tree.tag == f"{{{names['s']}}}urlset" and len(tree) == 8
    order = ("loc", "lastmod")  # the schema of sitemaps.org takes its elements in any order, ours after them
    for entry in tree:
        assert entry.tag == f"{{{names['s']}}}url"
        own = [child.tag.removeprefix(f"{{{names['s']}}}") for child in entry if child.tag.startswith(f"{{{names['s']}}}")]
        assert tuple(own) == order
        location = entry.findtext("s:loc", namespaces=names)
        assert location.startswith(SITE) and len(location) < 2048
        assert parse_datetime(entry.findtext("s:lastmod", namespaces=names)).tzinfo
        links = entry.findall("x:link", names)
        assert location in {link.get("href") for link in links} and {link.get("rel") for link in links} == {"alternate"}
        page = SitePage.objects.get(address_nl=links[0].get("href").removeprefix(f"{SITE}/nl/").strip("/")).specific
        assert {link.get("hreflang"): link.get("href") for link in links} == {
            **{code: SITE + path for code, path in page.paths().items()},
            "x-default": SITE + page.neutral_path,
        }


def test_robots_may_read_all_that_is_meant_for_machines(client, db):
    from urllib.robotparser import RobotFileParser

    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in ("/nl/", "/nl/feed/", "/manifest.webmanifest", "/.well-known/security.txt", "/static/img/card.png"):
        assert parser.can_fetch("Anybody", SITE + path)
    assert not parser.can_fetch("Anybody", SITE + "/admin/")
    assert parser.site_maps() == [f"{SITE}/sitemap.xml"]


def test_a_home_without_settings_has_a_head_all_the_same(client, db):
    make_home()
    assert head_of(client, "/nl/").title.text == "home nl"
    assert client.get("/nl/manifest.webmanifest").json()["name"]
    assert client.get("/nl/feed/").status_code == 200
