"""The way on: what waits next for somebody who goes from text to text. An app above knows it, the form's key leads there."""

from dataclasses import dataclass

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import hooks

from languages.language_bar import visible_columns
from languages.rights import languages_to_write

# The hook of functions `(user, languages, instance, step) -> NextToEdit | None`. What comes next (`step` 1) or before (-1) is
# seen from `instance`; where that is None or waits for nobody, from the beginning or the end.
HOOK = "find_next_to_edit"
STEPS = {"1": 1, "-1": -1}
GO_ON_TO = "go_on_to"  # the address that a form sends along which is to be left once it is saved


@dataclass(frozen=True, slots=True)
class NextToEdit:
    """A page, entry or setting that waits: its name in the language of the admin, and the address of its form."""

    name: str
    url: str

    def url_at_text(self, step):
        """Return the address at the first text to mend, or at the last one for whoever goes backwards."""
        return f"{self.url}#mend" if step > 0 else f"{self.url}#mend=last"


def languages_at_work(user):
    """Return the languages that somebody works on: of those in which they write, the ones that they look at."""
    own, shown = languages_to_write(user), visible_columns(user)
    return [code for code in own if code in shown] or list(own)


def find_next_to_edit(user, instance, step):
    """Return the `NextToEdit` after `instance` (or before, with `step` -1), None where no other one waits."""
    found = (find(user, languages_at_work(user), instance, step) for find in hooks.get_hooks(HOOK))
    return next(filter(None, found), None)


def describe_way(following, step):
    """Return the way on for the editor's script: the address, "" for none, and what to say of it, saved or not."""
    if following is None:
        words = _("Nothing else waits for you.")
        return {"url": "", "says": words, "says_unsaved": words}
    words = {"key": "F2" if step > 0 else pgettext("key", "Shift") + "+F2", "name": following.name}
    return {
        "url": following.url_at_text(step),
        "says": _("%(key)s again: on to ‘%(name)s’.") % words,
        "says_unsaved": _("%(key)s again: save, and on to ‘%(name)s’.") % words,
    }


def go_on(request, instance):
    """Return the redirect to where whoever saved `instance` wants to go on; None where they do not, or to another site."""
    url = request.POST.get(GO_ON_TO, "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return redirect(url) if is_ours else None
