"""The notes for staff in content files: a list `staff_notes` of any entry."""

from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist, ValidationError
from wagtail.fields import StreamField

from languages.codes import LANGUAGES
from languages.texts import is_filled
from newsroom.content.conversion import RENAMED, Conversion, block_id
from newsroom.content.files import YamlMapping
from newsroom.content.fingerprints import digest, is_untouched
from newsroom.content.items import Item
from pages.scheduling import error_messages
from staff_notes.models import StaffNote

KEYS = ("about", "text", "find_out", "who")
SETTLED = "settled_at"  # compared too: a note that staff settled is theirs


@dataclass(slots=True)
class NoteItem(Item):
    """A note of a content file: the item that it is about, and its attributes."""

    carrier: Item = None
    values: dict = field(default_factory=dict)


def take_notes(entry):
    """Take the notes out of an entry and return them, so that they are no part of what is compared of it."""
    notes = entry.pop("staff_notes", [])
    if not isinstance(notes, list) or not all(isinstance(note, YamlMapping) for note in notes):
        entry.fail("“staff_notes” must be a list of mappings, each with a text.", "staff_notes")
    return notes


def note_items(carrier):
    """Return the items of the notes of an item. A note is known by what it is about and says: another text is another note."""
    items = {}
    for entry in carrier.notes:
        key = f"{carrier.key}#{digest([entry.get('about'), entry.get('text')])[:16]}"
        if key in items:
            entry.fail("This note stands twice.")
        values = note_values(carrier, entry)
        items[key] = NoteItem(key, StaffNote, entry, digest(entry), needs={carrier.key}, carrier=carrier, values=values)
        items[key].names = {*values, SETTLED}
    return list(items.values())


def note_values(carrier, entry):
    """Return the attributes of a note from its entry. Raises `ContentError` for a mistake in it."""
    unknown = set(entry) - set(KEYS)
    if unknown:
        entry.fail(f"A note has no “{min(unknown)}”; it knows {', '.join(KEYS)}.", min(unknown))
    values = Conversion(StaffNote, entry, None).attributes(("about",))
    if not any(is_filled(values.get(f"text_{code}")) for code in LANGUAGES):
        entry.fail("A note needs a text.", "text")
    try:
        StaffNote(**values).clean_fields(exclude={one.name for one in StaffNote._meta.fields} - set(values))
    except ValidationError as error:
        entry.fail(" ".join(error_messages(error)))
    return {**values, "about": address_of(carrier, entry)}


def address_of(carrier, entry):
    """Return the address of the field or block that a note is about: "figures/2" is the second of the figures."""
    about = str(entry.get("about", ""))
    name, _slash, number = about.partition("/")
    if not name:
        return ""
    try:
        target = carrier.model._meta.get_field(RENAMED.get(name, name))
    except FieldDoesNotExist:
        entry.fail(f"There is no field “{name}” on {carrier.model._meta.label}.", "about")
    if "/" not in about:
        return target.name
    blocks = carrier.entry.get(name) if isinstance(target, StreamField) else None
    if not isinstance(blocks, list) or not number.isdecimal() or not 1 <= int(number) <= len(blocks):
        entry.fail(f"There is no “{about}”: “{name}” holds {len(blocks or ())}, which are counted from 1.", "about")
    place = f"{carrier.entry['key']}/{target.name}/{int(number) - 1}"
    return f"{target.name}.{block_id(place)}"


def write_note(item, note, lookup):
    """Set what the file says of a note, and save it; `lookup(model, key)` returns what it is about."""
    carrier = lookup(item.carrier.model, item.carrier.entry["key"])
    note = note or StaffNote.on(carrier)
    for name, value in item.values.items():
        setattr(note, name, value)
    note.save()
    return note


def delete_dropped_notes(content, loaded_items):
    """Delete the notes that the files said before and no longer say, but for those that staff settled or changed.

    `loaded_items` maps keys to `LoadedItem`s. Returns the keys of what was deleted.
    """
    carriers, kept = {item.key for item in content.carriers}, {item.key for item in content.notes}
    dropped = []
    for key, loaded in loaded_items.items():
        if loaded.model == StaffNote._meta.label and key not in kept and key.partition("#")[0] in carriers:
            note = StaffNote.objects.filter(pk=loaded.object_id).first()
            if note and is_untouched(note, loaded, ()):
                note.delete()
                loaded.delete()
                dropped.append(key)
    return dropped
