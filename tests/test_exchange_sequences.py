"""Texts are written, sent out, brought back, taken over, confirmed and undone in any order: nothing newer is lost."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from exchange import taking
from exchange.choosing import Choice
from exchange.formats.archive import FORMATS
from exchange.formats.packages import Package
from exchange.import_rows import rows_of
from exchange.judging import TAKEABLE, Left, Verdict
from exchange.making import ALL, WAITING, make, order_package
from exchange.models import Import, ImportedText
from exchange.sent_files import as_package
from languages.codes import LANGUAGES
from languages.lags import lags
from languages.normalising import digest
from languages.open_texts import TYPED, open_texts
from languages.units import units
from languages.versions import latest_of
from machine_drafts.services import Service
from tests.building import make_mandate, make_section, make_standard, make_term, make_user
from tests.editor import block, done, publish, save_draft
from tests.reviews import change
from tests.translation_service import with_target
from tests.work import standing
from worklists.chosen_rows import object_name

SEQUENCES, STEPS = 16, 20  # the same at every run
PUBLISHER = "publisher"
WORKED_AT = {"page": ("heading", "summary", "body"), "mandate": ("summary", "audience"), "term": ("definition",)}
WORDS = re.compile(r"(?<=>)[^<>]+(?=<)")
LETTERS = str.maketrans("0123456789", "aeioubdfgk")
MACHINE = "machine"


class AnyService(Service):
    """A service whose every draft is another one."""

    number = 0

    def is_ready(self):
        return True

    def translate(self, texts, source, target, terms):
        AnyService.number += 1
        return [with_target(text, f"{MACHINE} " + f"{AnyService.number:03}".translate(LETTERS)) for text in texts]


class Agency:
    """Two pages and a term, whoever writes them, and what goes to an agency and comes back.

    Of each text, (name, address, language), it notes by itself: `texts`, what the latest draft says; `authors`, who wrote that;
    `read`, digests of what a person wrote, confirmed, or published with a reason. `unconfirmed` are the texts that nobody has
    confirmed.
    """

    made, names = {}, {}

    def __init__(self, choose):
        self.choose, self.happened = choose, Counter()
        self.things = dict(self.made)
        self.number = 0
        self.texts, self.unconfirmed = self.texts_now(), set()
        self.authors = dict.fromkeys(self.texts, "")
        self.read = {key: {digest(text, self.kinds[key[:2]])} for key, text in self.texts.items()}
        self.files, self.imports, self.seen = [], [], []
        self.earlier, self.stood, self.last_taken = {}, {}, {}
        self.users = {PUBLISHER: make_user("Publishers", "fr")}
        self.users |= {code: make_user("Translators", code) for code in LANGUAGES}
        self.clients = {name: Client() for name in self.users}
        for name, user in self.users.items():
            self.clients[name].force_login(user)
        self.send_and_bring_back()

    def step(self):
        """Let something happen, and look at what holds at any time."""
        acts = [
            self.write,
            self.write,
            self.write,
            self.publish,
            self.unpublish,
            self.draft_by_machine,
            self.send_and_bring_back,
        ]
        if self.files:
            acts += [self.bring_back_again]
        if self.imports:
            acts += [self.take_what_is_ready, self.take_what_was_chosen] * 2
            acts += [self.look, self.confirm_what_was_chosen, self.confirm_in_the_form, self.undo, self.undo]
        if len(self.imports) > 2 and len(self.things) > 2:
            acts += [self.delete]
        act = self.choose.choice(acts)
        act()
        self.see_the_drafts()
        self.see_what_is_public()

    # --- What there is

    def drafts(self):
        return {name: latest_of(thing) for name, thing in self.things.items()}

    def texts_now(self, drafts=None):
        """Return what the latest version of everything says."""
        walk = [(name, unit) for name, draft in (drafts or self.drafts()).items() for unit in units(draft)]
        self.kinds = {(name, unit.address): unit.kind for name, unit in walk}
        return {(name, unit.address, code): unit.texts[code] for name, unit in walk for code in LANGUAGES}

    def stands(self, name):
        """Return how the languages of something stand to each other: what is behind what, and what is in translation."""
        memory = latest_of(self.things[name]).memory()
        behind = {(lag.address, lag.language, lag.twins) for lag in lags(memory)}
        return behind, set(open_texts(memory))

    def places(self):
        """Return the texts that are worked at: so few that people, files and machines meet at one."""
        return sorted((name, address) for name, address in self.kinds if address.split(".")[0] in WORKED_AT[name])

    def a_page(self):
        return self.choose.choice([name for name in ("page", "mandate") if name in self.things])

    def an_import(self):
        """Return an import, mostly one of the last two."""
        return self.choose.choice([*self.imports, *self.imports[-2:] * 2])

    def new_words(self):
        """Return words that nobody has used, without figures: of those that differ a check would say something."""
        self.number += 1
        return "Woorden " + f"{self.number:03}".translate(LETTERS)

    def alike(self, key, *texts):
        return len({digest(text, self.kinds[key[:2]]) for text in texts}) == 1

    def key_of(self, sent):
        """Return the key of a `SentText` in the language to which it went."""
        return self.names[sent.content_type_id, sent.object_id], sent.address, sent.package.target

    def source_key(self, sent):
        return (*self.key_of(sent)[:2], sent.package.source)

    def note(self, key, text, author, is_unconfirmed=False):
        self.earlier[key] = self.texts[key]
        self.texts[key], self.authors[key] = text, author
        (self.unconfirmed.add if is_unconfirmed else self.unconfirmed.discard)(key)
        if not is_unconfirmed:
            self.note_read(key)

    def note_confirmed(self, key):
        self.unconfirmed.discard(key)
        self.note_read(key)
        self.last_taken.pop(key[0], None)
        self.happened["confirmed"] += 1

    def note_read(self, key):
        self.read[key].add(digest(self.texts[key], self.kinds[key[:2]]))

    def see_what_a_form_left(self):
        """The editor may write what it shows in another way, but never so that it reads otherwise."""
        now = self.texts_now()
        assert [key for key in now if not self.alike(key, now[key], self.texts[key])] == []
        self.texts = now

    # --- Somebody writes

    def write(self):
        name, address = self.choose.choice(self.places())
        code, is_done = self.choose.choice(LANGUAGES), self.choose.random() < 0.5
        what = self.choose.choice(["new", "new", "new", "file", "before", "none"])
        key = name, address, code
        text = {"new": self.new_words(), "none": "", "before": self.earlier.get(key, "")}.get(what) or self.in_a_file(key)
        if what == "none" and address in ("heading", "term"):
            return
        kind = self.kinds[name, address]
        if kind == "rich" and text and not text.startswith("<"):
            text = f"<p>{text}</p>"
        if self.alike(key, text, self.texts[key]):
            return
        self.last_taken.pop(name, None)
        thing, field = self.things[name], f"{address}_{code}"
        if isinstance(thing, Page) and "." not in address:
            typed = {field: rich_text(text) if kind == "rich" else text}
            typed |= {"alignment_done": done(field)} if is_done else {}
            assert save_draft(self.clients[code], thing, **typed).status_code == 302
            now = self.texts_now()[key]
            assert self.alike(key, now, text)
            self.note(key, now, "person")
            self.see_what_a_form_left()
        elif isinstance(thing, Page):
            change(thing, {address: {code: text}}, self.users[code])
            self.note(key, text, "person")
        else:
            thing.refresh_from_db()
            setattr(thing, field, text)
            thing.save()
            self.note(key, text, "person")

    def in_a_file(self, key):
        """Return what the last file says that came back for a text, as somebody writes who has it beside them."""
        texts = ImportedText.objects.filter(sent__address=key[1], of__package__target=key[2]).order_by("-pk")
        return next((text.text for text in texts.select_related("sent__package") if self.key_of(text.sent) == key), "")

    def publish(self):
        name, has_reason = self.a_page(), self.choose.random() < 0.6
        reason = {"publishing_reason": self.new_words() if has_reason else ""}
        response = publish(self.clients[PUBLISHER], self.things[name], **reason)
        self.see_what_a_form_left()  # what is refused is kept as a draft
        self.last_taken.pop(name, None)
        if response.status_code == 302:
            self.happened["published"] += 1
            for key in self.unconfirmed if has_reason else ():
                if key[0] == name:
                    self.note_read(key)

    def unpublish(self):
        Page.objects.get(pk=self.things[self.a_page()].pk).specific.unpublish()

    def delete(self):
        gone = self.choose.choice(["page", "term"])
        latest_of(self.things.pop(gone)).delete()
        self.texts = {key: text for key, text in self.texts.items() if key[0] != gone}
        self.unconfirmed = {key for key in self.unconfirmed if key[0] != gone}
        self.last_taken.pop(gone, None)
        self.texts_now()

    def draft_by_machine(self):
        name, code = self.a_page(), self.choose.choice(LANGUAGES)
        begun = {text.place for text in open_texts(latest_of(self.things[name]).memory()) if text.kind == TYPED}
        self.clients[code].post(reverse("machine_drafts", args=[self.things[name].pk]), {"language": code})
        for key, text in self.texts_now().items():
            if text != self.texts[key]:
                assert (key[0], key[2]) == (name, code) and MACHINE in text
                assert f"{key[1]}:{code}" not in begun
                self.happened["drafted"] += 1
                self.last_taken.pop(name, None)
                self.note(key, text, MACHINE, is_unconfirmed=True)

    # --- Out and back

    def send_and_bring_back(self):
        """Send texts out; in the file some come to say something else, or what stands there already; mostly it comes back."""
        source, target = self.choose.choice([("nl", "fr"), ("nl", "fr"), *permutations(LANGUAGES, 2)])
        names = tuple(object_name(*place) for place, name in self.names.items() if name in self.things)
        what, user = self.choose.choice([ALL, ALL, WAITING]), self.users[PUBLISHER]
        package = order_package(Choice(names), what, name="Lot", source=source, target=target, created_by=user)
        if not make(package).texts:
            return
        package.refresh_from_db()
        texts = {}
        for one in package.texts.filter(is_context=False).select_related("package"):
            if self.key_of(one)[:2] in self.places() and (edit := self.choose.choice(["new", "new", "same", ""])):
                words = WORDS.sub(self.new_words(), one.source) if one.kind == "rich" else self.new_words()
                texts[one.number] = words if edit == "new" else self.texts[self.key_of(one)]
        self.files.append((package, self.choose.choice(sorted(FORMATS)), self.choose.choice([texts, texts, texts, {}])))
        if self.choose.random() < 0.8:
            self.bring(self.files[-1:])

    def bring_back_again(self):
        """Bring any file back, mostly once more, or two in a ZIP file."""
        self.bring([self.choose.choice(self.files) for _ in range(self.choose.choice([1, 2]))])

    def as_bytes(self, package, format_name, texts):
        whole = as_package(package)
        edited = [replace(text, target=texts.get(text.number, text.target)) for text in whole.texts]
        file = io.BytesIO()
        FORMATS[format_name].write(Package(whole.head, whole.name, edited, whole.deadline, whole.note), file)
        return file.getvalue()

    def bring(self, files):
        """Bring files back; nothing changes, and of what nobody edited nothing is to be taken."""
        data = [self.as_bytes(*file) for file in files]
        if len(files) > 1:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for number, inner in enumerate(data):
                    archive.writestr(f"{number}.bin", inner)
            data = [packed.getvalue()]
        response = self.clients[PUBLISHER].post(reverse("bring_back"), {"file": SimpleUploadedFile("terug", data[0])})
        assert response.status_code == 302
        came = list(Import.objects.order_by("-pk")[: len(files)])[::-1]
        for one, (package, _format, texts) in zip(came, files, strict=True):
            assert one.package == package
            takeable = one.texts.filter(verdict__in=TAKEABLE)
            assert set(takeable.values_list("sent__number", flat=True)) <= set(texts)
        self.imports += came

    # --- Taken over, confirmed, undone

    def post(self, one, **data):
        """Press a button on the screen of an import, as a publisher; return the texts that were taken over with it."""
        before = set(one.texts.filter(is_taken=True).values_list("pk", flat=True))
        self.stood_before = {name: self.stands(name) for name in self.things}
        assert self.clients[PUBLISHER].post(reverse("import", args=[one.pk]), data).status_code == 302
        return list(one.texts.filter(is_taken=True).exclude(pk__in=before).select_related("sent__package"))

    def see_what_was_taken(self, written, source_and_target):
        """What was written is what the file says, over what somebody saw there; nothing else has changed."""
        now, by_key = self.texts_now(), {self.key_of(text.sent): text for text in written}
        for key, text in by_key.items():
            source, target = source_and_target(text)
            assert self.alike(key, self.texts[key], target)
            assert self.alike(key, self.texts[self.source_key(text.sent)], source)
            assert now[key] == text.text
        changed = {key for key in now if now[key] != self.texts[key]}
        slugs = {key for key in changed if self.kinds[key[:2]] == "slug" and not self.texts[key]}
        assert changed - slugs <= by_key.keys()
        for key in slugs:
            assert (key[0], "heading", key[2]) in by_key
            self.note(key, now[key], "")
        target_of = {key: self.texts[key] for key in by_key}
        for key, text in by_key.items():
            self.stood[text.pk] = self.texts[key], self.authors[key], key in self.unconfirmed
            self.note(key, text.text, text.of_id, is_unconfirmed=key[0] != "term")
            self.happened["taken"] += 1
            if not self.alike(key, target_of[key], text.sent.target):
                self.happened["conflict"] += 1
            if self.last_taken.get(key[0], [None])[0] != text.of_id:
                self.last_taken[key[0]] = text.of_id, self.stood_before[key[0]]

    def take_what_is_ready(self):
        one = self.an_import()
        ready = one.texts.filter(verdict=Verdict.READY, is_taken=False).select_related("sent__package")
        wanted = {
            text.pk
            for text in ready
            if self.key_of(text.sent)[0] in self.things
            and self.alike(self.key_of(text.sent), self.texts[self.key_of(text.sent)], text.sent.target)
            and self.alike(self.key_of(text.sent), self.texts[self.source_key(text.sent)], text.sent.source)
        }
        written = self.post(one, take="ready")
        assert {text.pk for text in written} == wanted
        self.see_what_was_taken(written, lambda text: (text.sent.source, text.sent.target))

    def look(self):
        """Look at an import: what may be chosen on its screen, and what its texts say then."""
        one = self.an_import()
        rows = rows_of(one, one.texts.select_related("sent__package"), self.users[PUBLISHER])
        choices = {row.text.pk: f"{row.text.pk}:{row.seen}" for row in rows if row.may_choose}
        self.seen.append((one, choices, dict(self.texts)))

    def what_was_seen(self):
        """Return what somebody sees of an import now, or saw before."""
        if not self.seen or self.choose.random() < 0.6:
            self.look()
            return self.seen[-1]
        return self.choose.choice(self.seen)

    def take_what_was_chosen(self):
        one, choices, texts = self.what_was_seen()
        written = self.post(one, take="chosen", chosen=sorted(choices.values()))
        self.see_what_was_taken(written, lambda text: (texts[self.source_key(text.sent)], texts[self.key_of(text.sent)]))

    def confirm_what_was_chosen(self):
        one, choices, texts = self.what_was_seen()
        chosen = one.texts.filter(pk__in=choices, is_taken=True).select_related("sent__package")
        keys = {self.key_of(text.sent): self.source_key(text.sent) for text in chosen}
        self.post(one, confirm="chosen", chosen=list(choices.values()))
        for key, source in keys.items():
            if key in self.unconfirmed and all(self.alike(key, self.texts[at], texts[at]) for at in (key, source)):
                self.note_confirmed(key)

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
        """What nobody wrote over is as it was, and nothing else has changed."""
        one = self.an_import()
        taken = list(one.texts.filter(is_taken=True).select_related("sent__package"))
        self.post(one, undo="1")
        for text in taken:
            key = self.key_of(text.sent)
            if key[0] in self.things and self.authors[key] == one.pk:
                was, author, is_unconfirmed = self.stood[text.pk]
                self.happened["undone"] += 1
                self.note(key, was, author, is_unconfirmed)
        for name, (last, stood) in list(self.last_taken.items()):
            if last == one.pk and name in self.things:
                assert self.stands(name) == stood
                self.happened["stands as before"] += 1
            if last == one.pk:
                del self.last_taken[name]

    # --- What holds at any time

    def see_the_drafts(self):
        """The drafts say what they should, and what nobody has confirmed counts as such and as no translation."""
        drafts = self.drafts()
        assert self.texts_now(drafts) == self.texts
        waiting = {key for key in self.unconfirmed if self.texts[key]}
        for name, draft in drafts.items():
            memory = draft.memory()
            texts = [text for text in open_texts(memory) if text.is_unconfirmed]
            assert {(name, text.address, text.language) for text in texts} == {key for key in waiting if key[0] == name}
            assert not {(name, lag.address, lag.language) for lag in lags(memory)} & waiting
            for code, counted in standing(draft).languages.items():
                assert counted["unconfirmed"] == sum((key[0], key[2]) == (name, code) for key in waiting)

    def see_what_is_public(self):
        """Nothing is public that nobody has read; what has no drafts is public at once, and whoever takes it over is told."""
        for name in self.things.keys() & {"page", "mandate"}:
            thing = self.things[name]
            live = type(thing).objects.filter(pk=thing.pk, live=True).first()
            for unit in units(live) if live else ():
                for code, text in unit.texts.items():
                    assert digest(text, unit.kind) in self.read[name, unit.address, code]


@pytest.fixture
def agency(home, settings, monkeypatch):
    settings.MACHINE_DRAFTS_SERVICE = f"{__name__}.AnyService"
    text = {code: f"<p>Tekst {code}</p>" for code in LANGUAGES}
    things = {
        "page": make_standard(home, "page", body=[block("text", text=text, only_in=[])]),
        "mandate": make_mandate(make_section(home), languages=("nl", "fr")),
        "term": make_term(),
    }
    names = {(ContentType.objects.get_for_model(thing).pk, thing.pk): name for name, thing in things.items()}
    monkeypatch.setattr(Agency, "made", things)
    monkeypatch.setattr(Agency, "names", names)


def run_sequences(numbers):
    """Let sequences happen, the same at every run, each taken back; return how often what happened in them."""
    happened = Counter()
    for sequence in numbers:
        with transaction.atomic():
            agency = Agency(Random(sequence))
            for _step in range(STEPS):
                agency.step()
            happened += agency.happened
            transaction.set_rollback(True)
    return happened


@pytest.mark.sweep
@pytest.mark.django_db
def test_whatever_happens_in_whatever_order_nothing_newer_is_replaced_unseen(agency):
    happened = run_sequences(range(SEQUENCES))
    expected = {"taken", "conflict", "confirmed", "undone", "stands as before", "published", "drafted"}
    assert happened.keys() >= expected, "The check has to come to something."


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_sequences_see_what_is_taken_over_without_being_compared_under_the_lock(agency, monkeypatch):
    """As if what was ready, or chosen, when somebody saw it were so still."""
    monkeypatch.setattr(taking, "reason_against_taking", lambda text, now, seen: None if now else Left.GONE)
    with pytest.raises(AssertionError):
        run_sequences([6])  # in which somebody writes between a look and a press
