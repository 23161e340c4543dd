"""What is said beside a text that is out for translation, or that came back and is to be taken over."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.models import SentText
from exchange.rights import packages_of
from exchange.texts_back import texts_to_decide
from exchange.texts_out import out_words, texts_out
from worklists.deadlines import deadline_of


def out_notes(instance, texts, reader):
    """Return what is to be said beside texts that are out or back: a contribution to `languages.text_notes`.

    {"out": [{"address", "language", "mark", "says", "is_back", "is_late", "url"}]}; `mark` goes on with what the mark at the
    label says. `url` leads to the package, or to the file that came back: it is "" for whoever may not see the package, nor
    its name. One query, and another where something is said.
    """
    if not instance.pk:
        return {"out": []}
    of_object = SentText.objects.filter(content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk)
    waiting = texts_to_decide().filter(sent=OuterRef("pk"))
    sent = of_object.annotate(came_in=Subquery(waiting.values("of")[:1]))
    sent = sent.filter(Q(came_in__isnull=False) | Q(pk__in=texts_out().order_by().values("pk")))
    sent = list(sent.select_related("package").order_by("package", "number"))
    keys = {text.package_id for text in sent}
    seen = set(packages_of(reader).filter(pk__in=keys).values_list("pk", flat=True)) if sent and reader else set()
    return {"out": [note_of(text, text.package_id in seen) for text in sent]}


def note_of(text, is_seen):
    """Return the note beside a text, given the key of what it `came_in`, None while it is out."""
    package, is_back = text.package, text.came_in is not None
    deadline = deadline_of(package.deadline)
    is_late = not is_back and bool(deadline and deadline.state == "overdue")
    url = reverse("import", args=[text.came_in]) if is_back else package.get_absolute_url()
    return {
        "address": text.address,
        "language": package.target,
        "mark": mark_words(is_back, is_late),
        "says": back_words(package, is_seen) if is_back else out_words(package, is_seen),
        "is_back": is_back,
        "is_late": is_late,
        "url": url if is_seen else "",
    }


def mark_words(is_back, is_late):
    if is_back:
        return pgettext("a text", "back from the translator")
    return pgettext("a text", "out for translation, overdue") if is_late else pgettext("a text", "out for translation")


def back_words(package, is_seen):
    """Say that a translation waits in what came back of a package: by name to whoever may see it."""
    if not is_seen:
        return _("in a package, to be taken over")
    return _("in ‘%(name)s’, to be taken over") % {"name": package.name}
