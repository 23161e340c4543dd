"""Signed stamps instead of cookies: when a form was made and for what, and which answer a comment belongs to.

Pages hold none, as they are the same for everybody until something changes. A stamp says nothing about anybody, is good for
any number of answers within a day, and whatever it cannot vouch for is asked again instead of thrown away.
"""

import secrets

from django.core import signing

from delivery.public import STALE_SECONDS

# Of forms that come back with something to mend: whoever sends those again has read an answer of ours.
AGAIN = signing.TimestampSigner(salt="audience.form.again")
MESSAGES_SALT = "audience.messages"
RECEIPTS_SALT = "audience.receipts"
ANSWERS_SALT = "audience.answers"  # a stamp of one kind is none of the other
ALREADY_THERE = -1  # in place of an answer's primary key: no comment is to be asked for
MIN_AGE = 2  # seconds, where no browser says that it was a person: programs answer faster
MAX_AGE = STALE_SECONDS  # as long as a cache may show a page while the site is down


def second_stamp(page, language):
    """Return a stamp for a form about a page that comes back to be corrected: a moment and a signature.

    Page and language are signed along but left out, since the address of the form says them already.
    """
    subject = f"{page.slug}:{language}"
    return AGAIN.sign(subject).removeprefix(f"{subject}:")


def is_second(stamp, page, language):
    """Say whether a stamp is less than a day old and belongs to a form about this page that came back to be corrected."""
    try:
        AGAIN.unsign(f"{page.slug}:{language}:{stamp}", max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return True


def answer_token(page, key, was_useful):
    """Return the token that joins a comment on a page to the answer with this primary key (0: none was kept)."""
    return signing.dumps([page.slug, key, was_useful], salt=ANSWERS_SALT)


def read_answer_token(token, page):
    """Return `(primary key, was_useful, whether it was given too long ago for a comment)` of a token.

    Raises BadSignature when it was not made here, or was made for another page.
    """
    slug, key, was_useful = signing.loads(token, salt=ANSWERS_SALT)
    if slug != page.slug:
        raise signing.BadSignature("a token of an answer about another page")
    try:
        signing.loads(token, salt=ANSWERS_SALT, max_age=MAX_AGE)
    except signing.SignatureExpired:
        return key, was_useful, True
    return key, was_useful, False


def message_stamp(key="", is_second=False, salt=MESSAGES_SALT):
    """Return a stamp for a form to write in. What comes back to be mended keeps its key, which tells it from others."""
    return signing.dumps([key or secrets.token_urlsafe(12), is_second], salt=salt)


def read_message_stamp(stamp, seconds=None, salt=MESSAGES_SALT):
    """Return `(key, is_second)` of a stamp.

    Raises BadSignature when it was not made here for such a form, and SignatureExpired when it is older than so many seconds.
    """
    return tuple(signing.loads(stamp, salt=salt, max_age=seconds))


def receipt(reference, has_address, has_copy, is_copy_refused):
    """Return what the thanks for a message are shown for; it says nothing about who wrote."""
    return signing.dumps([reference, has_address, has_copy, is_copy_refused], salt=RECEIPTS_SALT)


def read_receipt(text):
    """Return `(reference, has_address, has_copy, is_copy_refused)`, without the last where the receipt is older than that.

    Raises BadSignature when it was not made here.
    """
    return tuple(signing.loads(text, salt=RECEIPTS_SALT))
