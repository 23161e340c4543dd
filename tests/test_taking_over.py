"""Texts of a file are taken over into drafts, never over anything newer, and are undone."""

import random
from threading import Thread

import pytest
from django.db import connection, transaction
from wagtail.models import PageLogEntry

from directory.models import GlossaryTerm
from exchange.judging import Left, TextNow, Verdict, judge, seen_key
from exchange.models import SentText
from exchange.reading import is_broken
from exchange.take_log import TAKEN
from exchange.taking import take
from exchange.undoing import undo
from languages.lags import lags
from languages.open_texts import IMPORTED, open_texts
from languages.units import units
from notices.models import Notice
from tests.behind import latest
from tests.building import make_home, make_notice, make_standard, make_term, make_user, staff
from tests.editor import REASON, done, errors_of, finish, publish, save_draft
from tests.packages import bring_back, send_texts
from tests.publishing import fresh
from tests.racing import outcomes, somebody_waits
from tests.servers import wait_for

pytestmark = pytest.mark.django_db
NEW = {"summary": "Résumé traduit."}


@pytest.fixture
def page(standard):
    return standard


@pytest.fixture
def publisher(page):
    return make_user("Publishers", "fr")


def ready(one):
    """Return what somebody says who takes over all that is ready."""
    return dict.fromkeys(one.texts.filter(verdict=Verdict.READY).values_list("pk", flat=True))


def seen_now(one, page):
    """Return what somebody saw who looks at an import now, and takes all of it."""
    source, target = one.package.source, one.package.target
    now = {text.address: text for text in units_of(page)}
    return {
        text.pk: seen_key(TextNow(now[text.sent.address].texts[source], now[text.sent.address].texts[target]), text.sent.kind)
        for text in one.texts.select_related("sent")
    }


def units_of(page):
    return list(units(latest(page)))


def behind(page):
    return {(lag.address, lag.language) for lag in lags(latest(page).memory())}


def test_what_comes_back_is_a_draft_that_a_translator_confirms(page, publisher):
    finish(staff("Editors"), page, summary_nl="Nieuwe samenvatting.")
    assert ("summary", "fr") in behind(page)
    one = bring_back(send_texts(page), NEW, publisher)
    assert {text.sent.address: text.verdict for text in one.texts.all()} == {
        "heading": Verdict.UNCHANGED,
        "summary": Verdict.READY,
    }
    assert latest(page).summary_fr != NEW["summary"]  # nothing counts before somebody takes it over
    outcome = take(one, ready(one), publisher)
    assert [text.sent.address for text in outcome.written] == ["summary"] and not outcome.left
    draft = latest(page)
    [text] = open_texts(draft.memory())
    assert (draft.summary_fr, text.kind, text.language) == (NEW["summary"], IMPORTED, "fr")
    assert fresh(page).summary_fr != NEW["summary"]
    save_draft(staff("Translators", "fr"), page, alignment_done=done("summary_fr"))
    assert not open_texts(latest(page).memory()) and ("summary", "fr") not in behind(page)


def test_what_was_made_from_an_older_source_is_behind_it_once_it_is_confirmed(page, publisher):
    package = send_texts(page)
    finish(staff("Editors"), page, summary_nl="Nieuwe samenvatting.")
    one = bring_back(package, NEW, publisher)
    assert one.texts.get(sent__address="summary").verdict == Verdict.SOURCE_CHANGED
    assert not take(one, {one.texts.get(sent__address="summary").pk: None}, publisher).written
    assert take(one, seen_now(one, page), publisher).written
    save_draft(staff("Translators", "fr"), page, alignment_done=done("summary_fr"))
    [lag] = [lag for lag in lags(latest(page).memory()) if lag.language == "fr"]
    assert latest(page).memory()["was"][lag.twins[0][1]] == package.texts.get(address="summary").source


def test_what_somebody_wrote_meanwhile_is_never_replaced_unseen(page, publisher):
    one = bring_back(send_texts(page), NEW, publisher)
    save_draft(staff("Editors"), page, summary_fr="Écrit entre-temps.")
    [(_text, reason)] = take(one, ready(one), publisher).left
    assert (reason, latest(page).summary_fr) == (Left.CHANGED, "Écrit entre-temps.")
    seen = seen_now(one, page)
    save_draft(staff("Editors"), page, summary_fr="Et encore.")
    assert take(one, seen, publisher).left and latest(page).summary_fr == "Et encore."
    take(one, seen_now(one, page), publisher)
    assert latest(page).summary_fr == NEW["summary"]


def test_undone_everything_is_as_it_was(page, publisher):
    finish(staff("Editors"), page, summary_nl="Nieuwe samenvatting.")
    before = latest(page)
    one = bring_back(send_texts(page), {**NEW, "heading": "Titre"}, publisher)
    take(one, ready(one), publisher)
    assert latest(page).memory() != before.memory()
    assert len(undo(one, publisher).written) == 2
    after = latest(page)
    assert (after.summary_fr, after.heading_fr) == (before.summary_fr, before.heading_fr)
    assert after.memory()["now"] == before.memory()["now"] and not open_texts(after.memory())
    assert behind(page) == {(lag.address, lag.language) for lag in lags(before.memory())}


def test_what_was_confirmed_and_published_is_undone_in_the_draft_and_behind_again(page, publisher):
    finish(staff("Editors"), page, summary_nl="Nieuwe samenvatting.")
    before = latest(page).summary_fr
    one = bring_back(send_texts(page), NEW, publisher)
    take(one, ready(one), publisher)
    client = staff("Publishers")
    save_draft(client, page, alignment_done=done("summary_fr"))
    publish(client, page, **REASON)
    assert fresh(page).summary_fr == NEW["summary"]
    undo(one, publisher)
    assert (latest(page).summary_fr, fresh(page).summary_fr) == (before, NEW["summary"])
    assert ("summary", "fr") in behind(page)


def test_english_that_nobody_has_confirmed_is_published_by_nobody_who_does_not_say_why(page, publisher):
    one = bring_back(send_texts(page, target="en"), {"summary": "A summary."}, publisher)
    take(one, ready(one), publisher)
    client = staff("Publishers")
    assert "publishing_reason" in errors_of(publish(client, page))
    assert fresh(page).summary_en != "A summary."
    save_draft(client, page, alignment_done=done("summary_en"))
    assert publish(client, page).status_code == 302 and fresh(page).summary_en == "A summary."


def test_what_was_changed_since_is_not_undone(page, publisher):
    one = bring_back(send_texts(page), {**NEW, "heading": "Titre"}, publisher)
    take(one, ready(one), publisher)
    save_draft(staff("Translators", "fr"), page, summary_fr="Mieux dit.")
    outcome = undo(one, publisher)
    assert [(text.sent.address, reason) for text, reason in outcome.left] == [("summary", Left.CHANGED)]
    assert latest(page).summary_fr == "Mieux dit." and latest(page).heading_fr != "Titre"


@pytest.mark.parametrize(("role", "language"), [("Translators", "nl"), ("Reviewers", "nl")])
def test_nobody_takes_over_what_they_may_not_write(page, role, language):
    one = bring_back(send_texts(page), NEW)
    [(_text, reason)] = take(one, ready(one), make_user(role, language)).left
    assert reason == Left.FORBIDDEN and latest(page).summary_fr != NEW["summary"]


def test_a_page_that_somebody_locked_is_left_alone(page, publisher):
    page.locked, page.locked_by = True, make_user("Editors")
    page.save()
    one = bring_back(send_texts(page), NEW)
    assert [reason for _text, reason in take(one, ready(one), publisher).left] == [Left.LOCKED]


def test_what_is_gone_is_said(page, publisher):
    one = bring_back(send_texts(page), NEW)
    fresh(page).delete()
    assert [reason for _text, reason in take(one, ready(one), publisher).left] == [Left.GONE]


def test_what_is_too_long_is_not_taken(page, publisher):
    one = bring_back(send_texts(page, limit=3), NEW)
    text = one.texts.get(sent__address="summary")
    assert text.verdict == Verdict.TOO_LONG
    assert not take(one, seen_now(one, page), publisher).written


def test_an_entry_is_changed_where_readers_see_it_and_is_done(home, publisher):
    term = make_term()
    one = bring_back(send_texts(term, addresses=["definition"]), {"definition": "Celui qui gère."}, publisher)
    assert one.texts.get().verdict == Verdict.DOUBTFUL  # nobody makes that public who only takes over what is ready
    take(one, {one.texts.get().pk: None}, publisher)
    term.refresh_from_db()
    assert term.definition_fr == "Celui qui gère." and not open_texts(term.memory())
    undo(one, publisher)
    term.refresh_from_db()
    assert term.definition_fr == "Qui gère."


def test_undone_where_there_was_no_translation_nothing_is_behind_what_comes_later(home, publisher):
    page = make_standard(home, "young", languages=("nl", "fr"))
    one = bring_back(send_texts(page, target="en"), {"summary": "Summary."}, publisher)
    take(one, ready(one), publisher)
    save_draft(staff("Publishers"), page, alignment_done=done("summary_en"))
    undo(one, publisher)
    finish(staff("Editors"), page, summary_en="Another summary.")
    assert not behind(page)


def test_undone_in_another_order_nothing_is_lost_that_somebody_wrote(page, publisher):
    package = send_texts(page)
    first = bring_back(package, NEW, publisher)
    take(first, ready(first), publisher)
    save_draft(staff("Editors"), page, summary_fr="Écrit ici.")
    second = bring_back(package, NEW, publisher)
    take(second, seen_now(second, page), publisher)
    assert [reason for _text, reason in undo(first, publisher).left] == [Left.CHANGED]
    undo(second, publisher)
    assert latest(page).summary_fr == "Écrit ici."


@pytest.mark.sampled(1)
@pytest.mark.parametrize("save", [save_draft, finish])
def test_what_a_person_typed_again_is_theirs_and_is_not_undone(page, publisher, save):
    one = bring_back(send_texts(page), {**NEW, "heading": "Titre"}, publisher)
    take(one, ready(one), publisher)
    save(staff("Editors"), page, summary_fr="Autre chose.")
    save(staff("Editors"), page, summary_fr=NEW["summary"])
    assert [(text.sent.address, reason) for text, reason in undo(one, publisher).left] == [("summary", Left.CHANGED)]
    assert (latest(page).summary_fr, latest(page).heading_fr) == (NEW["summary"], page.heading_fr)


def test_what_a_later_file_replaced_and_gave_back_is_still_a_persons_where_it_was_theirs(page, publisher):
    package = send_texts(page)
    first, second = (bring_back(package, new, publisher) for new in (NEW, {"summary": "Autrement."}))
    take(first, ready(first), publisher)
    for text in ("Autre chose.", NEW["summary"]):
        finish(staff("Editors"), page, summary_fr=text)
    take(second, seen_now(second, page), publisher)
    assert undo(second, publisher).written and latest(page).summary_fr == NEW["summary"]
    assert undo(first, publisher).left and latest(page).summary_fr == NEW["summary"]


def test_beside_a_source_that_was_emptied_meanwhile_it_waits_for_somebody_all_the_same(page, publisher):
    package = send_texts(page)
    save_draft(staff("Editors"), page, summary_nl="", summary_fr="", summary_en="")
    one = bring_back(package, NEW, publisher)
    take(one, seen_now(one, page), publisher)
    assert [text.kind for text in open_texts(latest(page).memory())] == [IMPORTED]


def test_a_line_end_in_a_field_of_one_line_becomes_a_space(page, publisher):
    one = bring_back(send_texts(page), {"heading": "Titre\nsur deux lignes"}, publisher)
    assert one.texts.get(sent__address="heading").text == "Titre sur deux lignes"


def test_a_heading_in_a_new_language_makes_the_slug_as_it_does_in_the_form(home, publisher):
    page = make_standard(home, "new", languages=("nl",), live=False)
    one = bring_back(send_texts(page), {"heading": "Où aller ?"}, publisher)
    take(one, ready(one), publisher)
    assert latest(page).url_slug_fr == "ou-aller"


def test_each_page_tells_of_it_in_its_own_history(home, publisher):
    pages = [make_standard(home, name) for name in ("a", "b")]
    one = bring_back(send_texts(*pages), NEW, publisher)
    take(one, ready(one), publisher)
    entries = PageLogEntry.objects.filter(action=TAKEN)
    assert entries.count() == 2 and len(set(entries.values_list("uuid", flat=True))) == 2


@pytest.mark.parametrize("role", ["Editors", "Translators", "Reviewers"])
def test_a_notice_that_is_on_the_site_is_changed_by_publishers_alone(home, role):
    notice = make_notice(is_on=True)
    one = bring_back(send_texts(notice, addresses=["text"]), {"text": "Fermé demain."})
    chosen = dict.fromkeys(one.texts.values_list("pk", flat=True))
    assert [reason for _text, reason in take(one, chosen, make_user(role, "fr")).left] == [Left.FORBIDDEN]
    assert take(one, chosen, make_user("Publishers", "fr")).written


def test_nothing_public_is_left_incomplete_by_undoing(home, publisher):
    notice = make_notice(text_fr="", is_on=False)
    one = bring_back(send_texts(notice, addresses=["text"]), {"text": "Fermé demain."})
    take(one, dict.fromkeys(one.texts.values_list("pk", flat=True)), publisher)
    Notice.objects.update(is_on=True)
    assert [reason for _text, reason in undo(one, publisher).left] == [Left.INVALID]
    assert Notice.objects.get().text_fr == "Fermé demain."


def test_no_term_is_made_that_the_glossary_has_already(home, publisher):
    make_term(), make_term(term_nl="iets anders", term_fr="autre chose")
    term = GlossaryTerm.objects.get(term_nl="iets anders")
    one = bring_back(send_texts(term, addresses=["term"]), {"term": "Autorité de gestion"})
    chosen = dict.fromkeys(one.texts.values_list("pk", flat=True))
    assert [reason for _text, reason in take(one, chosen, publisher).left] == [Left.INVALID]


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way_back", [False, True])
def test_of_two_files_that_give_two_terms_one_name_at_once_one_is_left(way_back):
    make_home()
    terms = make_term(), make_term(term_nl="iets anders", term_fr="autre chose")
    publishers, seen = [make_user("Publishers", "fr") for _ in range(2)], []
    imports = [bring_back(send_texts(term, addresses=["term"]), {"term": "Le fonds"}) for term in terms]
    if way_back:  # what was taken over gives its old name back while the other file takes that name
        imports[1] = bring_back(send_texts(terms[1], addresses=["term"]), {"term": terms[0].term_fr})
        take(imports[0], chosen_of(imports[0]), publishers[0])

    def act_first():
        return undo(imports[0], publishers[0]) if way_back else take(imports[0], chosen_of(imports[0]), publishers[0])

    def take_second():
        seen.append(take(imports[1], chosen_of(imports[1]), publishers[1]))
        connection.close()

    thread = Thread(target=take_second)
    with transaction.atomic():
        assert not act_first().left
        thread.start()
        wait_for(lambda: somebody_waits() or seen)
    thread.join()
    assert [reason for _text, reason in seen[0].left] == [Left.INVALID]
    assert len(set(GlossaryTerm.objects.values_list("term_fr", flat=True))) == 2


def chosen_of(one):
    """Return what somebody says who takes all of an import over that stands as it was sent."""
    return dict.fromkeys(one.texts.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("source", "text", "broken"),
    [
        ("<p>a <b>b</b></p>", "<b><p>a</p></b>", True),
        ("<ul><li>een</li></ul>", "<li>a</li><ul></ul>", True),
        ("<ul><li>een</li></ul>", "<li>a<ul></ul></li>", True),
        ("<ul><li>een</li></ul>", "<li>a</li>", True),
        ("<p>een</p>", "<p>a<p>b</p>c</p>", True),
        ("<p>a <b>b</b></p>", "<p><b>b</b> a</p>", False),
        ('<p><a linktype="page" id="3">hier</a></p>', '<p>voici <a linktype="page" id="3">ici</a></p>', False),
        ("<ul><li>een</li><li>twee</li></ul>", "<ul><li>un</li></ul>", False),
    ],
)
def test_codes_that_the_editor_cannot_have_where_they_stand_are_never_taken(source, text, broken):
    sent = SentText(kind="rich", source=source, target="")
    assert is_broken(text, sent) == broken
    findings = ["misplaced"] if broken else []
    assert (judge(sent, text, findings, TextNow(source, "")) == Verdict.BROKEN) == broken


SAYS = ["un", "deux", "trois", ""]


@pytest.mark.parametrize("seed", range(300))
def test_whatever_is_sent_and_written_a_text_that_changed_is_never_ready(seed):
    rng = random.Random(seed)
    sent = SentText(kind="plain", source="een", target=rng.choice(SAYS))
    now = TextNow(rng.choice(["een", "twee"]), rng.choice(SAYS))
    verdict = judge(sent, rng.choice(SAYS), (), now)
    if verdict in (Verdict.READY, Verdict.DOUBTFUL):
        assert (now.source, now.target) == (sent.source, sent.target)


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_take_the_same_file_over_one_writes_it_and_whoever_types_meanwhile_loses_nothing():
    page = make_standard(make_home())
    publishers = [make_user("Publishers", "fr") for _ in range(2)]
    editor, written = staff("Editors"), []
    for run in ("a", "b", "c", "d"):
        text, heading = f"Résumé {run}", f"Écrit pendant ce temps {run}"
        one = bring_back(send_texts(page), {"summary": text})
        calls = [lambda user=user, one=one: written.append(take(one, ready(one), user).written) for user in publishers]
        assert outcomes(*calls, lambda heading=heading: save_draft(editor, page, heading_fr=heading)) == [None] * 3
        assert sorted(map(len, written[-2:])) == [0, 1]
        assert (latest(page).summary_fr, latest(page).heading_fr) == (text, heading)


def test_two_files_that_took_over_by_turns_are_undone_the_last_of_each_text_first(page, publisher):
    before, package = latest(page), send_texts(page)
    first, second = (bring_back(package, new, publisher) for new in ({**NEW, "heading": "Titre"}, {"summary": "Autrement."}))

    def take_over(one, address):
        text = one.texts.get(sent__address=address)
        assert take(one, {text.pk: seen_now(one, page)[text.pk]}, publisher).written == [text]

    take_over(first, "summary")
    take_over(second, "summary")
    take_over(first, "heading")
    assert [(text.sent.address, reason) for text, reason in undo(first, publisher).left] == [("summary", Left.CHANGED)]
    assert latest(page).heading_fr == before.heading_fr
    assert not undo(second, publisher).left and latest(page).summary_fr == NEW["summary"]
    assert not undo(first, publisher).left and latest(page).summary_fr == before.summary_fr
