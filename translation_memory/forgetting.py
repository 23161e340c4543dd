"""Takes texts out of the memory: what somebody wants forgotten, and what was published by objects that are long gone."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from languages.codes import LANGUAGES, current_language
from languages.rights import language_names, languages_to_write
from languages.standing import Standing
from translation_memory.models import RememberedUnit

KEEP = "translation_memory.change_rememberedunit"  # the right of publishers
FORGOTTEN = "translation_memory.forget"


def may_forget(user, language):
    """Say whether somebody may take a translation into a language out of the memory."""
    return user.has_perm(KEEP) and language in languages_to_write(user)


def forget_match(unit, languages, instance, user):
    """Forget a unit and all others in which the same two texts stand together; log it at the object beside which it stood.

    The log is kept for longer than the texts may be, so it does not say them. What is public comes back when it is published.
    """
    alike = RememberedUnit.objects.filter(kind=unit.kind)
    for text in unit.texts.filter(language__in=languages):
        alike = alike.filter(texts__language=text.language, texts__digest=text.digest)
    origin = Standing.objects.filter(content_type=unit.content_type_id, object_id=unit.object_id).first()
    where = dict.fromkeys(LANGUAGES, unit.file.name) if unit.file else origin.names if origin else {}
    data = {"languages": [code for code in LANGUAGES if code in languages], "where": where}
    with transaction.atomic():
        delete(alike)
        log(instance=instance, action=FORGOTTEN, user=user, data=data)


def delete(units):
    """Delete remembered units with their texts; return how many. Locks them in the order in which publishing does."""
    with transaction.atomic():
        keys = list(
            RememberedUnit.objects.filter(pk__in=units.values("pk"))
            .order_by("digest")
            .select_for_update()
            .values_list("pk", flat=True)
        )
        RememberedUnit.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_gone(before):
    """Forget what was published last by objects that are gone since before a moment; note which have gone or come back."""
    is_there = Exists(Standing.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id")))
    RememberedUnit.objects.filter(is_there, gone_since__isnull=False).update(gone_since=None)
    RememberedUnit.objects.filter(~is_there, gone_since=None, file=None).update(gone_since=timezone.now())
    return delete(RememberedUnit.objects.filter(gone_since__lt=before))


class ForgottenFormatter(LogFormatter):
    """Between which languages, and where it was published."""

    label = gettext_lazy("Forget a translation")
    message = gettext_lazy("Took a translation out of the translation memory")

    def format_comment(self, log_entry):
        where = log_entry.data["where"].get(current_language()) or _("something that no longer exists")
        return f"{language_names(log_entry.data['languages'])}: {where}"
