"""Texts are written, sent out, brought back, taken over, kept, confirmed and undone in any order: nothing newer is lost."""

from collections import Counter
from random import Random

import pytest
from django.db import transaction
from django.urls import reverse

from exchange import taking, texts_out, undoing
from exchange.import_rows import rows_of
from exchange.judging import Left, Verdict
from languages.codes import LANGUAGES
from languages.normalising import digest
from tests.building import make_mandate, make_section, make_standard, make_term
from tests.editor import block, done, save_draft
from tests.exchange_record import PUBLISHER
from tests.exchange_writing import AnyService, Writer

SEQUENCES, STEPS = 16, 20  # the same at every run
HAPPENS = {
    *("taken", "conflict", "confirmed", "undone", "stands as before", "published", "drafted"),
    *("kept", "decided again", "still correct", "not correct any more", "behind again"),
    *("closed by hand", "expected again", "sent again once closed"),
}


class Agency(Writer):
    """All that happens to the texts, and what becomes of them on the screen of a file that came back."""

    def step(self):
        """Let something happen, and look at what holds at any time."""
        acts = [self.write] * 3 + [self.publish, self.unpublish, self.draft_by_machine, self.send_and_bring_back]
        if self.files:
            acts += [self.bring_back_again, self.close_or_open_again, self.close_or_open_again]
        if self.imports:
            acts += [self.take_what_is_ready, self.take_what_was_chosen, self.undo, self.keep_what_stands] * 2
            acts += [self.look, self.confirm_what_was_chosen, self.confirm_in_the_form]
        if self.kept:
            acts += [self.decide_again]
        if len(self.imports) > 2 and len(self.things) > 2:
            acts += [self.delete]
        act = self.choose.choice(acts)
        act()
        self.see_what_holds()

    def an_import(self):
        """Return an import, mostly one of the last two."""
        return self.choose.choice([*self.imports, *self.imports[-2:] * 2])

    def post(self, one, **data):
        """Press a button on the screen of an import, as a publisher; return the texts that were taken over with it."""
        before = set(one.texts.filter(is_taken=True).values_list("pk", flat=True))
        self.stood_before = {name: self.stands(name) for name in self.things}
        assert self.clients[PUBLISHER].post(reverse("import", args=[one.pk]), data).status_code == 302
        return list(one.texts.filter(is_taken=True).exclude(pk__in=before).select_related("sent__package"))

    # --- Taken over

    def take_what_is_ready(self):
        one = self.an_import()
        ready = one.texts.filter(verdict=Verdict.READY, is_taken=False).select_related("sent__package")
        wanted = {text.pk for text in ready if text.pk not in self.kept and self.is_as_sent(text.sent)}
        written = self.post(one, take="ready")
        assert {text.pk for text in written} == wanted
        self.see_what_was_taken(written, lambda text: (text.sent.source, text.sent.target))

    def look(self, one=None):
        """Look at an import: what may be done on its screen, and what its texts say then."""
        one = one or self.an_import()
        rows = rows_of(one, one.texts.select_related("sent__package"), self.users[PUBLISHER])
        self.seen.append((one, {row.text.pk: row for row in rows}, dict(self.texts)))

    def what_was_seen(self, one=None):
        """Return what somebody sees of an import now, or saw before: its rows by key, and what all texts said."""
        seen = [seen for seen in self.seen if one in (None, seen[0])]
        if not seen or self.choose.random() < 0.6:
            self.look(one)
            return self.seen[-1]
        return self.choose.choice(seen)

    def take_what_was_chosen(self):
        one, rows, texts = self.what_was_seen()
        written = self.post(one, take="chosen", chosen=values_of(rows, "may_choose"))
        assert self.kept.isdisjoint(text.pk for text in written)
        self.see_what_was_taken(written, lambda text: (texts[self.source_key(text.sent)], texts[self.key_of(text.sent)]))

    def see_what_was_taken(self, written, source_and_target):
        """What was written is what the file says, over what somebody saw there; nothing else has changed."""
        now, by_key = self.texts_now(), {self.key_of(text.sent): text for text in written}
        for key, text in by_key.items():
            source, target = source_and_target(text)
            assert self.alike(key, self.texts[key], target)
            assert self.alike(key, self.texts[self.source_key(text.sent)], source)
            assert self.alike(key, now[key], text.text)
        right = {key for key, text in by_key.items() if text.verdict == Verdict.STILL_CORRECT}
        changed = {key for key in now if now[key] != self.texts[key]}
        slugs = {key for key in changed if self.kinds[key[:2]] == "slug" and not self.texts[key]}
        assert changed - slugs <= by_key.keys() - right
        for key in slugs:
            assert (key[0], "heading", key[2]) in by_key
            self.note(key, now[key], "")
        for key, text in by_key.items():
            if key in right:
                self.see_that_it_is_right(text)
            else:
                self.note_taken(key, text)
        self.note_last_taken(written)

    def note_last_taken(self, written):
        """Note how everything stood before; of an import that was taken over in parts, something else may lie between them."""
        keys = [text.pk for text in written]
        for text in written:
            name, rest = self.key_of(text.sent)[0], text.of.texts.filter(is_taken=True).exclude(pk__in=keys)
            if self.last_taken.get(name, [None])[0] == text.of_id:
                continue
            if any(self.key_of(one.sent)[0] == name for one in rest.select_related("sent__package")):
                self.last_taken.pop(name, None)
            else:
                self.last_taken[name] = text.of_id, self.stood_before[name]

    def note_taken(self, key, text):
        if not self.alike(key, self.texts[key], text.sent.target):
            self.happened["conflict"] += 1
        self.stood[text.pk] = self.texts[key], self.authors[key], key in self.unconfirmed
        self.note(key, text.text, text.of_id, is_unconfirmed=key[0] != "term" and not self.stood_there(key, text))
        self.happened["taken"] += 1

    def stood_there(self, key, text):
        """Say whether a text from a file says what stood there until somebody began to write: nobody has to confirm that."""
        said = digest(text.text, text.sent.kind)
        return any((one.address, one.language, one.before) == (*key[1:], said) for one in self.stood_before[key[0]][1])

    def see_that_it_is_right(self, text):
        """What a file called right, and a person too, is behind no more, and nobody has it in translation."""
        key = self.key_of(text.sent)
        behind, _open = self.stood_before[key[0]]
        assert (key[1], key[2]) in {(address, language) for address, language, _twins in behind}
        assert self.is_as_sent(text.sent) and not self.is_behind(text.sent)
        self.happened["still correct"] += 1

    # --- Kept, and decided again

    def keep_what_stands(self):
        """Settle what somebody sees of an import in favour of what stands here, where it says the same still."""
        one, rows, texts = self.what_was_seen()
        if not (offered := sorted(key for key, row in rows.items() if row.may_take)):
            return
        row = rows[self.choose.choice(offered)]
        text, is_right = row.text, row.verdict == Verdict.STILL_CORRECT
        is_open = text.pk not in self.kept and not one.texts.filter(pk=text.pk, is_taken=True).exists()
        self.post(one, keep=value_of(row))
        if is_open and self.say_the_same(text.sent, texts) and (not is_right or self.is_behind(text.sent)):
            self.kept.add(text.pk)
            self.happened["not correct any more" if is_right else "kept"] += 1

    def decide_again(self):
        """Let what was kept be decided again, where it says what somebody saw."""
        kept_of = {one: set(one.texts.values_list("pk", flat=True)) & self.kept for one in self.imports}
        one, rows, texts = self.what_was_seen(self.choose.choice([one for one, kept in kept_of.items() if kept]))
        self.post(one, decide_again="chosen", chosen=values_of(rows, "may_decide_again"))
        again = {key for key, row in rows.items() if row.may_decide_again and self.say_the_same(row.text.sent, texts)}
        self.happened["decided again"] += len(self.kept & again)
        self.kept -= again

    # --- Confirmed, undone

    def confirm_what_was_chosen(self):
        one, rows, texts = self.what_was_seen()
        chosen = one.texts.filter(pk__in=[key for key, row in rows.items() if row.may_choose], is_taken=True)
        chosen = list(chosen.select_related("sent__package"))
        self.post(one, confirm="chosen", chosen=values_of(rows, "may_choose"))
        for text in chosen:
            if self.key_of(text.sent) in self.unconfirmed and self.say_the_same(text.sent, texts):
                self.note_confirmed(self.key_of(text.sent))

    def confirm_in_the_form(self):
        name, code = self.a_page(), self.choose.choice(LANGUAGES)
        keys = {key for key in self.unconfirmed if (key[0], key[2]) == (name, code)}
        if keys:
            names = [f"{address}_{code}" for _name, address, _code in keys]
            assert save_draft(self.clients[code], self.things[name], alignment_done=done(*names)).status_code == 302
            self.see_what_a_form_left()
            for key in keys:
                self.note_confirmed(key)

    def undo(self):
        """What nobody wrote over is as it was, nothing else has changed, and what was kept is to be decided again."""
        one = self.an_import()
        taken = list(one.texts.filter(is_taken=True).select_related("sent__package"))
        self.post(one, undo="1")
        self.kept -= set(one.texts.values_list("pk", flat=True))
        for text in taken:
            key = self.key_of(text.sent)
            if key[0] in self.things and self.authors[key] == one.pk:
                was, author, is_unconfirmed = self.stood[text.pk]
                self.happened["undone"] += 1
                self.note(key, was, author, is_unconfirmed)
        undone = [text for text in taken if not one.texts.get(pk=text.pk).is_taken]
        self.see_how_it_stands(one, {self.key_of(text.sent)[0] for text in undone})
        self.happened["behind again"] += sum(text.verdict == Verdict.STILL_CORRECT for text in undone)

    def see_how_it_stands(self, one, undone):
        """Where something was undone that was done last, the languages stand to each other as before; elsewhere as they did."""
        for name in self.things.keys() - undone:
            assert self.stands(name) == self.stood_before[name]
        for name, (last, stood) in list(self.last_taken.items()):
            if last == one.pk:
                assert self.stands(name) == stood
                self.happened["stands as before"] += 1
            if last == one.pk or name in undone:
                del self.last_taken[name]


def value_of(row):
    """Return how the screen of an import names a row: its key, and what is seen there."""
    return f"{row.text.pk}:{row.seen}"


def values_of(rows, may):
    """Return the values of rows, by key, with which something may be done."""
    return sorted(value_of(row) for row in rows.values() if getattr(row, may))


@pytest.fixture
def things(home, settings):
    """Two pages and a term, and a service that drafts."""
    settings.MACHINE_DRAFTS_SERVICE = f"{AnyService.__module__}.{AnyService.__name__}"
    text = {code: f"<p>Tekst {code}</p>" for code in LANGUAGES}
    return {
        "page": make_standard(home, "page", body=[block("text", text=text, only_in=[])]),
        "mandate": make_mandate(make_section(home), languages=("nl", "fr")),
        "term": make_term(),
    }


def run_sequences(things, numbers):
    """Let sequences happen, the same at every run, each taken back; return how often what happened in them."""
    happened = Counter()
    for sequence in numbers:
        with transaction.atomic():
            agency = Agency(things, Random(sequence))
            agency.write_ahead()
            agency.send_and_bring_back()
            for _step in range(STEPS):
                agency.step()
            happened += agency.happened
            transaction.set_rollback(True)
    return happened


@pytest.mark.sweep
@pytest.mark.django_db
def test_whatever_happens_in_whatever_order_nothing_newer_is_replaced_unseen(things):
    happened = run_sequences(things, range(SEQUENCES))
    assert happened.keys() >= HAPPENS, "The check has to come to something."


FAULTS = {  # each with a sequence in which it shows
    "what somebody saw is not compared under the lock": (
        (taking, "reason_against_taking", lambda text, now, seen: None if now else Left.GONE),
        1,
    ),
    "undone, what was called still correct stays so": ((undoing, "pairs_of", lambda text, package: []), 10),
    "what nobody expects any more is out": ((texts_out, "texts_out", texts_out.texts_not_back), 0),
}


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "sequence"), FAULTS.values(), ids=FAULTS)
def test_the_sequences_see_a_fault(fault, sequence, things, monkeypatch):
    monkeypatch.setattr(*fault)
    with pytest.raises(AssertionError):
        run_sequences(things, [sequence])
