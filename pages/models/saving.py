"""How a page is saved, moved, copied and deleted: all publishing but that of plain pages (`pages.signals`) passes here.

What an official language must have is asked of `languages/parity.py` alone.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from languages import alignment
from languages.codes import LANGUAGES
from languages.parity import require_publishable
from languages.units import translated_fields, units
from pages import address_writer, history, last_changed, scheduling


class PageSavingMixin:
    """Keeps parity, addresses, redirects, history and the memory of the languages true whenever a page changes."""

    def validate_constraints(self, exclude=None):
        """Leave the addresses to `address_writer.refresh_addresses`: this instance's may predate its last publication."""
        super().validate_constraints({*(exclude or ()), *(f"address_{code}" for code in LANGUAGES)})

    @transaction.atomic
    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Save; refuse to be live without what the official languages need; keep addresses, redirects and memory true.

        Raises ValidationError, with the reasons, when the page may not be live as it is.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and not self.columns_with_texts().intersection(fields):
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if fields is not None:
            kwargs["update_fields"] = {*fields, "alignment", "changed_at"}
        address_writer.lock()
        self.keep_place()
        self.refresh_alignment()
        if self.alias_of_id:
            self.take_free_slugs()
        moment = timezone.now().replace(microsecond=0)
        if self.live:
            require_publishable(self)
            before = last_changed.live_version(self)
            changed = last_changed.changed_languages(self, before)
            self.changed_at = last_changed.updated_times(self, changed, moment.isoformat())
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        appearances = address_writer.refresh_addresses(self)
        if self.live:
            history.record_change(self, before, changed, moment)
        history.record_appearances(appearances, moment)
        return result

    @classmethod
    def columns_with_texts(cls):
        """Return the names of the columns whose change asks for parity, addresses and states: those of texts, and `live`."""
        texts = {f"{name}_{code}" for name in translated_fields(cls) for code in LANGUAGES}
        return {"live", *texts, *(field.name for field in cls._meta.get_fields() if isinstance(field, StreamField))}

    def keep_place(self):
        """Take addresses and place in the tree from the database: what an instance remembers may be out of date after a move.

        Raises ValidationError when the page was deleted in the meantime; saving would bring half of it back.
        """
        names = [f"address_{code}" for code in LANGUAGES]
        place = ("path", "depth", "numchild", "url_path")
        own = address_writer.site_page().objects.filter(pk=self.pk).values(*names, *place).first() if self.pk else None
        if own is None and self.pk and not self._state.adding:
            raise ValidationError(_("This page was deleted in the meantime."))
        for name, value in (own or dict.fromkeys(names)).items():
            setattr(self, name, value)

    def take_free_slugs(self):
        """Give an alias slugs of its own, the same ones at every update of its source."""
        before = type(self).objects.filter(pk=self.pk).values(*(f"url_slug_{code}" for code in LANGUAGES)).first()
        free = address_writer.free_slugs(self, self.get_parent())
        for name, slug in free.items():
            setattr(self, name, (before or {}).get(name) or slug)

    def with_content_json(self, content):
        """Take the content of a revision, but not its addresses: those belong to the page's place of today."""
        page = super().with_content_json(content)
        for name in (*(f"address_{code}" for code in LANGUAGES), "changed_at"):
            setattr(page, name, getattr(self, name))
        return page

    def save_revision(self, *args, **kwargs):
        """Save a revision that knows which of its texts are behind, whoever made it."""
        self.refresh_alignment()
        return super().save_revision(*args, **kwargs)

    def stored_texts(self):
        """Return the texts of the latest draft and of the page as it is, by digest: the draft is what a change is made to."""
        latest = self.latest_revision.as_object() if self.latest_revision else None
        return super().stored_texts() | (alignment.texts_by_digest(units(latest), latest.alignment) if latest else {})

    def publish(self, revision, *args, **kwargs):
        """Publish; what has become impossible by the hour of a schedule is logged and reported, and stops no other page."""
        return scheduling.publish(super().publish, self, revision, *args, **kwargs)

    @transaction.atomic
    def add_child(self, *args, **kwargs):
        """Add a page below this one, at a place that nobody else takes at the same moment."""
        address_writer.lock()
        self.refresh_from_db(fields=["path", "depth", "numchild"])
        return super().add_child(*args, **kwargs)

    @transaction.atomic
    def move(self, target, pos=None, user=None):
        """Move; the redirects from all old addresses are written in the same transaction."""
        address_writer.lock()
        super().move(target, pos=pos, user=user)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, with all pages below."""
        address_writer.lock()
        return super().delete(*args, **kwargs)

    @transaction.atomic
    def copy(self, recursive=False, to=None, update_attrs=None, **kwargs):
        """Copy, to addresses that nobody has; a refused copy leaves nothing behind."""
        address_writer.lock()
        free = address_writer.free_slugs(self, to or self.get_parent(), also_own=True)
        return super().copy(recursive=recursive, to=to, update_attrs={**free, **(update_attrs or {})}, **kwargs)

    # Django marks what no template may call on models alone.
    save.alters_data = delete.alters_data = copy.alters_data = True
