"""Notes for staff in content files: read, checked, loaded, and theirs from then on."""

import pytest

from directory.models import Organisation
from newsroom.content.files import ContentError
from newsroom.content.loading import CREATED, DROPPED, GONE, KEPT, SAME, UPDATED, load
from pages.models import SiteSettings, StandardPage
from staff_notes.models import StaffNote
from tests.building import make_user

pytestmark = pytest.mark.django_db

NOTES = """
staff_notes:
  - text: {nl: Nog zo, fr: Encore vrai, en: Still so}
  - about: body/1
    text: {nl: Jaar onbekend, fr: Année inconnue, en: Year unknown}
    find_out: {nl: Het jaar, fr: L’année, en: The year}
    who: {nl: De dienst, fr: Le service, en: The unit}
"""


@pytest.fixture
def files(tmp_path):
    """A folder with an organisation, the settings and two pages, of which one has notes."""
    root = tmp_path / "content"
    (root / "pages").mkdir(parents=True)
    (root / "organisations.yaml").write_text(
        "- key: actiris\n  name: {nl: Actiris, fr: Actiris, en: Actiris}\n"
        "  staff_notes:\n    - {about: name, text: {nl: Nieuwe naam}}\n"
    )
    (root / "settings.yaml").write_text(
        "site_name: {nl: A, fr: A}\norganisation_name: {nl: A, fr: A}\nstaff_notes:\n  - text: {fr: Heures}\n"
    )
    (root / "pages" / "home.yaml").write_text(
        "type: pages.HomePage\nkey: home\nheading: {nl: Welkom, fr: Bienvenue, en: Welcome}\n"
        "summary: {nl: Dag., fr: Bonjour., en: Hello.}\n"
    )
    (root / "pages" / "about.yaml").write_text(
        "type: pages.StandardPage\nkey: about\nparent: home\nheading: {nl: Over ons, fr: À propos, en: About}\n"
        "url_slug: {nl: over-ons, fr: a-propos, en: about}\nsummary: {nl: Wie., fr: Qui., en: Who.}\n"
        "body:\n  - text:\n      text: {nl: <p>Tekst</p>, fr: <p>Texte</p>, en: <p>Text</p>}" + NOTES
    )
    return root


def rewrite(root, old, new):
    path = root / "pages" / "about.yaml"
    source = path.read_text()
    assert old in source
    path.write_text(source.replace(old, new))


def actions_on_notes(results):
    return sorted(result.action for result in results if "#" in result.key)


def test_notes_stand_on_pages_entries_and_settings_and_at_the_block_that_they_name(files):
    assert actions_on_notes(load(files)) == [CREATED] * 4
    page = StandardPage.objects.get()
    whole, block = StaffNote.objects.of(page)
    assert whole.about == "" and block.about == f"body.{page.body[0].id}"
    assert (block.text_nl, block.find_out_fr, block.who_en) == ("Jaar onbekend", "L’année", "The unit")
    assert [note.about for note in StaffNote.objects.of(Organisation.objects.get())] == ["name"]
    assert [note.text_fr for note in StaffNote.objects.of(SiteSettings.load())] == ["Heures"]


def test_a_second_run_changes_neither_notes_nor_pages(files):
    load(files)
    assert {result.action for result in load(files)} == {SAME}


def test_another_note_makes_no_new_version_of_the_page(files):
    load(files)
    before = StandardPage.objects.get().latest_revision_id
    rewrite(files, "Het jaar", "Welk jaar")
    assert actions_on_notes(load(files)) == [SAME, SAME, SAME, UPDATED]
    assert StandardPage.objects.get().latest_revision_id == before
    assert StaffNote.objects.get(find_out_nl="Welk jaar").who_nl == "De dienst"


def test_a_note_that_staff_settled_or_changed_is_not_brought_back(files):
    load(files)
    settled, changed = StaffNote.objects.of(StandardPage.objects.get())
    settled.settle(make_user("Editors"))
    settled.save()
    changed.text_nl = "Jaar is 2021"
    changed.save()
    rewrite(files, "Het jaar", "Welk jaar")
    assert actions_on_notes(load(files)) == [KEPT, KEPT, SAME, SAME]
    assert StaffNote.objects.count() == 4 and not StaffNote.objects.filter(find_out_nl="Welk jaar").exists()


def test_a_note_that_the_files_drop_goes_unless_it_is_the_staffs(files):
    load(files)
    settled = StaffNote.objects.of(StandardPage.objects.get()).first()
    settled.settle(make_user("Editors"))
    settled.save()
    rewrite(files, NOTES, "\n")
    assert actions_on_notes(load(files)) == [DROPPED, SAME, SAME]
    assert list(StaffNote.objects.of(StandardPage.objects.get())) == [settled]


def test_notes_go_with_their_page_and_do_not_come_back(files):
    load(files)
    page = StandardPage.objects.get()
    page.delete()
    Organisation.objects.get().delete()
    assert [note.text_fr for note in StaffNote.objects.all()] == ["Heures"]
    assert actions_on_notes(load(files)) == [GONE, GONE, GONE, SAME]


def test_notes_come_to_a_page_that_staff_changed(files):
    rewrite(files, NOTES, "\n")
    load(files)
    page = StandardPage.objects.get()
    page.heading_nl = "Wij"
    page.save_revision()
    rewrite(files, "</p>}\n", f"</p>}}{NOTES}")
    assert actions_on_notes(load(files)) == [CREATED, CREATED, SAME, SAME]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("about: body/1", "about: body/2", 12, "There is no “body/2”: “body” holds 1"),
        ("about: body/1", "about: body/0", 12, "There is no “body/0”"),
        ("about: body/1", "about: heading/1", 12, "There is no “heading/1”"),
        ("about: body/1", "about: figure", 12, "There is no field “figure”"),
        ("  - text: {nl: Nog zo, fr: Encore vrai, en: Still so}", "  - text: {nl: ''}", 11, "A note needs a text"),
        ("    who:", "    whom:", 15, "A note has no “whom”"),
        ("{nl: Nog zo", "{de: Noch so", 11, "must be a mapping with"),
        ("  - text: {nl: Nog zo, fr: Encore vrai, en: Still so}", "  - Nog zo", 10, "must be a list of mappings"),
        ("{nl: De dienst", f"{{nl: {'x' * 251}", 12, "250"),
    ],
)
def test_a_mistake_in_a_note_is_named_with_its_line(files, old, new, line, said):
    rewrite(files, old, new)
    with pytest.raises(ContentError) as caught:
        load(files)
    assert str(caught.value).startswith(f"content/pages/about.yaml:{line}: ") and said in str(caught.value)
    assert not StandardPage.objects.exists()


def test_the_same_note_twice_is_a_mistake(files):
    rewrite(
        files,
        "  - about: body/1\n    text: {nl: Jaar onbekend, fr: Année inconnue, en: Year unknown}",
        "  - text: {nl: Nog zo, fr: Encore vrai, en: Still so}",
    )
    with pytest.raises(ContentError, match="stands twice"):
        load(files)
