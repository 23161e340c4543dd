"""Signed stamps instead of cookies: when a form was made and for what, and which answer a comment belongs to.

A stamp may stand in a page that a shared cache hands to many readers. So it says nothing about anybody, is good for any
number of answers within a day, and whatever it cannot vouch for is asked again instead of thrown away.
"""

from django.core import signing

from delivery.public import STALE_SECONDS

FORMS = signing.TimestampSigner(salt="audience.form")  # "audience.forms" signed stamps of another form
ANSWERS_SALT = "audience.answers"  # a stamp of one kind is none of the other
MIN_AGE = 2  # seconds, where no browser says that it was a person: programs answer faster
MAX_AGE = STALE_SECONDS  # as long as a cache may show a page while the site is down


def form_stamp(page, language, signer=FORMS):
    """Return a stamp for a form about a page: a moment and a signature.

    Page and language are signed along but left out, since the address of the form says them already.
    """
    subject = f"{page.slug}:{language}"
    return signer.sign(subject).removeprefix(f"{subject}:")


def is_older(stamp, page, language, seconds):
    """Say whether a stamp was made more than so many seconds ago; less than none where another machine's clock is ahead.

    Raises BadSignature when it was not made here for a form about this page in this language.
    """
    try:
        FORMS.unsign(f"{page.slug}:{language}:{stamp}", max_age=seconds)
    except signing.SignatureExpired:
        return True
    return False


def answer_reference(page, key, was_useful):
    """Return the reference that joins a comment on a page to the answer with this primary key (0: none was kept)."""
    return signing.dumps([page.slug, key, was_useful], salt=ANSWERS_SALT)


def referenced_answer(reference, page):
    """Return `(primary key, was_useful, whether it was given too long ago for a comment)` of a reference.

    Raises BadSignature when it was not made here, or was made for another page.
    """
    slug, key, was_useful = signing.loads(reference, salt=ANSWERS_SALT)
    if slug != page.slug:
        raise signing.BadSignature("a reference to an answer about another page")
    try:
        signing.loads(reference, salt=ANSWERS_SALT, max_age=MAX_AGE)
    except signing.SignatureExpired:
        return key, was_useful, True
    return key, was_useful, False
