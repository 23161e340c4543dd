"""The numbers by which people refer to what they wrote: short, read out or copied without a doubt, and not in a row."""

import secrets

# No vowels, so that no words come about, and nothing that looks like something else: 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B.
CHARACTERS = "CDFHJKMNPRTVWX3479"
LENGTH = 8


def make_reference():
    """Return a new reference: "K4RX-7MWT", one of eleven thousand million."""
    text = "".join(secrets.choice(CHARACTERS) for _ in range(LENGTH))
    return f"{text[:4]}-{text[4:]}"
