"""A plain record of what texts that go out, come back and are written meanwhile should say, kept beside the site itself."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.test import Client

from exchange.models import ImportedText
from exchange.texts_out import texts_out
from languages.codes import LANGUAGES
from languages.lags import lags
from languages.normalising import digest
from languages.open_texts import open_texts
from languages.units import units
from languages.versions import read_latest_version
from tests.building import make_user
from tests.work import standing

PUBLISHER = "publisher"


class Record:
    """Two pages and a term, whoever writes them, and what should be so of them, noted by itself.

    Of each text, (name, address, language): `texts`, what the latest draft says; `authors`, who wrote that, a person, a machine
    or the key of an import; `read`, digests of what a person wrote, confirmed, or published with a reason. `unconfirmed` are
    the texts that nobody has confirmed. `lots` are the packages that went out (`tests.exchange_sending.Lot`), `kept` the keys
    of texts from files that are settled in favour of what stands here. `last_taken` has, by name, the import that was taken
    over last and how the languages stood to each other before, as long as nothing else was done there.
    """

    def __init__(self, things, choose):
        self.things, self.choose, self.happened = dict(things), choose, Counter()
        self.names = {(ContentType.objects.get_for_model(thing).pk, thing.pk): name for name, thing in things.items()}
        self.number = 0
        self.texts, self.unconfirmed = self.texts_now(), set()
        self.authors = dict.fromkeys(self.texts, "")
        self.read = {key: {digest(text, self.kinds[key[:2]])} for key, text in self.texts.items()}
        self.lots, self.files, self.imports, self.seen, self.kept = [], [], [], [], set()
        self.earlier, self.stood, self.last_taken = {}, {}, {}
        self.users = {PUBLISHER: make_user("Publishers", "fr")}
        self.users |= {code: make_user("Translators", code) for code in LANGUAGES}
        self.clients = {name: Client() for name in self.users}
        for name, user in self.users.items():
            self.clients[name].force_login(user)

    # --- What there is

    def drafts(self):
        return {name: read_latest_version(thing) for name, thing in self.things.items()}

    def texts_now(self, drafts=None):
        """Return what the latest version of everything says."""
        walk = [(name, unit) for name, draft in (drafts or self.drafts()).items() for unit in units(draft)]
        self.kinds = {(name, unit.address): unit.kind for name, unit in walk}
        return {(name, unit.address, code): unit.texts[code] for name, unit in walk for code in LANGUAGES}

    def stands(self, name):
        """Return how the languages of something stand to each other: what is behind what, and what is in translation."""
        memory = read_latest_version(self.things[name]).memory()
        behind = {(lag.address, lag.language, lag.twins) for lag in lags(memory)}
        return behind, set(open_texts(memory))

    def is_behind(self, sent):
        """Say whether the target of a `SentText` is behind its source."""
        name, address, target = self.key_of(sent)
        lags_of_text = [twins for *place, twins in self.stands(name)[0] if place == [address, target]]
        return any(twin == sent.package.source for twins in lags_of_text for twin, *_digests in twins)

    def new_words(self):
        """Return words that nobody has used, without figures: of those that differ a check would say something."""
        self.number += 1
        return "Woorden " + letters(self.number)

    def alike(self, key, *texts):
        return len({digest(text, self.kinds[key[:2]]) for text in texts}) == 1

    def key_of(self, sent):
        """Return the key of a `SentText` in the language to which it went."""
        return self.names[sent.content_type_id, sent.object_id], sent.address, sent.package.target

    def source_key(self, sent):
        return (*self.key_of(sent)[:2], sent.package.source)

    def say_the_same(self, sent, texts):
        """Say whether source and target of a `SentText` say the same now as in `texts`, by key; not where they are gone."""
        keys = self.key_of(sent), self.source_key(sent)
        return all(key in self.texts and self.alike(key, self.texts[key], texts[key]) for key in keys)

    def is_as_sent(self, sent):
        return self.say_the_same(sent, {self.key_of(sent): sent.target, self.source_key(sent): sent.source})

    # --- What is noted

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

    def note_deleted(self, name):
        del self.things[name]
        self.texts = {key: text for key, text in self.texts.items() if key[0] != name}
        self.unconfirmed = {key for key in self.unconfirmed if key[0] != name}
        self.last_taken.pop(name, None)

    # --- What holds at any time

    def see_what_holds(self):
        self.see_the_drafts()
        self.see_what_is_public()
        self.see_what_is_out_and_kept()

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

    def see_what_is_out_and_kept(self):
        """What is out is expected of no closed package, and what was settled stays so until somebody decides again."""
        out = {sent.pk for lot in self.lots for sent in self.texts_out_of(lot)}
        assert set(texts_out().values_list("pk", flat=True)) == out
        assert set(ImportedText.objects.exclude(kept_at=None).values_list("pk", flat=True)) == self.kept

    def texts_out_of(self, lot):
        """Return the `SentText`s that are expected of a package: of what is still there, all that no file answered."""
        texts = () if lot.is_closed else lot.texts.values()
        return [sent for sent in texts if sent.number not in lot.back and self.key_of(sent)[0] in self.things]


def letters(number):
    """Return a number as letters, the same for the same number and no other."""
    return f"{number:03}".translate(str.maketrans("0123456789", "aeioubdfgk"))
