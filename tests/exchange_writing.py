"""People and a machine who write texts that are out, publish them and delete them, beside the record of what they did."""

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from exchange.models import ImportedText
from languages.codes import LANGUAGES
from languages.open_texts import TYPED, open_texts
from languages.versions import read_latest_version
from machine_drafts.services import Service
from tests.editor import done, publish, save_draft
from tests.exchange_record import PUBLISHER, letters
from tests.exchange_sending import Sender
from tests.reviews import change
from tests.translation_service import with_target

MACHINE = "machine"


class AnyService(Service):
    """A service whose every draft is another one."""

    number = 0

    def is_ready(self):
        return True

    def translate(self, texts, source, target, terms):
        AnyService.number += 1
        return [with_target(text, f"{MACHINE} {letters(AnyService.number)}") for text in texts]


class Writer(Sender):
    """Writes in forms and without, publishes, lets a machine draft, and deletes."""

    def a_page(self):
        return self.choose.choice([name for name in ("page", "mandate") if name in self.things])

    def see_what_a_form_left(self):
        """The editor may write what it shows in another way, but never so that it reads otherwise."""
        now = self.texts_now()
        assert [key for key in now if not self.alike(key, now[key], self.texts[key])] == []
        self.texts = now

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

    def write_ahead(self):
        """Let a text of a page say something else in Dutch, so that the others are behind it."""
        name, address = self.choose.choice([place for place in self.places() if place[0] != "term"])
        text = self.new_words() if self.kinds[name, address] == "plain" else f"<p>{self.new_words()}</p>"
        change(self.things[name], {address: {"nl": text}}, self.users["nl"])
        self.note((name, address, "nl"), text, "person")

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
        read_latest_version(self.things[gone]).delete()
        self.note_deleted(gone)
        self.texts_now()

    def draft_by_machine(self):
        name, code = self.a_page(), self.choose.choice(LANGUAGES)
        begun = {text.place for text in open_texts(read_latest_version(self.things[name]).memory()) if text.kind == TYPED}
        self.clients[code].post(reverse("machine_drafts", args=[self.things[name].pk]), {"language": code})
        for key, text in self.texts_now().items():
            if text != self.texts[key]:
                assert (key[0], key[2]) == (name, code) and MACHINE in text
                assert f"{key[1]}:{code}" not in begun
                self.happened["drafted"] += 1
                self.last_taken.pop(name, None)
                self.note(key, text, MACHINE, is_unconfirmed=True)
