"""Translation requests: one for each object and language while it is open, closed by the work itself, never in vain."""

from datetime import timedelta

import hypothesis
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Page

from directory.models import GlossaryTerm
from languages.rights import languages_to_write
from languages.standing_saving import UNFINISHED, has_work
from newsroom.models import User
from tests.building import make_standard, make_user
from tests.editor import finish, save_draft, translate
from tests.work import ask_for, behind_in_french, follow, standing
from worklists.models import TranslationRequest
from worklists.requesting import ask, give_back, hand_on, take, withdraw

Outcome = TranslationRequest.Outcome


@pytest.fixture
def page(home):
    return behind_in_french(home)


@pytest.fixture
def editor(home):
    return make_user("Editors")


@pytest.fixture
def translator(home):
    return make_user("Translators", "fr")


def fresh(translation_request):
    return TranslationRequest.objects.get(pk=translation_request.pk)


# --- Asking


@pytest.mark.django_db
def test_somebody_asks_of_a_person_who_has_it_at_once(page, editor, translator):
    friday = timezone.localdate() + timedelta(days=3)
    wanted = fresh(ask_for(page, editor, deadline=friday, note="Voor de pers.", person=translator))
    assert (wanted.asked_by, wanted.taken_by, wanted.deadline, wanted.note) == (editor, translator, friday, "Voor de pers.")
    assert wanted.taken_at and wanted.closed_at is None


@pytest.mark.django_db
def test_nobody_asks_twice_but_again_once_it_is_closed(page, editor):
    wanted = ask_for(page, editor)
    with pytest.raises(ValidationError) as refused:
        ask_for(page, make_user("Editors"))
    assert refused.value.messages == [
        translate("%(what)s: %(language)s has already been asked for.", "nl", what="late nl", language="fr")
    ]
    assert ask_for(page, editor, "en").language == "en"
    withdraw(wanted)
    assert ask_for(page, editor).closed_at is None


@pytest.mark.django_db
def test_what_is_in_step_is_not_asked_for_unless_another_language_is_being_changed(home, editor, client):
    page = make_standard(home, "whole")
    nothing = translate("%(what)s: nothing is missing or behind in %(language)s.", "nl", what="whole nl", language="fr")
    with pytest.raises(ValidationError) as refused:
        ask_for(page, editor)
    assert refused.value.messages == [nothing]
    client.force_login(editor)
    save_draft(client, page, summary_nl="Half")
    wanted = ask_for(page, editor)
    finish(client, page, summary_nl="Heel")
    assert fresh(wanted).closed_at is None and has_work(standing(page).languages, "fr", UNFINISHED)


@pytest.mark.django_db
def test_it_stays_open_while_its_source_is_changed_again_and_ends_if_that_is_undone(page, editor, translator, client):
    wanted = ask_for(page, editor, person=translator)
    client.force_login(editor)
    for text in ("Nieuw en", "Nieuw en beter"):
        save_draft(client, page, summary_nl=text)
        assert fresh(wanted).closed_at is None
    finish(client, page, summary_nl="Nieuw en beter.")
    assert (fresh(wanted).closed_at, fresh(wanted).taken_by) == (None, translator)
    follow(page)
    assert fresh(wanted).outcome == Outcome.DONE
    undone = make_standard(page.get_parent(), "undone")
    save_draft(client, undone, summary_nl="Half")
    wanted = ask_for(undone, editor)
    save_draft(client, undone, summary_nl=undone.summary_nl)
    assert fresh(wanted).outcome == Outcome.DONE


@pytest.mark.django_db
def test_a_language_is_finished_though_another_is_being_changed_elsewhere(page, editor, translator, client):
    client.force_login(editor)
    save_draft(client, page, heading_nl="Half")
    wanted = ask_for(page, editor)
    client.force_login(translator)
    finish(client, page, summary_fr="Résumé.")
    assert fresh(wanted).outcome == Outcome.DONE


@pytest.mark.django_db
def test_who_asks_for_an_alias_asks_for_what_it_shows(home, editor):
    page = make_standard(home, "partly", languages=("nl", "fr"))
    alias = page.create_alias(parent=home)
    assert ask(standing(alias), "en", editor).standing == standing(page)


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["other language", "closed", "no rights to pages"])
def test_nobody_is_asked_who_cannot_do_it(case, page, editor, translator):
    if case == "other language":
        translator = make_user("Translators", "nl")
    elif case == "closed":
        User.objects.filter(pk=translator.pk).update(is_active=False)
    else:
        translator.groups.get().page_permissions.all().delete()
    with pytest.raises(ValidationError):
        ask_for(page, editor, person=translator)
    assert not TranslationRequest.objects.exists()
    wanted = ask_for(page, editor)
    assert not take(wanted, translator)
    with pytest.raises(ValidationError):
        hand_on(wanted, translator, editor)
    assert fresh(wanted).taken_by is None


# --- Its end


@pytest.mark.django_db
def test_it_is_done_when_nothing_is_left_to_do_in_its_language(page, editor, translator):
    french, english = ask_for(page, editor), ask_for(page, editor, "en")
    take(french, translator)
    follow(page)
    french = fresh(french)
    assert (french.outcome, french.taken_by) == (Outcome.DONE, translator) and french.closed_at
    assert fresh(english).closed_at is None


@pytest.mark.django_db
def test_half_a_sentence_does_not_do_it(page, editor, translator, client):
    wanted = ask_for(page, editor)
    client.force_login(translator)
    save_draft(client, page, summary_fr="Un rés")
    assert fresh(wanted).closed_at is None
    finish(client, page, summary_fr="Un résumé.")
    assert fresh(wanted).outcome == Outcome.DONE


@pytest.mark.django_db
def test_it_goes_with_what_it_is_about(page, editor):
    ask_for(page, editor)
    Page.objects.get(pk=page.pk).delete()
    assert not TranslationRequest.objects.exists()


@pytest.mark.django_db
def test_what_is_closed_stays_as_it_is(page, editor, translator):
    wanted = ask_for(page, editor)
    withdraw(wanted)
    assert not take(wanted, translator)
    for act in (lambda: hand_on(wanted, translator, editor), lambda: give_back(wanted), lambda: withdraw(wanted)):
        with pytest.raises(ValidationError):
            act()
    assert (fresh(wanted).outcome, fresh(wanted).taken_by) == (Outcome.WITHDRAWN, None)


# --- Whatever happens in whatever order


class Office(RuleBasedStateMachine):
    """Three translators, an editor and two terms; `open` is what should be open: (term, language) -> who has it."""

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.editor = make_user("Editors")
        self.people = [make_user("Translators", code) for code in ("fr", "fr", "nl")]
        self.terms = [GlossaryTerm.objects.create(term_nl=f"baan {n}", term_fr=f"emploi {n}", term_en="") for n in range(2)]
        self.number, self.open = 0, {}

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def able(self, person, code):
        now = User.objects.filter(pk=person.pk, is_active=True).first()
        return bool(now and now.has_perm("wagtailadmin.access_admin") and code in languages_to_write(now))

    def request_at(self, place):
        term, code = place
        return TranslationRequest.objects.open().get(standing=standing(term), language=code)

    terms_in = st.tuples(st.integers(0, 1), st.sampled_from(["nl", "fr"]))
    someone = st.integers(0, 2)

    def work(self, term, code):
        return has_work(standing(term).languages, code, UNFINISHED)

    @rule(place=terms_in)
    def change(self, place):
        """Change one language alone: the other is behind from now on, and this one behind no longer."""
        index, code = place
        self.number += 1
        setattr(self.terms[index], f"term_{code}", f"woord {self.number}")
        self.terms[index].save()
        self.open = {key: who for key, who in self.open.items() if self.work(self.terms[key[0]], key[1])}

    @rule(index=st.integers(0, 1))
    def change_both(self, index):
        self.number += 1
        self.terms[index].term_nl, self.terms[index].term_fr = f"beide {self.number}", f"deux {self.number}"
        self.terms[index].save()
        self.open = {key: who for key, who in self.open.items() if key[0] != index}

    @rule(place=terms_in, someone=st.none() | someone)
    def ask_for_it(self, place, someone):
        index, code = place
        person = self.people[someone] if someone is not None else None
        is_possible = self.work(self.terms[index], code) and place not in self.open
        is_possible = is_possible and (person is None or self.able(person, code))
        if person is not None and not person.pk:
            return
        try:
            ask(standing(self.terms[index]), code, self.editor, person=person)
        except ValidationError:
            assert not is_possible
        else:
            assert is_possible
            self.open[place] = someone

    @rule(place=terms_in, someone=someone)
    def take_it(self, place, someone):
        if place in self.open and self.people[someone].pk:
            is_taken = take(self.request_at((self.terms[place[0]], place[1])), self.people[someone])
            assert is_taken == (self.open[place] is None and self.able(self.people[someone], place[1]))
            if is_taken:
                self.open[place] = someone

    @rule(place=terms_in, someone=someone)
    def hand_it_on(self, place, someone):
        if place in self.open and self.people[someone].pk:
            try:
                hand_on(self.request_at((self.terms[place[0]], place[1])), self.people[someone], self.editor)
            except ValidationError:
                assert not self.able(self.people[someone], place[1])
            else:
                self.open[place] = someone

    @rule(place=terms_in)
    def give_it_back(self, place):
        if place in self.open:
            give_back(self.request_at((self.terms[place[0]], place[1])))
            self.open[place] = None

    @rule(place=terms_in)
    def withdraw_it(self, place):
        if place in self.open:
            withdraw(self.request_at((self.terms[place[0]], place[1])))
            del self.open[place]

    @rule(
        someone=someone,
        way=st.sampled_from(["closed", "opened", "without languages", "other language", "deleted", "without role"]),
    )
    def change_somebody(self, someone, way):
        person = self.people[someone]
        if not person.pk:
            return
        if way == "deleted":
            person.delete()
        elif way == "without role":
            person.groups.clear()
            person.is_active = False
            person.save()
        else:
            person.is_active = way != "closed"
            person.languages = {"without languages": [], "other language": ["nl"]}.get(way, person.languages)
            person.save()
        self.open = {key: None if who == someone and not self.able(person, key[1]) else who for key, who in self.open.items()}

    @invariant()
    def what_is_open_is_as_it_should_be(self):
        if not hasattr(self, "open"):
            return
        rows = {standing(term).pk: index for index, term in enumerate(self.terms)}
        keys = {person.pk: index for index, person in enumerate(self.people) if person.pk}
        open_requests = TranslationRequest.objects.open().select_related("taken_by", "standing")
        found = [(rows[one.standing_id], one.language, keys.get(one.taken_by_id)) for one in open_requests]
        assert sorted(found, key=str) == sorted(((*key, who) for key, who in self.open.items()), key=str)
        for one in open_requests:
            assert has_work(one.standing.languages, one.language, UNFINISHED)
            assert one.taken_by is None or self.able(one.taken_by, one.language)
        assert not TranslationRequest.objects.closed().filter(outcome="").exists()


def run_office(examples, steps):
    run_state_machine_as_test(
        Office, settings=hypothesis.settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )


@pytest.mark.django_db
def test_never_two_are_open_and_none_waits_for_somebody_who_has_gone(home):
    run_office(5, 12)


@pytest.mark.sweep
@pytest.mark.django_db
def test_nor_in_any_order_of_many(home):
    run_office(60, 25)
