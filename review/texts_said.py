"""What a page says in one language, as a short text that changes with it. Pure."""

import json
from hashlib import blake2s

from languages.normalising import digest


def said_in(texts, language):
    """Return 32 hexadecimal digits that stand for all that the units `texts` say in a language, "" where they say nothing.

    Texts are compared as everywhere (`languages.normalising`), slugs and addresses too. In which order blocks stand, and facts
    between them, are no texts.
    """
    digests = {unit.address: digest(unit.texts[language], unit.kind) for unit in texts if language in unit.languages}
    filled = {address: one for address, one in digests.items() if one}
    return blake2s(json.dumps(filled, sort_keys=True).encode(), digest_size=16).hexdigest() if filled else ""
