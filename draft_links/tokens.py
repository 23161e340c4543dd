"""What stands in the address of a shared draft: a random key of the link, and our signature of it.

The key is in the database and the signature is not: whoever reads a backup or a log of queries cannot open a draft, and no
guess reaches the database. The link itself stays to be copied, as a stored digest of it would not. How long it lasts is in
its row, where it can be ended at once.
"""

import secrets

from django.core import signing

SIGNER = signing.Signer(salt="draft_links.link", sep=".")  # mail programs end an address at some of the other marks
KEY_BYTES = 16  # 128 bits


def make_key():
    """Return a new random key, of 22 characters."""
    return secrets.token_urlsafe(KEY_BYTES)


def token_of(key):
    """Return the token of the link with a key."""
    return SIGNER.sign(key)


def read_token(token):
    """Return the key in a token. Raises BadSignature where we did not make it, in the same time whatever is wrong with it."""
    return SIGNER.unsign(token)
