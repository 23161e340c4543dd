"""What every form over translated texts has in common: who fills it in, and that only their own texts are theirs to change.

A form that descends from `GuardedForm` is told who fills it in (`for_user`); where it is not, nobody is known, and nothing is
anybody's own. A system check asks it of every form of the admin (`languages.form_checks`).
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from languages.form_content import place_label
from languages.rights import languages_to_write, refusal_words, writes_all

MAKES_NOTHING = gettext_lazy(
    "Your account changes texts in its own languages, and makes nothing new. Nothing was saved; what you typed is still below."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was posted without a right to it.

    `steps` lead to it: a field's name, then ids of blocks, names and a language. `language` is None for what is no text, `of`
    is its block definition, None for a column. `kind` is that of a text's unit, "fact", or "block" where blocks were added,
    deleted or moved.
    """

    steps: tuple
    language: str | None
    kind: str
    of: object = None


class GuardedForm:
    """For a model form of Wagtail's. What it refused stands, as words, in `refusal_words` on the instance that it saved."""

    is_preview = False

    @property
    def is_limited(self):
        """Whether only texts in `own_languages` are to be changed."""
        return not writes_all(self.for_user)

    @property
    def own_languages(self):
        """The codes of the languages in which texts may be changed."""
        return languages_to_write(self.for_user)

    def clean(self):
        cleaned = super().clean()
        if self.is_limited and not self.instance.pk and not self.is_preview:
            raise ValidationError(MAKES_NOTHING, code="makes_nothing")
        return cleaned

    def name_refusals(self, refusals):
        """Leave word of each `Refusal` for the view that answers."""
        if refusals:
            self.instance.refusal_words = refusal_words(self.for_user, [self.refusal_label(one) for one in refusals])

    def refusal_label(self, refusal):
        """Return what a refusal is about, as people read it."""
        label = place_label(self.instance, refusal)
        return _("%(place)s (which blocks, and their order)") % {"place": label} if refusal.kind == "block" else label
