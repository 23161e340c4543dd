"""Signed stamps instead of cookies: when a form was made and for what, and which answer a comment belongs to.

A stamp may stand in a page that a shared cache hands to many readers. So it says nothing about anybody, is good for any
number of answers within a day, and whatever it cannot vouch for is asked again instead of thrown away.
"""

from django.core.signing import Signer
from django.utils import timezone

from delivery.public import STALE_SECONDS

FORMS, ANSWERS = Signer(salt="audience.forms"), Signer(salt="audience.answers")  # a stamp of one kind is none of the other
YOUNGEST = 2  # seconds, where no browser says that it was a person: programs answer faster
OLDEST = STALE_SECONDS  # as long as a cache may show a page while the site is down


def of_page(page, language):
    """Return what the stamp of a form is bound to."""
    return f"{page.slug}:{language}"


def stamped(subject, now=None, signer=FORMS):
    """Return a stamp for `subject`, such as "0b1c2d3e4f50:nl": a moment and a signature.

    The subject is signed along but left out, since the address of the form says it already.
    """
    seconds = int((now or timezone.now()).timestamp())
    return signer.sign(f"{subject}:{seconds}").removeprefix(f"{subject}:")


def age(stamp, subject, now=None, signer=FORMS):
    """Return how many seconds ago `stamp` was made for `subject`; negative where another machine's clock is ahead.

    Raises BadSignature when it was not made here, or was made for something else.
    """
    seconds = signer.unsign(f"{subject}:{stamp}").rpartition(":")[2]
    return (now or timezone.now()).timestamp() - int(seconds)


def reference(slug, key, was_useful, now=None):
    """Return the reference that joins a comment on the page `slug` to the answer with this primary key (0: none was kept)."""
    answer = f"{key}:{int(was_useful)}"
    return f"{answer}:{stamped(f'{slug}:{answer}', now, ANSWERS)}"


def referred(text, slug, now=None):
    """Return `(primary key, was_useful, age in seconds)` of a reference.

    Raises BadSignature when it was not made here, or was made for another page.
    """
    key, was_useful, stamp = [*text.split(":", 2), "", ""][:3]
    seconds = age(stamp, f"{slug}:{key}:{was_useful}", now, ANSWERS)
    return int(key), was_useful == "1", seconds
