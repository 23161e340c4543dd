"""Reads large files that came back after the answer, which may not wait so long: `manage.py take_texts`."""

import io
import logging
from itertools import islice

from django.db import transaction
from django.utils import timezone

from exchange.formats.archive import open_files
from exchange.formats.errors import FormatError
from exchange.models import BroughtFile, Import
from exchange.reading import LIMITS, get_package, read_files
from exchange.rights import packages_of

MOST_READ_AT_ONCE = 1000  # texts that are judged before the answer
FAILED, NOBODY = "failed", "nobody"  # why a file was not read, beside the codes of `FormatError`
logger = logging.getLogger(__name__)


def has_many_texts(name, file, packages):
    """Say whether a file has more texts than an answer may wait for; it is at its beginning again.

    Raises `FormatError`, also where it, or one of a ZIP file, is of none of the `SentPackage`s that somebody may see.
    """
    number = 0
    for file_name, returned in open_files(name, file, LIMITS):
        get_package(packages, returned.head, file_name)
        number += sum(1 for _text in islice(returned.texts, MOST_READ_AT_ONCE + 1 - number))
    file.seek(0)
    return number > MOST_READ_AT_ONCE


def order_reading(name, file, user):
    """Keep a file, which the next run of the job reads; return the `BroughtFile`."""
    return BroughtFile.objects.create(name=name[-200:], data=file.read(), brought_by=user)


def read_waiting():
    """Read the files that wait for it, the oldest first; yield each. What fails is logged, said and given up."""
    for key in BroughtFile.objects.filter(read_at=None).order_by("brought_at", "pk").values_list("pk", flat=True):
        try:
            brought = read(key)
        except FormatError as error:
            refusal = {"code": error.code, "line": error.line, "row": error.row, "name": error.name}
            brought = end_reading(key, refusal)
        except Exception:
            logger.exception("The file %s could not be read.", key)
            brought = end_reading(key, {"code": FAILED})
        yield brought


@transaction.atomic
def read(key):
    """Read a file whole, for whoever brought it, and let go of it; return the `BroughtFile`. Raises `FormatError`."""
    brought = BroughtFile.objects.select_for_update(of=["self"], no_key=True).select_related("brought_by").get(pk=key)
    user = brought.brought_by
    if brought.read_at:
        return brought
    if user is None or not user.is_active:
        return end_reading(key, {"code": NOBODY})
    imports = read_files(brought.name, io.BytesIO(brought.data), packages_of(user), user)
    Import.objects.filter(pk__in=[one.pk for one in imports]).update(brought=brought)
    return end_reading(key, {})


def end_reading(key, refusal):
    """Note that a file was read, or why not, {} for no reason; return the `BroughtFile`."""
    BroughtFile.objects.filter(pk=key).update(data=None, read_at=timezone.now(), refusal=refusal)
    return BroughtFile.objects.get(pk=key)
