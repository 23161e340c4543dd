"""The guide: every chapter in every language, its labels those of the screen, and on each screen the chapters about it."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from deploy import catalogues
from guide import chapters
from guide.chapters import FOLDER, chapter_text, label_text, labels_in, parse, plain_text, show_labels
from guide.contents import APPROVERS, CHAPTERS, PARTS, chapters_about
from guide.finding import find_chapters
from guide.own_chapters import chapter_links
from languages.codes import LANGUAGES
from review.models import LanguageTask
from staff_search.matching import words_of
from tests.building import make_standard, make_user, staff
from tests.editor import edit_url, parsed_page
from tests.guide_texts import SLUGS, WRITTEN, pictures_in, source
from tests.route_rights import table
from tests.routes import make_things, path_of

SOURCES = [settings.BASE_DIR / "locale", *(Path(find_spec(name).origin).parent for name in ("django", "wagtail"))]
LOOSE = re.compile("[^\u00a0][:;!?](?!//)|[^\u00a0]»|«[^\u00a0]|'|\"")


def whole(slug, language):
    text = chapter_text(slug, language)
    return "\n".join((text.title, text.summary, text.body))


def shape(html):
    """Return what all languages of a chapter share: its tags, links and pictures in order, without their words."""
    return re.findall(r'<(?:/?(?:h2|ol|ul|li|p)\b|a href="[^"]*"|img [^>]*src="[^"]*/([^"/]*)")', html)


# --- The chapters


@pytest.mark.parametrize("language", WRITTEN)
def test_every_chapter_is_there_in_every_language_and_no_other(language):
    assert {path.stem for path in (FOLDER / language).glob("*.md")} == set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_has_the_same_steps_labels_links_and_pictures_in_every_language(slug):
    first, *others = WRITTEN
    for language in others:
        for see in (shape, lambda html: sorted(labels_in(html))):
            assert see(whole(slug, language)) == see(whole(slug, first)), language
        assert pictures_in(slug, language) == pictures_in(slug, first)


@pytest.fixture(scope="module")
def catalogue_entries():
    """Return `{language: {(context, text)}}` of all strings that Django finds for the screens."""
    entries = {}
    for language in ("nl", "fr"):
        files = (file for root in SOURCES for file in root.rglob(f"{language}/LC_MESSAGES/django.po"))
        messages = [message for file in files for message in catalogues.messages(catalogues.read(file))]
        entries[language] = {
            (one.context, catalogues.forms(one.id)[0]) for one in messages if all(catalogues.forms(one.string))
        }
    return entries


@pytest.mark.parametrize("slug", SLUGS)
def test_every_label_is_a_string_of_the_screens_that_is_translated(slug, catalogue_entries):
    for label in labels_in(whole(slug, "en")):
        context, _separator, text = label.rpartition("|")
        lacking = [language for language, entries in catalogue_entries.items() if (context or None, text) not in entries]
        assert lacking == [], label


def test_a_label_that_no_screen_has_is_noticed(catalogue_entries):
    assert (None, "Save draft") in catalogue_entries["nl"] and (None, "Save the draught") not in catalogue_entries["nl"]


def test_french_keeps_its_marks_with_their_words():
    for slug in SLUGS:
        prose = re.sub(r"!\[|\]\([^)]*\)|`[^`]*`|\*\*[^*]*\*\*", "", source(slug, "fr"))
        assert LOOSE.findall(prose) == [], slug


def test_every_link_leads_to_a_chapter():
    for slug in SLUGS:
        links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]*)\)", source(slug, "en"))
        assert set(links) <= set(SLUGS), slug


# --- What a file means


def body_of(body):
    return parse(f"# Title\nWhat for.\n\n{body}", "undo", "en").body


def test_html_in_a_file_is_shown_and_never_run():
    html = body_of("<script>alert(1)</script> <b onclick='x'>x</b> [x](javascript:alert(1))")
    assert "<script" not in html and "<b " not in html and 'href="javascript' not in html


def test_labels_are_shown_as_the_screen_says_them_in_the_language_of_the_admin():
    html = body_of("Press **Save draft** or **column|Kind** or **Submit to %(workflow_name)s**.")
    for language, label in (("nl", "Soort"), ("fr", "Type"), ("en", "Kind")):
        with translation.override(language):
            shown = show_labels(html)
            assert f"<strong>{label_text('Save draft')}</strong>" in shown and "…</strong>" in shown
            assert f"<strong>{label}</strong>" in shown


def test_a_translated_label_is_escaped(monkeypatch):
    monkeypatch.setattr(chapters, "gettext", lambda text: "<b>&</b>")
    assert "<strong>&lt;b&gt;&amp;&lt;/b&gt;</strong>" in show_labels(body_of("**Save**"))


def test_keys_links_and_headings():
    html = body_of("## How\nPress `Ctrl+Enter`, see [undo](undo).")
    assert '<h2 id="section-1">How</h2>' in html and '<a href="/admin/guide/undo/">undo</a>' in html
    with translation.override("fr"):
        assert "<kbd>Ctrl</kbd> + <kbd>Entrée</kbd>" in show_labels(html)


def test_a_chapter_that_a_language_lacks_is_read_in_the_next_one(monkeypatch, tmp_path):
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "undo.md").write_text("# Annuler\nPour annuler.\n")
    monkeypatch.setattr(chapters, "FOLDER", tmp_path)
    found = chapters.chapter_text.__wrapped__("undo", "nl")
    assert (found.language, found.title, found.summary) == ("fr", "Annuler", "Pour annuler.")
    assert chapters.chapter_text.__wrapped__("publish", "nl") is None


# --- Finding a chapter


# What people ask, in the language of their admin, and the chapter that answers it first.
QUESTIONS = {
    "nl": {
        "synoniemen": "improve-the-search",
        "workflow": "submit-for-review",
        "workflow annuleren": "submit-for-review",
        "hoe kan ik mijn pagina terugtrekken": "submit-for-review",
        "nakijken": "approve-or-send-back",
        "wijzigingen vragen": "approve-or-send-back",
        "nog juist": "finish-a-text",
        "mijn tekst is nog juist": "finish-a-text",
        "mededeling": "put-up-a-notice",
        "mededelingen": "put-up-a-notice",
        "vertaler": "ask-for-a-translation",
        "oude versie terugzetten": "undo",
        "offline halen": "publish",
        "foto uploaden": "add-a-picture",
        "goedkeuringsvolgorde": "order-the-review",
        "wie keurt welke taal goed": "order-the-review",
        "wachtwoord vergeten": "log-in",
        "kapotte link": "redirect-an-address",
        "collega toevoegen": "manage-people",
        "translator": "ask-for-a-translation",  # an English word
        "relecture": "approve-or-send-back",  # a French one
    },
    "fr": {
        "deconnecte": "log-in",
        "déconnecté": "log-in",
        "workflow": "submit-for-review",
        "annuler le workflow": "submit-for-review",
        "comment retirer ma soumission": "submit-for-review",
        "relecture": "approve-or-send-back",
        "relire": "approve-or-send-back",
        "relire une page": "approve-or-send-back",
        "demander des modifications": "approve-or-send-back",
        "texte encore juste": "finish-a-text",
        "toujours bon": "finish-a-text",
        "mise en ligne": "before-going-live",
        "programmer": "publish",
        "revenir en arrière": "undo",
        "faute de frappe": "change-a-text",
        "ordre d’approbation": "order-the-review",
        "ajouter une étape": "order-the-review",
        "faire approuver l’anglais": "order-the-review",
        "créer un compte": "manage-people",
        "lien mort": "redirect-an-address",
        "bandeau": "put-up-a-notice",
        "mededeling": "put-up-a-notice",  # a Dutch word
    },
    "en": {
        "redirect excel": "redirect-an-address",
        "workflow": "submit-for-review",
        "cancel the workflow": "submit-for-review",
        "withdraw": "submit-for-review",
        "how do I take my page back": "submit-for-review",
        "proofread": "approve-or-send-back",
        "who approves English": "order-the-review",
        "add a step": "order-the-review",
        "still right": "finish-a-text",
        "translator": "ask-for-a-translation",
        "revert to the old version": "undo",
        "schedule": "publish",
        "announcement": "put-up-a-notice",
        "forgotten password": "log-in",
        "my colleague has left, how do I close the account": "manage-people",
        "upload a pdf": "add-a-document",
        "broken link": "redirect-an-address",
        "nakijken": "approve-or-send-back",  # a Dutch word
    },
}


@pytest.mark.parametrize(
    ("language", "question", "first"),
    [(language, *pair) for language, questions in QUESTIONS.items() for pair in questions.items()],
)
def test_a_chapter_is_found_by_the_words_of_whoever_looks_for_it_and_read_in_the_language_of_the_admin(
    language, question, first
):
    with translation.override(language):
        found = find_chapters(words_of(question), language)
    assert found[0].slug == first, [text.slug for text in found]
    assert {text.language for text in found} == {language}


def test_every_chapter_says_by_which_words_it_is_looked_for_and_shows_them_to_nobody():
    for slug in SLUGS:
        for language in WRITTEN:
            asked = chapter_text(slug, language).asked
            assert len(asked.split(", ")) > 3 and asked not in whole(slug, language), (slug, language)


def test_what_no_chapter_says_in_full_is_answered_by_those_that_lack_the_least():
    with translation.override("nl"):
        assert find_chapters(words_of("doorverwijzing xyzzyx"), "nl") == []
        found = find_chapters(words_of("doorverwijzing importeren uit excel"), "nl")
    assert found[0].slug == "redirect-an-address"


def test_a_chapter_is_found_by_what_a_button_says_in_the_language_of_the_admin():
    with translation.override("nl"):
        found = [text.slug for text in find_chapters(words_of(label_text("Replace current draft")), "nl")]
    assert found[0] == "undo"


def test_the_search_over_everything_shows_chapters_in_the_language_of_the_admin(home):
    page = parsed_page(staff("Editors", "nl").get("/admin/search/", {"q": "translator"}))
    titles = [link.text_content().strip() for link in page.xpath("//section[@aria-labelledby='area-guide']//li//a")]
    assert "Een vertaling vragen of aannemen" in titles


def test_titles_come_before_texts():
    with translation.override("nl"):
        texts = find_chapters(words_of("concept delen"), "nl")
    assert texts[0].slug == "share-a-draft"
    assert find_chapters(words_of("xyzzyx"), "nl") == []


# --- On the screens


@pytest.mark.parametrize(("role", "language"), [("Translators", "nl"), ("Editors", "fr"), ("Publishers", "nl"), (None, "fr")])
def test_everybody_reads_every_chapter_and_their_own_ones_first(role, language, home):
    client = staff(role, language)
    links = parsed_page(client.get("/admin/guide/")).xpath("//main//ul[@class='guide-chapters']/li/a/@href")
    assert sorted(links) == sorted(f"/admin/guide/{slug}/" for slug in SLUGS)
    place = {slug: links.index(f"/admin/guide/{slug}/") for slug in SLUGS}
    assert (place["publish"] < place["manage-people"]) and (place["publish"] < place["put-up-a-notice"]) == (
        role in ("Publishers", None)
    )
    page = parsed_page(client.get("/admin/guide/publish/"))
    with translation.override(language):
        assert page.xpath("//article/h2")[0].text_content() == plain_text(chapter_text("publish", language).title)


def test_every_chapter_is_shown_to_administrators(home):
    client = staff(None, "fr")
    for slug in SLUGS:
        assert client.get(f"/admin/guide/{slug}/").status_code == 200, slug


def test_the_guide_is_searched_in_its_own_field(home):
    client = staff("Editors", "fr")
    page = parsed_page(client.get("/admin/guide/", {"q": "communication"}))
    assert "/admin/guide/put-up-a-notice/" in page.xpath("//main//li/a/@href")
    assert "xyzzyx" in client.get("/admin/guide/", {"q": "xyzzyx"}).content.decode()


def test_the_search_of_the_admin_finds_chapters(home):
    page = parsed_page(staff("Editors", "fr").get("/admin/search/", {"q": "redirection"}))
    assert "/admin/guide/redirect-an-address/" in page.xpath("//section[@aria-labelledby='area-guide']//a/@href")


def test_a_chapter_that_is_not_there_is_not_found(home):
    assert staff("Editors").get("/admin/guide/nothing/").status_code == 404


def test_the_whole_guide_for_paper_holds_ones_own_chapters_with_one_anchor_each(home):
    page = parsed_page(staff("Translators").get("/admin/guide/whole/"))
    titles = [title.text_content() for title in page.xpath("//article/h2")]
    assert len(titles) > 8 and "Een tekst vertalen die achterloopt" in titles
    assert "Een pagina publiceren" not in titles
    ids = page.xpath("//article//@id")
    assert len(ids) == len(set(ids))


def test_a_form_leads_to_the_chapters_about_ones_own_tasks_there(home):
    page = make_standard(home)
    links = {
        role: parsed_page(staff(role).get(edit_url(page))).xpath("//*[contains(@class, 'guide-links')]//a/@href")
        for role in ("Translators", "Editors", "Publishers")
    }
    assert "/admin/guide/translate-a-text/" in links["Translators"] and "/admin/guide/publish/" not in links["Translators"]
    assert "/admin/guide/add-a-block/" in links["Editors"] and "/admin/guide/publish/" in links["Publishers"]


def test_whoever_approves_a_language_or_publishes_is_led_to_the_chapter_about_it(home, standard):
    group = make_user("Reviewers").groups.get()
    both = make_user("Translators")
    both.groups.add(group)
    people = {
        "reviewer": (make_user("Reviewers"), True),
        "publisher": (make_user("Publishers"), True),
        "translator": (make_user("Translators"), False),
        "editor": (make_user("Editors"), False),
        "reviewer of no language": (make_user("Reviewers", languages=[]), False),
        "translator who reviews": (both, True),
    }
    for name, (person, is_own) in people.items():
        links = [url for _title, url in chapter_links(edit_url(standard), person)]
        assert ("/admin/guide/approve-or-send-back/" in links) == is_own, name
    LanguageTask.objects.update(active=False)
    assert not APPROVERS.includes(make_user("Reviewers"))


def test_who_approves_is_asked_once_for_a_page_of_the_guide(home, client):
    client.force_login(make_user("Reviewers"))
    for url in ("/admin/guide/", "/admin/guide/whole/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert sum('FROM "review_languagetask"' in query["sql"] for query in queries) == 1


def test_every_screen_that_a_chapter_explains_is_there(home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things = make_things(home)
    paths = [path_of(route, things).removeprefix("/admin/") for route in table()]
    for screen in {screen for chapter in CHAPTERS for screen in chapter.screens}:
        assert any(re.fullmatch(screen, path) for path in paths), screen


def test_links_to_the_guide_cost_no_query(home, django_assert_num_queries, monkeypatch):
    client = staff("Editors")
    client.get("/admin/images/")
    with django_assert_num_queries(0):
        assert chapters_about("/admin/images/")
    with CaptureQueriesContext(connection) as with_guide:
        client.get("/admin/images/")
    monkeypatch.setattr("guide.own_chapters.chapters_about", lambda path: [])
    with django_assert_num_queries(len(with_guide)):
        client.get("/admin/images/")


def test_home_leads_to_the_chapters_about_it(home):
    links = parsed_page(staff("Translators").get("/admin/")).xpath("//p[@class='guide-line']/a/@href")
    assert links[:2] == ["/admin/guide/", "/admin/guide/find-something/"]


def test_the_menu_leads_to_the_guide_in_the_language_of_the_admin(home):
    for language, label in (("nl", "Handleiding"), ("fr", "Guide")):
        html = staff("Translators", language).get("/admin/").content.decode()
        assert f'"{label}"' in html and "/admin/guide/" in html


def test_french_titles_of_windows_keep_their_colon_apart(home):
    titles = {code: staff("Editors", code).get("/admin/guide/undo/").content.decode() for code in ("nl", "fr")}
    assert re.search("<title>\\s*Handleiding: Een vroegere versie", titles["nl"])
    assert re.search("<title>\\s*Guide\u00a0: Rétablir une version", titles["fr"])


def test_every_part_has_chapters_and_every_chapter_one_name():
    assert all(part.chapters for part in PARTS)
    assert len(SLUGS) == len(set(SLUGS))
    assert set(LANGUAGES) >= set(WRITTEN)
