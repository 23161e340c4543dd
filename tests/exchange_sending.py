"""Packages that go to an agency and come back in any format, beside the record of what is expected of them."""

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from itertools import permutations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.choosing import Choice
from exchange.formats.archive import FORMATS
from exchange.formats.packages import BEHIND, FINE, Package
from exchange.gathering import goes_out
from exchange.judging import TAKEABLE, Verdict
from exchange.making import ALL, WAITING, make, order_package
from exchange.models import Import, SentPackage
from exchange.sent_files import as_package
from languages.codes import LANGUAGES
from languages.normalising import digest
from languages.units import units
from tests.exchange_files import CALLED_CORRECT
from tests.exchange_record import PUBLISHER, Record
from worklists.chosen_rows import object_name

WORDS = re.compile(r"(?<=>)[^<>]+(?=<)")
WORKED_AT = {"page": ("heading", "summary", "body"), "mandate": ("summary", "audience"), "term": ("definition",)}


@dataclass
class Lot:
    """A package that went out: its texts to be translated, by number, and the numbers of those that are `back`."""

    package: SentPackage
    texts: dict
    back: set = field(default_factory=set)
    is_closed: bool = False
    is_closed_by_hand: bool = False


@dataclass(frozen=True)
class AnyFile:
    """A file as an agency makes it: what it says instead, by number; where it `is_called_correct`, so is what it left alone."""

    lot: Lot
    format_name: str
    texts: dict
    is_called_correct: bool

    def target_of(self, sent):
        return self.texts.get(sent.number, sent.target)

    def calls_right(self, sent):
        """Say whether it says of a text that was behind, and that it left alone, that it is still correct."""
        return self.is_called_correct and sent.number not in self.texts and sent.state == BEHIND

    def answers(self, sent):
        """Say whether nothing more is expected of a text: it says something else, or says so of what was complete or right."""
        if not digest(self.target_of(sent), sent.kind):
            return False
        return sent.number in self.texts or sent.state == FINE or self.calls_right(sent)

    def as_bytes(self):
        whole, file = as_package(self.lot.package), io.BytesIO()
        edited = [replace(text, target=self.texts.get(text.number, text.target)) for text in whole.texts]
        FORMATS[self.format_name].write(Package(whole.head, whole.name, edited, whole.deadline, whole.note), file)
        return re.sub(*CALLED_CORRECT[self.format_name], file.getvalue()) if self.is_called_correct else file.getvalue()


class Sender(Record):
    """Sends texts out, brings files back, and closes packages by hand."""

    def places(self):
        """Return the texts that are worked at: so few that people, files and machines meet at one."""
        return sorted((name, address) for name, address in self.kinds if address.split(".")[0] in WORKED_AT[name])

    def send_and_bring_back(self, direction=None):
        """Send texts out; in the file some come to say something else, or what stands there already; mostly it comes back."""
        directions = [("nl", "fr"), ("nl", "fr"), *permutations(LANGUAGES, 2), *self.directions_behind()]
        source, target = direction or self.choose.choice(directions)
        what = self.choose.choice([ALL, ALL, WAITING])
        lot, wanted = self.send(source, target, what), self.keys_to_send(source, target)
        went = {self.key_of(sent) for sent in lot.texts.values()} if lot else set()
        assert went == wanted if what == ALL else went <= wanted
        self.happened["sent again once closed"] += bool(went & self.keys_given_up())
        if not lot:
            return
        self.lots.append(lot)
        texts = {}
        for number, sent in lot.texts.items():
            key = self.key_of(sent)
            if key[:2] in self.places() and (
                edit := self.choose.choice(["new", "new", "same", "", *[""] * (sent.state == BEHIND)])
            ):
                words = WORDS.sub(self.new_words(), sent.source) if sent.kind == "rich" else self.new_words()
                text = words if edit == "new" else self.texts[key]
                if digest(text, sent.kind) and not self.alike(key, text, sent.target):
                    texts[number] = text
        texts, format_name = self.choose.choice([texts, texts, texts, {}]), self.choose.choice(sorted(FORMATS))
        is_called_correct = format_name in CALLED_CORRECT and self.choose.random() < 0.6
        self.files.append(AnyFile(lot, format_name, texts, is_called_correct))
        if self.choose.random() < 0.8:
            self.bring(self.files[-1:])

    def send(self, source, target, what):
        """Return the `Lot` of a package of everything, None where nothing goes out."""
        names = tuple(object_name(*place) for place, name in self.names.items() if name in self.things)
        user = self.users[PUBLISHER]
        package = order_package(Choice(names), what, name="Lot", source=source, target=target, created_by=user)
        if not make(package).texts:
            return None
        package.refresh_from_db()
        texts = package.texts.filter(is_context=False).select_related("package")
        return Lot(package, {sent.number: sent for sent in texts})

    def keys_to_send(self, source, target):
        """Return what there is to send: what the source says, nobody has in translation, and is not out as it stands."""
        keys = {
            (name, unit.address, target)
            for name, draft in self.drafts().items()
            for unit in units(draft)
            if goes_out(unit, source, target)
        }
        keys -= {(name, text.address, target) for name in self.things for text in self.open_in(name, {source, target})}
        for lot in (lot for lot in self.lots if lot.package.target == target):
            keys -= {self.key_of(sent) for sent in self.texts_out_of(lot) if self.has_same_source(sent)}
        return keys

    def directions_behind(self):
        """Return from which language to which something is behind, in order."""
        behind = [lag for name in self.things for lag in self.stands(name)[0]]
        return sorted({(twin, language) for _address, language, twins in behind for twin, *_digests in twins})

    def keys_given_up(self):
        """Return the texts that nobody answered, of packages that somebody closed."""
        lots = [lot for lot in self.lots if lot.is_closed_by_hand]
        return {self.key_of(sent) for lot in lots for number, sent in lot.texts.items() if number not in lot.back}

    def open_in(self, name, languages):
        return [text for text in self.stands(name)[1] if text.language in languages]

    def has_same_source(self, sent):
        key = self.source_key(sent)
        return self.alike(key, self.texts[key], sent.source)

    def bring_back_again(self):
        """Bring any file back, mostly once more, or two in a ZIP file."""
        self.bring([self.choose.choice(self.files) for _ in range(self.choose.choice([1, 2]))])

    def bring(self, files):
        """Bring files back; nothing changes, and of what nobody edited only what is called right is to be taken."""
        data = [file.as_bytes() for file in files]
        if len(files) > 1:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for number, inner in enumerate(data):
                    archive.writestr(f"{number}.bin", inner)
            data = [packed.getvalue()]
        response = self.clients[PUBLISHER].post(reverse("bring_back"), {"file": SimpleUploadedFile("terug", data[0])})
        assert response.status_code == 302
        came = list(Import.objects.order_by("-pk")[: len(files)])[::-1]
        for one, file in zip(came, files, strict=True):
            assert one.package == file.lot.package
            self.see_what_came_back(one, file)
        self.imports += came

    def see_what_came_back(self, one, file):
        """Only what a file says anew, or calls right and is behind still, is to be taken over; what it answers is back."""
        numbers = dict(one.texts.filter(verdict__in=TAKEABLE).values_list("sent__number", "verdict"))
        right = {
            number
            for number, sent in file.lot.texts.items()
            if file.calls_right(sent) and self.is_as_sent(sent) and self.is_behind(sent)
        }
        assert {number for number, verdict in numbers.items() if verdict == Verdict.STILL_CORRECT} == right
        assert numbers.keys() <= file.texts.keys() | right
        file.lot.back |= {number for number, sent in file.lot.texts.items() if file.answers(sent)}
        file.lot.is_closed |= not self.texts_out_of(file.lot)

    def close_or_open_again(self):
        """Say of a package that nothing more will come of it, and perhaps send it anew, or that it will after all."""
        lots = [lot for lot in self.lots if lot.is_closed_by_hand or self.texts_out_of(lot)]
        if not lots:
            return
        lot = self.choose.choice(lots)
        lot.is_closed = lot.is_closed_by_hand = not lot.is_closed
        act = "close" if lot.is_closed else "reopen"
        assert self.clients[PUBLISHER].post(lot.package.get_absolute_url(), {act: "1"}).status_code == 302
        self.happened["closed by hand" if lot.is_closed else "expected again"] += 1
        if lot.is_closed and self.choose.random() < 0.5:
            self.send_and_bring_back((lot.package.source, lot.package.target))
