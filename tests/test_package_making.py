"""What goes out in a package: which texts, in which state, with what beside them; and who may see it."""

from functools import partial

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission

from exchange import tally
from exchange.choosing import Choice
from exchange.formats.archive import FORMATS
from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.making import ALL, WAITING, make, order_package
from exchange.models import SentPackage, SentText
from exchange.rights import may_make, packages_of
from exchange.sent_files import ENDINGS
from exchange.tally import TooManyTexts
from languages import alignment
from languages.open_texts import Author, records_after
from languages.units import units
from tests.building import make_home, make_mandate, make_section, make_standard, make_term, make_user
from tests.packages import choice_of, make_package, returned_texts
from tests.racing import outcomes
from tests.work import behind_in_french


@pytest.fixture
def late(home):
    """A page of which one text is behind in French."""
    return behind_in_french(home)


def to_translate(package):
    return list(package.texts.filter(is_context=False))


@pytest.mark.django_db
def test_what_is_behind_goes_out_with_what_the_source_said_and_the_rest_of_the_page_around_it(late):
    package = make_package(make_user("Editors"), late)
    text, around = package.texts.get(is_context=False), package.texts.get(address="heading")
    assert (text.address, text.state, text.page) == ("summary", BEHIND, late.heading_fr), "in the translator's language"
    assert (text.source, text.was, text.target) == (late.summary_nl, "Summary of late in nl.", late.summary_fr)
    assert (around.is_context, around.state, around.target) == (True, FINE, late.heading_fr)
    assert [one.limit for one in (text, around)] == [late._meta.get_field(one.address).max_length for one in (text, around)]
    assert package.words == {"changed": 4} and not package.texts.filter(address="url_slug").exists()


@pytest.mark.django_db
def test_what_is_missing_goes_out_and_what_the_source_lacks_does_not(home):
    page = make_standard(home, "half", languages=("nl",), live=False)
    other = make_standard(home, "else", languages=("fr",), live=False)
    package = make_package(make_user("Editors"), page, other)
    assert {(text.address, text.state, text.target) for text in to_translate(package)} == {
        ("heading", MISSING, ""),
        ("summary", MISSING, ""),
    }
    assert not package.texts.filter(object_id=other.pk).exists()


@pytest.mark.django_db
def test_all_texts_go_out_where_that_is_asked_for_and_of_two_that_say_the_same_one_is_new(home):
    pages = [make_standard(home, name, summary_nl="Twee keer hetzelfde.") for name in ("one", "two")]
    package = make_package(make_user("Editors"), *pages, texts=ALL)
    assert {text.state for text in to_translate(package)} == {FINE} and not package.texts.filter(is_context=True).exists()
    assert package.words == {"complete": 2 + 3 + 2, "repeated": 3}
    assert [text.number for text in package.texts.all()] == list(range(1, package.texts.count() + 1))


@pytest.mark.django_db
def test_what_somebody_has_in_translation_stays_and_is_counted(late):
    late.summary_fr = "Commencé."
    late.alignment = {}
    before, user = late.memory(), make_user("Editors")
    late.summary_fr = "Commencé, et pas fini."
    texts = list(units(late))
    author = Author(user.pk, "2026-11-30T08:00:00+00:00")
    records = records_after(alignment.digests_of(texts), before, before, author)
    late.alignment = alignment.advance(before, texts, records=records)
    late.save_revision()
    package = make_package(user, late, texts=ALL)
    assert package.texts_open == 1 and package.texts.get(address="summary").is_context
    assert "summary" not in {text.address for text in to_translate(package)}


@pytest.mark.django_db
def test_terms_of_the_glossary_and_pages_to_which_links_lead_are_said_in_the_translators_language(home):
    make_term()
    target = make_standard(home, "elsewhere")
    section = make_section(home)
    html = f'<p>De beheersautoriteit: <a linktype="page" id="{target.pk}">lees meer</a>.</p>'
    page = make_mandate(section, "linked", audience_nl=html)
    page.audience_nl = html.replace("lees meer", "lees verder")
    page.save_revision()
    text = make_package(make_user("Editors", "nl"), page).texts.get(is_context=False)
    assert text.terms == [["beheersautoriteit", "autorité de gestion"]]
    assert len(text.notes) == 1 and "elsewhere fr" in text.notes[0] and "français" in text.notes[0]


@pytest.mark.django_db
def test_a_section_goes_out_with_all_below_it_in_the_order_of_the_tree_and_an_alias_only_once(home):
    section = make_section(home)
    first = make_mandate(section, "first", languages=("nl",), live=False)
    make_mandate(section, "second", languages=("nl",), live=False)
    make_standard(home, "outside", languages=("nl",), live=False)
    first.create_alias(parent=home)
    user = make_user("Editors")
    package = order_package(Choice(below=section.pk), WAITING, name="S", source="nl", target="fr", created_by=user)
    make(package)
    names = list(dict.fromkeys(package.texts.values_list("page", flat=True)))
    assert [name.split()[0] for name in names] == ["first", "second"]
    everything = make_package(user, again=True)
    assert {"first", "second", "outside"} <= {name.split()[0] for name in everything.texts.values_list("page", flat=True)}
    assert everything.texts.filter(address="heading", page__startswith="first").count() == 1


@pytest.mark.django_db
def test_too_many_texts_are_refused_and_nothing_is_written(late, monkeypatch):
    monkeypatch.setattr(tally, "MOST_TEXTS", 1)
    package = order_package(choice_of(late), ALL, name="S", source="nl", target="fr", created_by=make_user("Editors"))
    with pytest.raises(TooManyTexts):
        make(package)
    package.refresh_from_db()
    assert package.ready_at is None and not SentText.objects.exists()


@pytest.mark.django_db
def test_more_objects_ask_for_no_more_queries(home):
    user = make_user("Editors")
    make_term()
    numbers = []
    for count in (2, 8):
        pages = [make_standard(home, f"many-{count}-{number}", languages=("nl",), live=False) for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            make_package(user, *pages)
        numbers.append(len(captured) - len(pages))  # each is named by its row
    assert numbers[0] == numbers[1]


# --- Who may see them


@pytest.mark.django_db
def test_a_package_is_seen_by_its_maker_and_by_whoever_may_change_all_that_is_in_it(home):
    one, other = (make_standard(home, name, languages=("nl",), live=False) for name in ("one", "other"))
    maker, editor, admin = make_user("Editors"), make_user("Editors"), make_user()
    narrow = make_user("Translators", languages=["fr"])
    narrow.groups.set([group := Group.objects.create(name="Of one page")])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=one, permission=change)
    of_both, of_one = make_package(maker, one, other), make_package(maker, one, again=True)
    for user in (maker, editor, admin):
        assert set(packages_of(user)) == {of_both, of_one}
    assert set(packages_of(narrow)) == {of_one}
    waits = order_package(choice_of(one), ALL, name="W", source="nl", target="fr", created_by=maker)
    assert waits in packages_of(maker) and waits not in packages_of(editor) and waits not in packages_of(narrow)
    maker.groups.clear()
    maker = type(maker).objects.get(pk=maker.pk)
    assert not packages_of(maker).exists() and not may_make(maker)
    nobody = make_user("Translators", languages=[])
    assert not packages_of(nobody).exists() and not may_make(nobody)


@pytest.mark.django_db
def test_nobody_makes_a_package_of_what_they_may_not_change(late):
    stranger = make_user("Editors")
    stranger.groups.clear()
    assert not make_package(type(stranger).objects.get(pk=stranger.pk), late).texts.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_make_a_package_of_the_same_texts_at_once():
    page = behind_in_french(make_home())
    people = [make_user(role) for role in ("Editors", "Publishers")]
    assert outcomes(*(partial(make_package, user, page) for user in people)) == [None, None]
    assert [package.ready_at is None for package in SentPackage.objects.order_by("ready_at")] == [False, True]
    assert SentText.objects.filter(is_context=False).count() == 1, "The second finds it out already."


@pytest.mark.django_db(transaction=True)
def test_a_package_that_two_processes_make_is_made_once():
    page = behind_in_french(make_home())
    package = order_package(choice_of(page), ALL, name="S", source="nl", target="fr", created_by=make_user("Editors"))
    assert outcomes(*[partial(make, package)] * 2) == [None, None]
    assert SentText.objects.filter(address="summary").count() == 1


# --- Files


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize(("source", "target"), [("nl", "fr"), ("fr", "en")])
def test_every_text_of_the_site_goes_out_and_comes_back_unchanged(content, source, target):
    package = make_package(make_user(), source=source, target=target, texts=ALL)
    assert package.texts.count() > 500
    for kind in FORMATS:
        returned = list(returned_texts(package, kind))
        assert len(returned) == package.texts.count()
        assert [(sent.number, one.findings) for sent, one in returned if one.is_changed or one.findings] == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ENDINGS)
def test_texts_that_go_out_come_back_from_every_format_and_from_all_in_one(kind, late):
    package = make_package(make_user("Editors"), late, name="Été & “fin” ⟦/../⟧", note="Graag kort.")
    returned = list(returned_texts(package, kind))
    assert len(returned) == package.texts.count() * (len(FORMATS) if kind == "zip" else 1)
    assert not any(one.is_changed or one.findings for _sent, one in returned)
