"""What the screens show of the notes on an object."""

from django.urls import reverse

from staff_notes.models import TEXTS
from staff_notes.permissions import form_url
from staff_notes.places import places


def notes_url(carrier):
    return notes_url_of(type(carrier), carrier.pk)


def notes_url_of(model, pk):
    """Return the address of the notes on an object."""
    return reverse("staff_notes", args=[model._meta.app_label, model._meta.model_name, pk])


def notes_for_display(notes, carrier, user):
    """Return notes with what is shown of them.

    `texts` as somebody reads them; `label`, what each is about, and `url`, where that stands in the form; `is_orphan` where
    that was deleted.
    """
    notes = list(notes)
    labels = places(carrier) if any(note.about for note in notes) else {}
    for note in notes:
        note.texts = {name: note.shown_text(name) for name in TEXTS}
        note.label = labels.get(note.about, "")
        note.is_orphan = bool(note.about and not note.label)
        note.url = form_url(user, type(carrier), carrier.pk, note.about) if note.label else ""
    return notes
