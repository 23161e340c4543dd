"""Every start of a new release: whatever staff did to the content that it names, the site is up and says what was left out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from directory.models import GlossaryTerm, Organisation, Person
from interface_strings.strings_rebuild import rebuild
from newsroom.content.files import ContentError
from newsroom.content.loading import LEFT_OUT, load
from newsroom.content.reading import read_content
from newsroom.models import LoadedItem
from pages.models import GlossaryPage, SitePage, SiteSettings
from search.models import Promotion
from tests.building import add, make_standard, texts
from tests.content import page_of
from tests.rows import all_rows, fill

pytestmark = pytest.mark.django_db


def page(kind, key, parent, name, more=""):
    """Return a page's file with a heading, slug and summary in three languages."""
    parent = f"parent: {parent}\n" if parent else ""
    slug = f"url_slug: {{nl: {name}, fr: {name}-fr, en: {name}-en}}\n" if parent else ""
    heading = f"heading: {{nl: {name}, fr: {name} FR, en: {name} EN}}\n"
    return f"type: {kind}\nkey: {key}\n{parent}{heading}{slug}summary: {{nl: N., fr: F., en: E.}}\n{more}"


TOPIC = "opening: {nl: N, fr: F, en: E}\n"
TOPIC += "audience: {nl: <p>N</p>, fr: <p>F</p>, en: <p>E</p>}\nnext_step: {nl: <p>N</p>, fr: <p>F</p>, en: <p>E</p>}\n"
FIRST = {
    "organisations.yaml": "- {key: partner, name: {nl: P, fr: P, en: P}}\n",
    "people.yaml": "- {key: jan, name: Jan}\n",
    "glossary.yaml": "- {key: stage, term: {nl: stage, fr: stage, en: traineeship}}\n",
    "settings.yaml": "organisation_name: {nl: A, fr: A, en: A}\nsite_name: {nl: S, fr: S, en: S}\ntelephone: '1'\n",
    "redirects.yaml": "- {from: /nl/oud/, page: guide}\n",
    "pages/home.yaml": page("pages.HomePage", "home", None, "thuis"),
    "pages/about.yaml": page("pages.StandardPage", "about", "home", "over"),
    "pages/guide.yaml": page("pages.StandardPage", "guide", "home", "gids"),
    "pages/networks.yaml": page("networks.NetworkIndexPage", "networks", "home", "netwerken"),
    "pages/eures.yaml": page("networks.NetworkPage", "eures", "networks", "eures", TOPIC),
}
BY_OTHERS = "belgian_members: [{organisation: partner}]\nterms: [{person: jan, office: {nl: n, fr: f, en: e}}]\n"
SECOND = FIRST | {
    "organisations.yaml": "- {key: partner, name: {nl: Q, fr: Q, en: Q}}\n",
    "people.yaml": "- {key: jan, name: Jan Jansen}\n",
    "glossary.yaml": "- {key: stage, term: {nl: stages, fr: stages, en: traineeships}}\n"
    "- {key: new, term: {nl: nieuw, fr: neuf, en: new}}\n",
    "settings.yaml": FIRST["settings.yaml"].replace("'1'", "'2'") + "privacy_page: guide\n",
    "redirects.yaml": "- {from: /nl/oud/, page: about}\n- {from: /nl/ouder/, page: about}\n",
    "pages/guide.yaml": page("pages.StandardPage", "guide", "home", "handboek"),
    "pages/eures.yaml": page("networks.NetworkPage", "eures", "networks", "eures-2", TOPIC),
    "pages/below.yaml": page("pages.StandardPage", "below", "guide", "onder"),
    "pages/fresh.yaml": page("pages.StandardPage", "fresh", "home", "vers"),
    "pages/terms.yaml": page("pages.GlossaryPage", "terms", "home", "woorden"),
    "pages/wapes.yaml": page("networks.NetworkPage", "wapes", "networks", "wapes", TOPIC + BY_OTHERS),
}


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture(scope="module")
def first(tmp_path_factory, django_db_setup, django_db_blocker):
    """The rows of a site that was started with the first release."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(write(tmp_path_factory.mktemp("first") / "content", FIRST))
        rebuild()  # the strings of the interface, which would cost each start a second
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def site(first, db):
    fill(first)


@pytest.fixture
def second(tmp_path):
    return write(tmp_path / "content", SECOND)


def start(root):
    """Start a release with the content of `root`; return what it says."""
    said = StringIO()
    call_command("prepare_site", root=str(root), stdout=said, stderr=said)
    return said.getvalue()


def publish(key, **fields):
    changed = page_of(key).specific
    for name, value in fields.items():
        setattr(changed, name, value)
    changed.excuse("Dringend.")
    changed.save_revision().publish()


def delete(key):
    page_of(key).delete()


def make(name, live=True, **slugs):
    """Let staff add a page below the home page that has a slug in Dutch."""
    make_standard(page_of("home"), name, live=live, **slugs)


def recommend_and_delete():
    Promotion.objects.create(language="nl", queries="gids", page=page_of("guide"), reason="")
    delete("guide")


def draft():
    changed = page_of("guide").specific
    changed.heading_nl = "Ontwerp"
    changed.save_revision()


GONE, KEPT = "deleted by staff (the files say something new", "kept as staff changed it (the files say something new"
CHANGES = {
    "a deleted page": (lambda: delete("guide"), [f"pages/guide: {GONE}", "settings: left out (it refers to pages/guide"]),
    "a deleted page above a new one": (
        lambda: delete("guide"),
        ["pages/below: left out (it stands below pages/guide, which was deleted by staff)"],
    ),
    "a deleted section": (lambda: page_of("networks").delete(), [f"pages/eures: {GONE}", "pages/wapes: left out"]),
    "a deleted organisation": (
        lambda: Organisation.objects.all().delete(),
        [f"organisations/partner: {GONE}", "pages/wapes: left out (it refers to organisations/partner, which was deleted"],
    ),
    "a deleted person": (
        lambda: Person.objects.all().delete(),
        [f"people/jan: {GONE}", "pages/wapes: left out (it refers to people/jan, which was deleted by staff)"],
    ),
    "a deleted term": (lambda: GlossaryTerm.objects.all().delete(), [f"glossary/stage: {GONE}"]),
    "a moved page": (lambda: page_of("guide").move(page_of("about"), pos="last-child"), []),
    "a moved section": (lambda: page_of("networks").move(page_of("about"), pos="last-child"), []),
    "a renamed slug": (lambda: publish("guide", url_slug_nl="wegwijzer"), [f"pages/guide: {KEPT}"]),
    "a slug that a page of staff has": (lambda: make("eigen", url_slug_nl="vers"), ["pages/fresh: left out (Another page"]),
    "a slug that a draft of staff has": (
        lambda: make("eigen", live=False, url_slug_fr="vers-fr"),
        ["pages/fresh: left out (Another page"],
    ),
    "a new slug of an old page that staff use": (
        lambda: make("eigen", url_slug_en="handboek-en"),
        ["pages/guide: left out (Another page"],
    ),
    "an unpublished page": (lambda: page_of("guide").unpublish(), [f"pages/guide: {KEPT}"]),
    "an unpublished section": (lambda: page_of("networks").unpublish(), []),
    "an emptied text": (lambda: publish("guide", summary_en=""), [f"pages/guide: {KEPT}"]),
    "a language withdrawn": (lambda: publish("guide", heading_en=""), [f"pages/guide: {KEPT}"]),
    "a draft": (draft, [f"pages/guide: {KEPT}"]),
    "a page of a type of which there is one only": (
        lambda: add(page_of("home"), GlossaryPage, **texts("lijst")),
        ["pages/terms: left out (a page of type pages.GlossaryPage may not stand below pages/home, or there is one)"],
    ),
    "an alias": (lambda: page_of("guide").specific.create_alias(parent=page_of("about")), []),
    "a deleted redirect": (lambda: Redirect.objects.all().delete(), [f"redirects/nl/oud/: {GONE}"]),
    "a redirect of staff": (
        lambda: Redirect.objects.create(old_path="/nl/ouder", redirect_page=page_of("home")),
        ["redirects/nl/ouder/: left out (staff lead this address somewhere else)"],
    ),
    "a page at an old address": (
        lambda: make("eigen", url_slug_nl="ouder"),
        ["redirects/nl/ouder/: left out (a page has this address)"],
    ),
    "a key of a term that is taken": (
        lambda: GlossaryTerm.objects.create(key="new", term_nl="x", term_fr="x"),
        ["glossary/new: left out"],
    ),
    "a recommended page deleted": (recommend_and_delete, [f"pages/guide: {GONE}"]),
    "other settings": (lambda: SiteSettings.objects.update(telephone="3"), [f"settings: {KEPT}"]),
    "another home page": (lambda: publish("home", heading_nl="Welkom"), []),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.sweep
def test_whatever_staff_did_the_next_release_starts_and_says_what_it_left_out(site, second, client, change):
    happen, expected = CHANGES[change]
    happen()
    said = start(second)
    for line in expected:
        assert line in said, said
    if not expected:
        assert LEFT_OUT not in said, said
    for path in ("/nl/", "/fr/over-fr/"):
        assert client.get(path).status_code == 200, path
    call_command("rebuild_standing", check=True, stdout=StringIO())
    call_command("check_search", stdout=StringIO())
    unchanged = LoadedItem.objects.count()
    assert "created" not in start(second).replace("0 created", ""), "A second start did something again."
    assert LoadedItem.objects.count() == unchanged


@pytest.mark.sweep
def test_a_new_release_is_loaded_whole_where_staff_did_nothing(site, second):
    assert LEFT_OUT not in start(second)
    assert page_of("below").paths()["nl"] == "/nl/handboek/onder/"


@pytest.mark.sweep
def test_what_was_left_out_comes_once_its_reason_is_gone(site, second):
    make("eigen", url_slug_nl="vers")
    assert "pages/fresh: left out" in start(second)
    SitePage.objects.get(url_slug_nl="vers").delete()
    start(second)
    assert page_of("fresh").live


@pytest.mark.sweep
def test_a_page_that_turns_out_to_be_left_out_takes_those_that_refer_to_it_along(site, second):
    Organisation.objects.all().delete()
    path = second / "pages" / "about.yaml"
    path.write_text(path.read_text() + "body: [{text: {text: {nl: '<p><a href=\"page:wapes\">W</a></p>', fr: <p>F</p>}}}]\n")
    said = start(second)
    assert "pages/about: left out (it refers to pages/wapes, which was left out)" in said
    assert not SitePage.objects.filter(title="wapes").exists()


@pytest.mark.sweep
def test_only_what_the_file_says_is_compared(site, second):
    guide = page_of("guide").specific
    guide.meta_title_nl, guide.meta_title_fr, guide.review_on = "Van ons", "De nous", "2030-01-01"
    guide.save_revision().publish()
    assert "pages/guide: kept" not in start(second)
    assert page_of("guide").heading_nl == "handboek"
    assert page_of("guide").meta_title_nl == "Van ons"


@pytest.mark.sweep
def test_a_field_that_a_file_names_for_the_first_time_does_not_go_over_what_staff_wrote_there(site, second):
    guide = page_of("guide").specific
    guide.meta_title_nl, guide.meta_title_fr = "Van ons", "De nous"
    guide.save_revision().publish()
    path = second / "pages" / "guide.yaml"
    path.write_text(path.read_text() + "meta_title: {nl: Van de bestanden, fr: F, en: E}\n")
    assert f"pages/guide: {KEPT}" in start(second)


def test_the_files_are_checked_before_anything_is_asked_of_the_database(second, django_assert_num_queries):
    read_content(second)  # a process asks once which models there are
    with django_assert_num_queries(0):
        assert len(read_content(second).pages) == 9
        path = second / "pages" / "wapes.yaml"
        path.write_text(path.read_text().replace("organisation: partner", "organisation: partnr"))
        with pytest.raises(ContentError, match=r"wapes\.yaml:\d+: “organisation” names “partnr”"):
            read_content(second)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("is_development", [True, False])
def test_a_mistake_in_a_file_stops_development_only_and_everything_else_is_done(site, second, settings, is_development):
    settings.DEBUG = is_development
    (second / "pages" / "fresh.yaml").write_text("type: pages.StandardPage\nkey: fresh\nparent: nowhere\n")
    said = StringIO()
    try:
        call_command("prepare_site", root=str(second), stdout=said, stderr=said)
        assert not is_development
    except CommandError as error:
        assert is_development and "fresh.yaml:3" in str(error)
    assert "content/pages/fresh.yaml:3: The parent “nowhere” is no page" in said.getvalue()
    assert "Staff accounts" in said.getvalue()
    assert page_of("guide").heading_nl == "gids"
