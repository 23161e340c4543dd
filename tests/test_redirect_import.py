"""A list of redirects: read whatever wrote it, shown line by line, and taken as a whole or not at all."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

from assets.models import SiteDocument
from newsroom.redirects.csv_file import MAX_BYTES, MAX_ROWS, Row, UnreadableFileError, read_rows
from newsroom.redirects.planning import CHANGED, NEW, REFUSED, SAME, plan
from tests.building import make_standard, make_user
from tests.editor import block, form_with, messages_of, translate

SITE = "http://localhost:8000"
WITH_ACCENT = [Row(1, "/nl/privé", "/fr/é", "301"), Row(2, "/nl/b", "/nl/c", "")]


# --- Reading the file


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_whatever_spreadsheet_wrote_it(separator, encoding, end):
    text = end.join([separator.join(["/nl/privé", "/fr/é", "301"]), separator.join(["/nl/b", "/nl/c"])])
    assert read_rows(text.encode(encoding)) == WITH_ACCENT


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Van;Naar;Type\n/a;/b;302", [Row(2, "/a", "/b", "302")]),
        ("sep=;\n/a;/b", [Row(2, "/a", "/b")]),
        ("\n ; \n/a;/b\n\n;;\n", [Row(3, "/a", "/b")]),
        ('"/a,1","/b"\n', [Row(1, "/a,1", "/b")]),
        ('"/a""1",  /b  ', [Row(1, '/a"1', "/b")]),
        ("/a", [Row(1, "/a", "")]),
        ("contact;/nl/contact/\n/a;/b", [Row(1, "contact", "/nl/contact/"), Row(2, "/a", "/b")]),
        ("/nl/a;jsessionid=1,/nl/contact/\n" * 2, [Row(one, "/nl/a;jsessionid=1", "/nl/contact/") for one in (1, 2)]),
        ("/a,b;/nl/contact/", [Row(1, "/a,b", "/nl/contact/")]),
        ("/a;/b;301;all sites", [Row(1, "/a", "/b", "301")]),
    ],
)
def test_headings_empty_lines_and_quotes_are_understood(text, rows):
    assert read_rows(text.encode()) == rows


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no redirect"),
        (b"\n\n;;\n", "no redirect"),
        (b"from,to\n", "no redirect"),
        (b"PK\x03\x04" + bytes(range(256)), "no text file"),
        (b"\xff\xfe\x00", "no text file"),
        (b'/a,"/b\n/c,/d\n', "quotation mark"),
        (b'/a,/b\n/c,"' + b"x" * 140_000, "Line 2 cannot be read"),
        (b"/a,/b\n/c," + b"x" * 140_000, "Line 2 cannot be read"),
        (b"/a,/b\n" * (MAX_ROWS + 1), "10,000"),
        (b"a" * (MAX_BYTES + 1), "2 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(data, reason):
    with translation.override("en"), pytest.raises(UnreadableFileError, match=reason):
        read_rows(data)


# --- What it would change


def outcomes(*pairs, language="en"):
    """Return the outcome of each line, and why it is refused or where it leads."""
    rows = [Row(number, *pair) for number, pair in enumerate(pairs, 1)]
    with translation.override(language):
        return [(line.outcome, line.reason or line.leads_to) for line in plan(rows)]


def lead(old, link="", **others):
    return Redirect.objects.create(old_path=old, redirect_link=link, **others)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nl/oud", "/nl/", "begins with a slash"),
        ("https://example.org/oud", "/nl/", "another site"),
        ("/nl/standard-nl/", "/nl/", "A page answers"),
        ("/NL//Standard-nl", "/nl/", "A page answers"),
        ("/", "/nl/", "A page answers"),
        ("/nl/zoeken/", "/nl/", "The site itself"),
        ("/admin/pages/", "/nl/", "The site itself"),
        ("/robots.txt", "/nl/", "The site itself"),
        ("//[", "/nl/", "not an address"),
        ("/nl/" + "a" * 260, "/nl/", "too long"),
        ("/nl/oud", "", "does not say where to"),
        ("/nl/oud", "/nl/nergens/", "Neither a page nor a redirect"),
        ("/nl/oud", "/fr/", "another language"),
        ("/nl/oud", "http://example.org/", "https://"),
        ("/nl/oud", "https://", "https://"),
        ("/nl/oud", "//example.org/", "https://"),
        ("/nl/oud", "javascript:alert(1)", "begins with a slash"),
        ("/nl/oud", "/nl/oud", "leads back"),
        ("/nl/oud", "/NL/Oud/", "leads back"),
        ("/nl/nul%00", "/nl/", "not an address"),
        ("/nl/oud", "/nl/nul%00", "not an address"),
        ("/nl/oud", "https://localhost:8000@evil.com/", "https://"),
        ("https://me@localhost:8000/nl/oud", "/nl/", "not an address"),
        ("/nl/oud", "/healthz", "Readers find nothing"),
        ("/nl/oud", "/nl/reactie/ffffffffffff/", "Readers find nothing"),
        ("/nl/oud", "/nl/gedeeld-concept/" + "a" * 30 + "/", "Readers find nothing"),
        ("/nl/gedeeld-concept/" + "a" * 30 + "/", "/nl/", "The site itself"),
        ("/oud", "/documents/999/x.pdf", "Neither a page nor a redirect"),
        ("/oud", "/media/x.jpg", "Neither a page nor a redirect"),
    ],
)
def test_a_line_that_makes_no_sense_says_why(old, new, reason, standard):
    ((outcome, said_why),) = outcomes((old, new))
    assert outcome == REFUSED and reason in said_why


def test_a_file_of_a_former_site_is_redirected_and_one_that_is_there_wins(standard, settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(b"here")
    lines = outcomes(
        ("/documents/12/Jaarverslag.pdf", "/nl/"),
        ("/media/images/b.png", "/nl/"),
        ("/media/images/a.png", "/nl/"),
        ("/media/../secret", "/nl/"),
        ("/oud.png", "/media/images/a.png"),
    )
    assert [outcome for outcome, _why in lines] == [NEW, NEW, REFUSED, NEW, NEW]
    lead("/documents/12/jaarverslag.pdf", "/nl/")
    lead("/media/images/b.png", "/nl/")
    assert client.get("/documents/12/Jaarverslag.pdf")["Location"] == "/nl/"
    assert client.get("/media/images/b.png")["Location"] == "/nl/"


def test_a_document_that_a_page_shows_answers_and_one_that_none_shows_does_not(standard, settings, tmp_path, tasks_at_once):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="Verslag", heading_nl="Verslag", heading_fr="Rapport")
    document.file.save("verslag.txt", ContentFile(b"verslag"), save=False)
    document.save()
    path = document.address_of(document.file)
    pairs = [(path, "/nl/"), ("/nl/oud", path)]
    assert [outcomes(pair)[0][0] for pair in pairs] == [NEW, REFUSED]
    item = {"type": "item", "value": {"document": document.pk, "note": {}}, "id": "1"}
    make_standard(standard.get_parent(), "Lijst", body=[block("documents", title={}, items=[item])])
    assert [outcomes(pair)[0][0] for pair in pairs] == [REFUSED, NEW]


def test_a_page_may_lack_the_language_of_an_address(home):
    page = make_standard(home, "half", languages=("nl", "fr"))
    assert outcomes(("/en/old", f"/p/{page.slug}/"), ("/nl/oud", f"/p/{page.slug}/")) == [
        (REFUSED, "The page does not exist in this language."),
        (NEW, page.paths()["nl"]),
    ]


def test_what_leads_to_a_page_follows_it_and_other_targets_are_kept_as_they_are(standard):
    path = standard.paths()["nl"]
    rows = [
        Row(1, "/nl/a", SITE + path),
        Row(2, "/b", path),
        Row(3, "/nl/c", f"{path}?a=1#b"),
        Row(4, "/nl/d", "/nl/zoeken/?q=x"),
    ]
    rows.append(Row(5, "/nl/e", "https://example.org/Pad"))
    targets = [(line.target.page, line.target.link) for line in plan(rows)]
    assert targets == [
        (standard.pk, ""),
        (None, SITE + path),  # without a language of its own it keeps that of the page
        (None, f"{SITE}{path}?a=1#b"),
        (None, f"{SITE}/nl/zoeken/?q=x"),
        (None, "https://example.org/Pad"),
    ]


def test_one_address_stands_once_whatever_its_capitals_slashes_and_letters(standard):
    assert [
        outcome for outcome, _why in outcomes(("/Oud", "/nl/"), ("/oud/", "/nl/"), ("/OUD", "/fr/"), ("/o%75d", "/nl/"))
    ] == [
        NEW,
        *[REFUSED] * 3,
    ]
    assert outcomes(("/a", "/nl/"), ("/A", "/nl/"))[1][1] == "Line 1 has this address already."
    assert [outcome for outcome, _why in outcomes(("/a?x=1", "/nl/"), ("/a?x=2", "/nl/"))] == [NEW, NEW]


def test_lines_that_lead_in_a_circle_among_themselves_or_by_what_is_stored_are_refused(home):
    lead("/nl/x", f"{SITE}/nl/a")
    found = outcomes(("/nl/a", "/nl/b"), ("/nl/b", "/nl/x"), ("/nl/c", "/nl/a"), ("/nl/d", "/nl/"))
    assert [outcome for outcome, _why in found] == [REFUSED, REFUSED, REFUSED, NEW]
    assert "leads back" in found[0][1]


def test_what_leads_on_is_led_to_the_end_and_refused_with_what_it_leads_on_by(home):
    lead("/nl/x", f"{SITE}/nl/")
    found = outcomes(("/nl/a", "/nl/b?q=1"), ("/nl/b", "/nl/x"), ("/nl/c", "/nl/d"), ("/nl/d", "http://example.org/"))
    assert found[:2] == [(NEW, "/nl/"), (NEW, "/nl/")]
    assert found[2] == (REFUSED, "This leads on by a line that is refused.")


def test_what_is_stored_is_told_from_what_changes(standard):
    path = standard.paths()["nl"]
    lead("/nl/Zelfde", redirect_page=standard)
    lead("/nl/link", SITE + path)
    lead("/nl/ander", "https://example.org/")
    lead("/nl/soort", redirect_page=standard, is_permanent=False)
    rows = [Row(number, f"/nl/{name}", path) for number, name in enumerate(("zelfde", "link", "ander", "soort", "nieuw"))]
    lines = plan(rows)
    assert [line.outcome for line in lines] == [SAME, SAME, CHANGED, CHANGED, NEW]
    assert (lines[2].led_to, lines[2].leads_to) == ("https://example.org/", path)


def test_the_kind_may_be_named_in_every_language(home):
    kinds = {
        "": True,
        "301": True,
        "302": False,
        "Permanent": True,
        "permanente": True,
        "tijdelijk": False,
        "Temporaire": False,
    }
    lines = plan([Row(number, f"/nl/{number}", "/nl/", kind) for number, kind in enumerate(kinds)])
    assert [line.is_permanent for line in lines] == list(kinds.values())
    assert plan([Row(1, "/nl/a", "/nl/", "soms")])[0].outcome == REFUSED


@pytest.mark.sweep
def test_ten_thousand_lines_take_two_queries(home, django_assert_num_queries):
    rows = [Row(number, f"/nl/oud-{number}", "/nl/") for number in range(MAX_ROWS)]
    with django_assert_num_queries(2):
        assert {line.outcome for line in plan(rows)} == {NEW}


# --- In the admin


@pytest.fixture
def publisher(client, home):
    client.force_login(make_user("Publishers", "fr"))
    return client


def upload(client, text):
    """Choose a file at the form."""
    url = reverse("wagtailredirects:start_import")
    file = SimpleUploadedFile("liste.csv", text if isinstance(text, bytes) else text.encode(), "text/csv")
    return client.post(url, form_with(client.get(url), "file") | {"file": file})


def confirm(client, response, **typed):
    """Press the button below what the list would change."""
    return client.post(reverse("wagtailredirects:start_import"), form_with(response, "rows") | typed)


def cells(response):
    html = BeautifulSoup(response.content.decode(), "html.parser")
    return [[cell.get_text(strip=True) for cell in row("td")] for row in html.select("main tbody tr")]


def test_a_list_is_shown_line_by_line_and_taken_once_it_is_confirmed(publisher, client):
    lead("/nl/b", "https://example.org/")
    shown = upload(client, "De;Vers\n/nl/Privé;/nl/\n/nl/b;/nl/;302\n".encode("cp1252"))
    assert cells(shown) == [
        ["3", "/nl/b", "/nl/", "https://example.org/ (permanente)", "temporaire"],
        ["2", "/nl/Privé", "/nl/", "permanente"],
    ]
    assert Redirect.objects.count() == 1
    taken = confirm(client, shown)
    assert taken["Location"] == reverse("wagtailredirects:index")
    assert client.get("/nl/priv%C3%A9/")["Location"] == "/nl/" and client.get("/nl/privé").status_code == 301
    assert client.get("/NL/B/").status_code == 302
    assert set(ModelLogEntry.objects.values_list("label", "action")) == {
        ("/nl/privé", "wagtail.create"),
        ("/nl/b", "wagtail.edit"),
    }


def test_nothing_is_taken_while_a_line_is_refused_unless_somebody_says_so(publisher, client):
    shown = upload(client, "/nl/a,/nl/\n/nl/b,/nl/nergens/\n")
    with translation.override("fr"):
        reason = gettext("Neither a page nor a redirect stands at the address that this leads to.")
    assert cells(shown)[0] == ["2", "/nl/b", "/nl/nergens/", reason]
    again = confirm(client, shown)
    text = translate("Nothing was taken. Say that the refused lines are left out, or mend them in the file.", "fr")
    assert messages_of(again) == [text] and not Redirect.objects.exists()
    assert confirm(client, again, leave_out="on").status_code == 302
    assert Redirect.objects.get().old_path == "/nl/a"


def test_what_has_changed_since_is_shown_again_without_a_new_upload(publisher, client):
    shown = upload(client, "/nl/a,/nl/\n")
    lead("/nl/A", "https://example.org/")
    again = confirm(client, shown)
    text = translate("Something has changed since this list was checked. Nothing was taken; look at it again.", "fr")
    assert messages_of(again) == [text] and Redirect.objects.get().redirect_link == "https://example.org/"
    assert confirm(client, again).status_code == 302
    assert (Redirect.objects.get().old_path, Redirect.objects.get().redirect_link) == ("/nl/A", "")


def test_a_file_that_is_no_list_is_refused_at_its_field_in_the_language_of_who_chose_it(publisher, client):
    refused = upload(client, b"PK\x03\x04" + bytes(range(256)))
    text = translate("This is no text file. Save the list as CSV in your spreadsheet, and choose that file.", "fr")
    assert refused.context["form"].errors == {"file": [text]}


def test_rows_that_the_site_did_not_sign_are_not_taken(publisher, client):
    sent = form_with(upload(client, "/nl/a,/nl/\n"), "rows")
    client.post(reverse("wagtailredirects:start_import"), sent | {"rows": sent["rows"][:-2] + "xx"})
    assert not Redirect.objects.exists()


def test_the_second_step_of_wagtail_is_closed(publisher, client):
    assert client.post("/admin/redirects/import/process/", {}).status_code == 404


def test_the_list_can_be_exported_and_imported_again(publisher, client, standard):
    lead("/nl/pagina", redirect_page=standard)
    lead("/pagina", redirect_page=standard)
    lead("/nl/elders", "https://example.org/", is_permanent=False)
    exported = client.get(reverse("wagtailredirects:index"), {"export": "csv"})
    lines = plan(read_rows(b"".join(exported)))
    assert [line.outcome for line in lines] == [SAME] * 3
