"""What stands beside the texts of a page: Wagtail's comments, with the text that each is about."""

from django.utils.translation import gettext as _
from wagtail.models import Comment

from languages.codes import LANGUAGES, language_name
from languages.units import units
from newsroom.editing.decisions import cut


def remarks_since(page, moment, author):
    """Return the open comments that somebody wrote beside texts of a page since `moment`, as "Summary (French): …"."""
    comments = Comment.objects.filter(page=page.pk, user=author, created_at__gte=moment, resolved_at=None)
    labels = {unit.address: str(unit.label) for unit in units(page)}
    return [f"{place_of(one.contentpath, labels)}: {cut(one.text)}" for one in comments.order_by("created_at", "pk")]


def place_of(path, labels):
    """Return the text that a comment is about, in words, given its path in the form: "summary_fr", "body.<id>.text.fr".

    `labels` are those of units by their addresses; what is not one of them is named by its field alone.
    """
    for code in LANGUAGES:
        for separator in ("_", "."):
            address = path.removesuffix(f"{separator}{code}")
            if address != path and address in labels:
                return _("%(text)s (%(language)s)") % {"text": labels[address], "language": language_name(code)}
    address = next((one for one in labels if one.startswith(path.partition(".")[0])), None)
    return labels.get(path) or (labels[address] if address else path)
