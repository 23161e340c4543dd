"""What the texts of a package say now, in the latest draft of each object: read object by object, as files go through them."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin, Page

from exchange.judging import TextNow
from languages.units import units

KEPT = 50  # objects whose texts are held at once: a file goes through them in the order of the package


class CurrentTexts:
    """The texts of the objects of one package; `of` reads each object once while its texts come one after the other."""

    def __init__(self, package):
        self.package, self.objects = package, {}

    def of(self, sent):
        """Return the `TextNow` of a `SentText`, None where its object, or the text in it, is gone."""
        key = (sent.content_type_id, sent.object_id)
        if key not in self.objects:
            if len(self.objects) >= KEPT:
                self.objects.pop(next(iter(self.objects)))
            self.objects[key] = self.texts_of(*key)
        return self.objects[key].get(sent.address)

    def texts_of(self, content_type, pk):
        latest = latest_of_object(content_type, pk)
        source, target = self.package.source, self.package.target
        return text_pairs(latest, source, target) if latest else {}


def text_pairs(latest, source, target):
    """Return `{address: TextNow}` of an object's texts that are meant for both languages."""
    return {
        unit.address: TextNow(unit.texts[source], unit.texts[target])
        for unit in units(latest)
        if {source, target} <= set(unit.languages)
    }


def latest_of_object(content_type, pk):
    """Return the latest version of an object, draft or not, None where it is gone."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    row = (Page if model and issubclass(model, Page) else model)._base_manager.filter(pk=pk).first() if model else None
    return row.get_latest_revision_as_object() if isinstance(row, DraftStateMixin) else row
