"""A conflict of a file is settled in favour of what stands here, by who saw it; and decided again."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import ngettext

from exchange.judging import Left
from exchange.models import ImportedText
from tests.behind import latest
from tests.building import make_standard, make_user, staff
from tests.editor import messages_of, save_draft, translate
from tests.exchange_packages import bring_back, send
from tests.test_bring_back import NEW, post, screen, words_of
from tests.test_translation_requests import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
HERE = "Écrit ici entre-temps."
AGAIN = ("%(number)s text is to be decided again.", "%(number)s texts are to be decided again.")


@pytest.fixture
def page(home):
    return make_standard(home)


def conflict(page, **typed):
    """Return the import of a text that somebody changed here meanwhile, or whose source they changed."""
    package = send(page)
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
    [value] = buttons(screen(client, one))
    post(client, one, keep=value)
    assert latest(page).summary_fr == before
    parsed = screen(client, one, shown="kept")
    words = words_of(parsed)
    assert f"{translate('Kept as it stands here', reader)} (1)" in words and user.get_full_name() in words
    assert f"{translate('To be taken over', reader)} (0)" in words and not buttons(parsed)
    [text] = ImportedText.objects.exclude(kept_at=None)
    assert text.kept_by == user
    post(client, one, take="chosen", chosen=value)
    assert latest(page).summary_fr == before, "It is settled."
    [box] = parsed.select("[name=chosen]")
    post(client, one, decide_again="chosen", chosen=box["value"])
    assert buttons(screen(client, one)) == [value]
    post(client, one, keep=value)
    assert parsed.select("[name=undo]")
    [said] = messages_of(post(client, one, undo="1"))
    with translation.override(reader):
        assert said == ngettext(*AGAIN, 1) % {"number": "1"}
    post(client, one, take="chosen", chosen=value)
    assert latest(page).summary_fr == NEW["summary"]


def test_nobody_settles_what_they_have_not_seen_or_may_not_write(page):
    one = conflict(page)
    [value] = buttons(screen(staff("Publishers", "nl"), one))
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    [said] = messages_of(post(staff("Publishers", "nl"), one, keep=value))
    assert said == translate("Nothing was done: what stands here was changed meanwhile. Look at it once more.", "nl")
    dutch = staff("Translators", "nl")
    [value] = buttons(screen(staff("Publishers", "nl"), one))
    assert not buttons(screen(dutch, one))
    post(dutch, one, keep=value)
    for nonsense in ("", "x", value.partition(":")[0], f"99999:{value.partition(':')[2]}"):
        post(staff("Publishers"), one, keep=nonsense)
    assert not ImportedText.objects.exclude(kept_at=None).exists()


def test_whoever_lost_the_page_does_not_take_back_what_a_publisher_decided(page, home):
    editor, publisher = make_user("Editors", "fr"), staff("Publishers", "nl")
    package = send(page, user=editor)
    save_draft(staff("Editors"), page, summary_fr=HERE)
    one = bring_back(package, NEW)
    [value] = buttons(screen(publisher, one))
    post(publisher, one, keep=value)
    editor.groups.get().page_permissions.update(page=make_standard(home, "elsewhere"))
    client = client_of(editor)
    for data in ({"decide_again": "chosen", "chosen": value}, {"undo": "1"}):
        [said] = messages_of(post(client, one, **data))
        assert translate(Left.FORBIDDEN.label, "fr") in said
    assert ImportedText.objects.exclude(kept_at=None).exists()
    save_draft(publisher, page, summary_fr="Encore autre chose.")
    *_, said = messages_of(post(publisher, one, decide_again="chosen", chosen=value))
    assert translate(Left.CHANGED.label, "nl") in said, "They have not seen what they would decide about."
    assert ImportedText.objects.exclude(kept_at=None).exists()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_ready_is_kept_as_well_and_what_is_kept_is_not_taken_with_the_rest(language, page):
    ready, client, before = bring_back(send(page), NEW), staff("Publishers", language), latest(page).summary_fr
    [button] = screen(client, ready).select("button[name=keep]")
    assert button.get_text().startswith(translate("Keep what stands here", language))
    post(client, ready, keep=button["value"])
    post(client, ready, take="ready")
    assert latest(page).summary_fr == before and ImportedText.objects.get(kept_at__isnull=False).of == ready


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_where_nothing_stands_here_it_is_not_taken_over(language, page):
    save_draft(staff("Editors"), page, summary_fr="")
    one = bring_back(send(page), NEW)
    [button] = screen(staff("Publishers", language), one).select("button[name=keep]")
    assert button.get_text().startswith({"nl": "Niet overnemen", "fr": "Ne pas reprendre"}[language])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_ticked_and_unticked_survives_the_other_buttons(language, page, home):
    """Of three texts that are ready somebody unticks one and keeps another; what is ready is taken without these."""
    pages = [page, make_standard(home, "other"), make_standard(home, "third")]
    before = [latest(one).summary_fr for one in pages]
    one, client = bring_back(send(*pages), NEW), staff("Publishers", language)
    values = [box["value"] for box in screen(client, one).select("[name=chosen][checked]")]
    form = {"shown": "to_do", "p": "1", "chosen": values[0], "offered": [value.partition(":")[0] for value in values]}
    parsed = screen_of(post(client, one, keep=values[2], **form))
    assert [(box["value"], box.has_attr("checked")) for box in parsed.select("[name=chosen]")] == [
        (values[0], True),
        (values[1], False),
    ]
    assert translate("What you untick on this page is left out.", language) in parsed.select_one(".import-tools").get_text()
    parsed = screen_of(post(client, one, take="ready", **form))
    assert [latest(one).summary_fr for one in pages] == [NEW["summary"], *before[1:]]
    [box] = parsed.select("[name=chosen]")
    assert box["value"] == values[1] and not box.has_attr("checked"), "It is still unticked."


def test_a_tick_that_somebody_made_before_the_text_changed_is_gone(page):
    one, client = conflict(page), staff("Publishers", "nl")
    [box] = screen(client, one).select("[name=chosen]")
    query = {"shown": "to_do", "ticked": box["value"], "unticked": "x,7"}
    assert screen(client, one, **query).select("[name=chosen][checked]")
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    assert not screen(client, one, **query).select("[name=chosen][checked]")
