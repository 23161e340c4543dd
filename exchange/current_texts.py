"""What the texts of a package say now, in the latest draft of each object."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin

from exchange.gathering import drafts_of
from exchange.judging import TextNow
from languages.lags import lags
from languages.open_texts import open_texts
from languages.units import units
from languages.views import may_edit


class CurrentTexts:
    """The texts of some objects of a package: `read` looks at those of a batch of texts, `of` says what one of them says.

    Where a `user` is given, nothing is looked at that they may not edit: it is `hidden`. What was looked at is in `drafts`.
    """

    def __init__(self, package, user=None):
        self.package, self.user = package, user
        self.drafts, self.texts, self.hidden, self.unconfirmed, self.off = {}, {}, set(), set(), set()

    def read(self, sent_texts):
        """Read the objects of `SentText`s. A query for each model, and two more where a person's rights are asked for."""
        self.drafts, self.texts, self.hidden, self.unconfirmed, self.off = {}, {}, set(), set(), set()
        one_of_each = {place_of(sent): sent for sent in sent_texts if model_of(sent)}
        for draft in drafts_of(one_of_each.values()):
            place = (ContentType.objects.get_for_model(draft).pk, draft.pk)
            if self.user is None or may_edit(self.user, draft):
                memory = draft.memory()
                self.drafts[place] = draft
                self.texts[place] = text_pairs(draft, self.package.source, self.package.target, memory)
                self.off |= {place} if is_off(draft) else set()
                texts = open_texts(memory) if isinstance(draft, DraftStateMixin) else ()
                self.unconfirmed |= {(*place, text.address) for text in texts if self.waits(text)}
            else:
                self.hidden.add(place)

    def of(self, sent):
        """Return the `TextNow` of a `SentText`, None where its object, or the text in it, is gone or hidden."""
        return self.texts.get(place_of(sent), {}).get(sent.address)

    def waits(self, text):
        return text.is_unconfirmed and text.language == self.package.target

    def is_unconfirmed(self, sent):
        """Say whether a text came from a file or a machine and nobody has confirmed it yet."""
        return (*place_of(sent), sent.address) in self.unconfirmed

    def is_off(self, sent):
        return place_of(sent) in self.off

    def is_hidden(self, sent):
        return place_of(sent) in self.hidden


def is_off(instance):
    """Say whether something that has no drafts is not on the site, as a notice that is switched off."""
    return not isinstance(instance, DraftStateMixin) and not getattr(instance, "live", True)


def place_of(sent):
    return sent.content_type_id, sent.object_id


def model_of(sent):
    """Return the model of the object of a sent text, None where there is none any more."""
    return ContentType.objects.get_for_id(sent.content_type_id).model_class()


def text_pairs(latest, source, target, memory=None):
    """Return `{address: TextNow}` of an object's texts that are meant for both languages; `memory` is its own, if at hand."""
    behind = {lag.address for lag in lags(memory or latest.memory()) if is_behind(lag, source, target)}
    return {
        unit.address: TextNow(unit.texts[source], unit.texts[target], unit.address in behind)
        for unit in units(latest)
        if {source, target} <= set(unit.languages)
    }


def is_behind(lag, source, target):
    """Say whether a lag is that of a text in `target` behind `source`."""
    return lag.language == target and source in [twin for twin, _then, _now in lag.twins]


def keys_of_lags(memory, addresses, package):
    """Return the keys by which texts at some addresses are called still correct beside their source."""
    behind = [lag for lag in lags(memory) if lag.address in addresses and is_behind(lag, package.source, package.target)]
    return [
        key for lag in behind for key, (twin, _then, _now) in zip(lag.keys, lag.twins, strict=True) if twin == package.source
    ]
