"""What the texts of a package say now, in the latest draft of each object."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin

from exchange.gathering import drafts_of
from exchange.judging import TextNow
from languages.open_texts import open_texts
from languages.units import units
from languages.views import may_edit


class CurrentTexts:
    """The texts of some objects of a package: `read` looks at those of a batch of texts, `of` says what one of them says.

    Where a `user` is given, nothing is looked at that they may not edit: it is `hidden`.
    """

    def __init__(self, package, user=None):
        self.package, self.user = package, user
        self.texts, self.hidden, self.unconfirmed, self.off = {}, set(), set(), set()

    def read(self, sent_texts):
        """Read the objects of `SentText`s. A query for each model, and two more where a person's rights are asked for."""
        self.texts, self.hidden, self.unconfirmed, self.off = {}, set(), set(), set()
        one_of_each = {place_of(sent): sent for sent in sent_texts if model_of(sent)}
        for draft in drafts_of(one_of_each.values()):
            place = (ContentType.objects.get_for_model(draft).pk, draft.pk)
            if self.user is None or may_edit(self.user, draft):
                self.texts[place] = text_pairs(draft, self.package.source, self.package.target)
                texts = open_texts(draft.memory()) if isinstance(draft, DraftStateMixin) else ()
                self.off |= {place} if is_off(draft) else set()
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


def text_pairs(latest, source, target):
    """Return `{address: TextNow}` of an object's texts that are meant for both languages."""
    return {
        unit.address: TextNow(unit.texts[source], unit.texts[target])
        for unit in units(latest)
        if {source, target} <= set(unit.languages)
    }
