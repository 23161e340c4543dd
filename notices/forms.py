"""The form of a notice: refuses an end in the past, and changes to a live notice by anyone who may not publish notices."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.forms import AlignedForm
from pages.clock_changes import remember_stored_moments

IS_ON = _("This notice is on the site: only publishers may change it. Nothing was saved; what you typed is still below.")


class NoticeForm(AlignedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        remember_stored_moments(self)

    def clean_ends_at(self):
        """Refuse an end that has passed; one that is stored may have, so that its notice can still be mended or taken off."""
        end = self.cleaned_data["ends_at"]
        if "ends_at" in self.changed_data and end <= timezone.now():
            self.add_error("ends_at", _("This moment has passed."))
        return end

    def clean(self):
        """Keep what is on, and what is copied from it, from whoever may not put it on."""
        cleaned = super().clean()
        if not self.for_user.has_perm("notices.publish_notice"):
            is_closed = not self.instance.may_be_changed_by(self.for_user)
            if is_closed:
                self.add_error(None, IS_ON)
            self.instance.is_on = is_closed
        return cleaned
