"""A conflict of a file is settled in favour of what stands here, by who saw it; and decided again."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from django.utils.translation import ngettext

from exchange import import_view
from exchange.judging import Left
from exchange.models import Import, ImportedText
from tests.behind import latest
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import messages_of, save_draft, translate
from tests.exchange_screens import NEW, import_screen, post_import, words_of
from tests.packages import bring_back, send_texts

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
HERE = "Écrit ici entre-temps."
LEFT_OUT = ("%(number)s text that you unticked is left out.", "%(number)s texts that you unticked are left out.")
AGAIN = ("%(number)s text is to be decided again.", "%(number)s texts are to be decided again.")


@pytest.fixture
def page(home):
    return make_standard(home)


def conflict(page, **typed):
    """Return the import of a text that somebody changed here meanwhile, or whose source they changed."""
    package = send_texts(page)
    save_draft(staff("Editors"), page, **(typed or {"summary_fr": HERE}))
    return bring_back(package, NEW)


def screen_of(response):
    return BeautifulSoup(response.content.decode(), "lxml")


def buttons(parsed):
    return [button["value"] for button in parsed.select("button[name=keep]")]


@pytest.mark.parametrize(("role", "reader"), [("Publishers", "nl"), ("Translators", "fr")])
@pytest.mark.parametrize("typed", [{"summary_fr": HERE}, {"summary_nl": "Intussen anders."}])
def test_a_conflict_is_settled_by_who_sees_it_and_decided_again(typed, role, reader, page):
    user, one = make_user(role, reader), conflict(page, **typed)
    client, before = client_of(user), latest(page).summary_fr
    [value] = buttons(import_screen(client, one))
    post_import(client, one, keep=value)
    assert latest(page).summary_fr == before
    parsed = import_screen(client, one, shown="kept")
    words = words_of(parsed)
    assert f"{translate('Kept as it stands here', reader)} (1)" in words and user.get_full_name() in words
    assert f"{translate('To be taken over', reader)} (0)" in words and not buttons(parsed)
    [text] = ImportedText.objects.exclude(kept_at=None)
    assert text.kept_by == user
    post_import(client, one, take="chosen", chosen=value)
    assert latest(page).summary_fr == before, "It is settled."
    [box] = parsed.select("[name=chosen]")
    post_import(client, one, decide_again="chosen", chosen=box["value"])
    assert buttons(import_screen(client, one)) == [value]
    post_import(client, one, keep=value)
    assert parsed.select("[name=undo]")
    [said] = messages_of(post_import(client, one, undo="1"))
    with translation.override(reader):
        assert said == ngettext(*AGAIN, 1) % {"number": "1"}
    post_import(client, one, take="chosen", chosen=value)
    assert latest(page).summary_fr == NEW["summary"]


def test_nobody_settles_what_they_have_not_seen_or_may_not_write(page):
    one = conflict(page)
    [value] = buttons(import_screen(staff("Publishers", "nl"), one))
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    [said] = messages_of(post_import(staff("Publishers", "nl"), one, keep=value))
    assert said == translate("Nothing was done: what stands here was changed meanwhile. Look at it once more.", "nl")
    dutch = staff("Translators", "nl")
    [value] = buttons(import_screen(staff("Publishers", "nl"), one))
    assert not buttons(import_screen(dutch, one))
    post_import(dutch, one, keep=value)
    for nonsense in ("", "x", value.partition(":")[0], f"99999:{value.partition(':')[2]}"):
        post_import(staff("Publishers"), one, keep=nonsense)
    assert not ImportedText.objects.exclude(kept_at=None).exists()


def test_whoever_lost_the_page_does_not_take_back_what_a_publisher_decided(page, home):
    editor, publisher = make_user("Editors", "fr"), staff("Publishers", "nl")
    package = send_texts(page, user=editor)
    save_draft(staff("Editors"), page, summary_fr=HERE)
    one = bring_back(package, NEW)
    [value] = buttons(import_screen(publisher, one))
    post_import(publisher, one, keep=value)
    editor.groups.get().page_permissions.update(page=make_standard(home, "elsewhere"))
    client = client_of(editor)
    for data in ({"decide_again": "chosen", "chosen": value}, {"undo": "1"}):
        [said] = messages_of(post_import(client, one, **data))
        assert translate(Left.FORBIDDEN.label, "fr") in said
    assert ImportedText.objects.exclude(kept_at=None).exists()
    save_draft(publisher, page, summary_fr="Encore autre chose.")
    *_, said = messages_of(post_import(publisher, one, decide_again="chosen", chosen=value))
    assert translate(Left.CHANGED.label, "nl") in said, "They have not seen what they would decide about."
    assert ImportedText.objects.exclude(kept_at=None).exists()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_ready_is_kept_as_well_and_what_is_kept_is_not_taken_with_the_rest(language, page):
    ready, client, before = bring_back(send_texts(page), NEW), staff("Publishers", language), latest(page).summary_fr
    [button] = import_screen(client, ready).select("button[name=keep]")
    assert button.get_text().startswith(translate("Keep what stands here", language))
    post_import(client, ready, keep=button["value"])
    post_import(client, ready, take="ready")
    assert latest(page).summary_fr == before and ImportedText.objects.get(kept_at__isnull=False).of == ready


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_where_nothing_stands_here_it_is_not_taken_over(language, page):
    save_draft(staff("Editors"), page, summary_fr="")
    one = bring_back(send_texts(page), NEW)
    [button] = import_screen(staff("Publishers", language), one).select("button[name=keep]")
    assert button.get_text().startswith({"nl": "Niet overnemen", "fr": "Ne pas reprendre"}[language])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_ticked_and_unticked_survives_the_other_buttons(language, page, home):
    """Of three texts that are ready somebody unticks one and keeps another; what is ready is taken without these."""
    pages = [page, make_standard(home, "other"), make_standard(home, "third")]
    before = [latest(one).summary_fr for one in pages]
    one, client = bring_back(send_texts(*pages), NEW), staff("Publishers", language)
    values = [box["value"] for box in import_screen(client, one).select("[name=chosen][checked]")]
    form = {"shown": "to_do", "p": "1", "chosen": values[0], "offered": [value.partition(":")[0] for value in values]}
    parsed = screen_of(post_import(client, one, keep=values[2], **form))
    assert [(box["value"], box.has_attr("checked")) for box in parsed.select("[name=chosen]")] == [
        (values[0], True),
        (values[1], False),
    ]
    parsed = screen_of(post_import(client, one, take="ready", **form))
    assert [latest(one).summary_fr for one in pages] == [NEW["summary"], *before[1:]]
    [box] = parsed.select("[name=chosen]")
    assert box["value"] == values[1] and not box.has_attr("checked"), "It is still unticked."


def form_of(parsed, **ticked):
    """Return what the form of an import posts, with what somebody ticked, by the number of the row."""
    boxes = parsed.select("[name=chosen]")
    is_on = [ticked.get(f"row_{number}", box.has_attr("checked")) for number, box in enumerate(boxes)]
    listed = {name: [one["value"] for one in parsed.select(f"[name={name}]")] for name in ("shown", "p", "offered", "listed")}
    return listed | {"chosen": [box["value"] for box, on in zip(boxes, is_on, strict=True) if on]}


def go(client, one, parsed, label, **ticked):
    """Press the button to another page or group on the screen of an import; return what is shown then, parsed."""
    [value] = [button["value"] for button in parsed.select("button[name=go]") if button.get_text().strip().startswith(label)]
    return screen_of(post_import(client, one, go=value, **form_of(parsed, **ticked)))


def are_ticked(parsed):
    return [box.has_attr("checked") for box in parsed.select("[name=chosen]")]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_unticked_on_one_page_is_left_out_by_whoever_takes_what_is_ready_on_another(language, page, home, monkeypatch):
    monkeypatch.setattr(import_view, "PER_PAGE", 2)
    pages = [page, *(make_standard(home, name) for name in ("other", "third", "fourth"))]
    before = [latest(one).summary_fr for one in pages]
    package = send_texts(*pages, addresses=("summary",))
    save_draft(staff("Editors"), pages[1], summary_fr=HERE)
    one, client = bring_back(package, NEW), staff("Publishers", language)
    first = import_screen(client, one)
    assert are_ticked(first) == [True, False] and len(first.select(".import-pages [aria-current]")) == 1
    second = go(client, one, first, translate("Next", language), row_0=False, row_1=True)
    said = second.select_one(".import-tools").get_text(" ")
    with translation.override(language):
        assert ngettext(*LEFT_OUT, 1) % {"number": "1"} in said and "(2)" in said
    taken = go(client, one, second, translate("Taken over", language))
    assert are_ticked(taken) == []
    assert are_ticked(import_screen(client, one, shown="to_do", p="1")) == [False, True], "It waits until it is used."
    assert are_ticked(import_screen(staff("Publishers", language), one)) == [True, False], "Others have ticks of their own."
    post_import(client, one, take="ready", **form_of(second))
    assert [latest(one).summary_fr for one in pages] == [before[0], HERE, NEW["summary"], NEW["summary"]]
    parsed = import_screen(client, one, shown="to_do")
    assert are_ticked(parsed) == [False, True]
    parsed = screen_of(post_import(client, one, take="chosen", **form_of(parsed)))
    assert latest(pages[1]).summary_fr == NEW["summary"] and are_ticked(parsed) == [False]


def test_whoever_may_not_take_over_looks_at_all_pages(page, home, monkeypatch):
    monkeypatch.setattr(import_view, "PER_PAGE", 1)
    user = make_user("Translators", "nl", languages=["nl"])
    one = bring_back(send_texts(page, make_standard(home, "other"), addresses=("summary",), user=user), NEW)
    parsed = go(client_of(user), one, import_screen(client_of(user), one), "2")
    assert parsed.select_one(".import-pages [aria-current]").get_text() == "2" and not parsed.select("[name=chosen]")


def test_what_was_ticked_stays_so_where_nothing_was_done_as_the_file_is_busy(page):
    one, client = conflict(page), staff("Publishers", "nl")
    ticked = form_of(import_screen(client, one), row_0=True)
    Import.objects.update(begun_at=timezone.now())
    post_import(client, one, take="chosen", **ticked)
    Import.objects.update(begun_at=None)
    assert latest(page).summary_fr == HERE and are_ticked(import_screen(client, one)) == [True]


def test_a_tick_that_somebody_made_before_the_text_changed_is_gone(page):
    one, client = conflict(page), staff("Publishers", "nl")
    parsed = import_screen(client, one)
    assert are_ticked(go(client, one, parsed, translate("To be taken over", "nl"), row_0=True)) == [True]
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    assert are_ticked(import_screen(client, one)) == [False]
