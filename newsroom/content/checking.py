"""Checking the content files as if all of them were loaded. Makes no query."""

from itertools import count

from django.core.exceptions import ValidationError

from directory.references import serve_objects
from languages.parity import require_parity
from newsroom.content.conversion import Conversion
from newsroom.content.fingerprints import LIVE
from newsroom.content.items import FOLDERS, PAGE_KEYS, key_of
from pages.models import SitePage
from pages.scheduling import error_messages


class ContentChecker:
    """Checks what the files say, as if all of it were loaded: objects that are not there yet are stood in for."""

    def __init__(self, content):
        self.content, self.stand_ins, self.stand_ins_by_model = content, {}, {}
        number = count(1)
        for item in [*content.directory, *content.pages, *content.synonyms]:
            if item.key in self.stand_ins:
                item.entry.fail(f"The key “{item.entry['key']}” stands twice.", "key")
            stand_in = self.stand_ins[item.key] = item.model(pk=next(number))
            model = SitePage if isinstance(stand_in, SitePage) else item.model
            self.stand_ins_by_model.setdefault(model, {})[stand_in.pk] = stand_in

    def run(self):
        with serve_objects(self.stand_ins_by_model):
            for item in [*self.content.directory, *self.content.settings, *self.content.synonyms]:
                self.check(item, () if item.model in FOLDERS else ("key",))
            for item in self.content.pages:
                self.check(item, PAGE_KEYS)
                item.names.add(LIVE)
        keys = set()
        for item in self.content.redirects:
            if not item.needs <= self.stand_ins.keys():
                item.entry.fail(f"“{item.entry.get('page')}” is no page of the content files.", "page")
            if item.key in keys:
                item.entry.fail(f"“{item.entry['from']}” stands twice.", "from")
            keys.add(item.key)

    def check(self, item, reserved):
        """Check an item as the editor would, but for what only a database can tell; note its fields and references."""

        def lookup(model, key):
            stand_in = self.stand_ins.get(key_of(model, key))
            if stand_in is not None:
                item.needs.add(key_of(model, key))
            return stand_in

        values = Conversion(item.model, item.entry, lookup).attributes(reserved)
        item.names = set(values)
        instance = item.model(**values)
        unchecked = {field.name for field in item.model._meta.fields if field.name not in values or field.is_relation}
        try:
            instance.clean_fields(exclude=unchecked)
            require_parity(instance)
        except ValidationError as error:
            item.entry.fail(" ".join(error_messages(error)), first_key(item.entry, error))


def first_key(entry, error):
    """Return the key of the entry at which a mistake stands, as far as the error says so."""
    named = getattr(error, "error_dict", {})
    return next((key for key in entry if key in named or any(name.startswith(f"{key}_") for name in named)), None)
