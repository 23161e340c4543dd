"""DeepL, by its own library: https://developers.deepl.com/docs."""

import logging
from contextlib import closing, contextmanager
from hashlib import blake2s

import deepl
from django.conf import settings

from machine_drafts.marks import BLOCK
from machine_drafts.services import Service, ServiceRefused

logger = logging.getLogger(__name__)
# With one more try a call ends after 22 seconds at most, so that what nobody waits for any more does not pile up.
deepl.http_client.max_network_retries = 1
deepl.http_client.min_connection_timeout = 10.0

TARGETS = {"en": "EN-GB"}  # DeepL wants to know which English


class DeepLService(Service):
    def is_ready(self):
        return bool(settings.DEEPL_AUTH_KEY)

    def translate(self, texts, source, target, terms):
        with open_client() as client:
            results = client.translate_text(
                texts,
                source_lang=source.upper(),
                target_lang=TARGETS.get(target, target.upper()),
                tag_handling="xml",
                outline_detection=False,
                splitting_tags=[BLOCK],
                preserve_formatting=True,
                formality="prefer_more",
                glossary=settings.DEEPL_GLOSSARY or glossary_of(client, source, target, terms),
            )
        if len(results) != len(texts):
            logger.error("DeepL sent %d texts back for %d.", len(results), len(texts))
            raise ServiceRefused("failed")
        return [result.text for result in results]

    def characters_left(self):
        with open_client() as client:
            characters = client.get_usage().character
        return max(0, characters.limit - characters.count) if characters.valid else None


@contextmanager
def open_client():
    """Open a client of DeepL. Raises `ServiceRefused` where it says no; that is logged, without what was sent and the key."""
    address = settings.DEEPL_SERVER_URL or None
    with closing(deepl.DeepLClient(settings.DEEPL_AUTH_KEY, server_url=address, send_platform_info=False)) as client:
        try:
            yield client
        except deepl.DeepLException as error:
            logger.error("DeepL refused: %s, status %s.", type(error).__name__, error.http_status_code)
            raise ServiceRefused(code_of(error)) from None
        except (LookupError, TypeError, ValueError) as error:  # so the library fails at answers that are not DeepL's
            logger.error("DeepL's answer was not understood: %s.", type(error).__name__)
            raise ServiceRefused("failed") from None


def code_of(error):
    """Return which of the sentences of refusal says what an error of the library means."""
    status = error.http_status_code or 0
    if isinstance(error, deepl.AuthorizationException) or status == 401:
        return "wrong_key"
    if isinstance(error, deepl.QuotaExceededException):
        return "quota"
    if isinstance(error, deepl.TooManyRequestsException):
        return "busy"
    if isinstance(error, deepl.ConnectionException) or status >= 500:
        return "away"
    return "unknown_pair" if status == 400 and "_lang" in str(error) else "failed"


def glossary_of(client, source, target, terms):
    """Return the key of a glossary at DeepL that holds `terms`, which is made where there is none; None without terms.

    What DeepL cannot keep, such as one glossary more than is paid for, is no reason to draft nothing.
    """
    if not terms:
        return None
    try:
        return find_or_make_glossary(client, source, target, terms)
    except deepl.DeepLException as error:
        if code_of(error) in ("wrong_key", "busy", "away"):
            raise
        logger.warning("DeepL keeps no glossary: %s, status %s.", type(error).__name__, error.http_status_code)
        return None


def find_or_make_glossary(client, source, target, terms):
    """Return the key of the glossary whose name says that it holds `terms`; ours that hold something else go."""
    prefix = f"{settings.WAGTAIL_SITE_NAME} {source}-{target} "
    name = prefix + blake2s(repr(sorted(terms.items())).encode(), digest_size=8).hexdigest()
    ours = [one for one in client.list_glossaries() if one.name.startswith(prefix)]
    for one in ours:
        if one.name == name and one.ready:
            return one.glossary_id
    for one in ours:
        client.delete_glossary(one)
    return client.create_glossary(name, source_lang=source.upper(), target_lang=target.upper(), entries=terms).glossary_id
