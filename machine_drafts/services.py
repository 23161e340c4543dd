"""The seam to translation services: what one has to be able to do, which one is used, and why it may say no.

See docs/machine_drafts.md for what it takes to add another.
"""

import logging
from concurrent.futures import Future
from threading import Thread

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
SENTENCES = {
    "wrong_key": _("The translation service does not accept the key of this site. An administrator has to look after it."),
    "quota": _("The translation service says that all that was paid for is used up."),
    "busy": _("The translation service has too much to do at the moment. Try again in some minutes."),
    "slow": _("The translation service takes too long at the moment. Try again in a minute."),
    "away": _("The translation service does not answer. Try again later."),
    "unknown_pair": _("The translation service does not know how to translate from this language into that one."),
    "failed": _("The translation service refused the texts, or sent something else. An administrator has to look after it."),
}


class ServiceRefused(Exception):
    """The service drafted nothing. `code` is a key of `SENTENCES`; what the service itself said is for the log alone."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code

    @property
    def sentence(self):
        return SENTENCES[self.code]


class Service:
    """What translates. Whatever it raises but `ServiceRefused` is a fault of its code."""

    def is_ready(self):
        """Say, without asking anybody, whether it is set up. Where it is not, staff see nothing of drafts by machine."""
        raise NotImplementedError

    def translate(self, texts, source, target, terms):
        """Return the translations of `texts`, as many in the same order, from one language of the site into another.

        A text is the content of an XML element (`machine_drafts.marks`), and so is its translation. `terms` maps words of the
        glossary to those that are to be used for them. It runs in a thread of its own and asks nothing of the database; nobody
        waits for it longer than `ask_in_time` says.
        """
        raise NotImplementedError

    def characters_left(self):
        """Return how many characters the service would still translate, None where it does not count them."""
        raise NotImplementedError


def get_service():
    """Return the service that the settings name."""
    return import_string(settings.MACHINE_DRAFTS_SERVICE)()


def is_ready():
    """Say whether drafts by machine are to be had here at all."""
    return get_service().is_ready()


def ask_in_time(ask, seconds):
    """Return what `ask` returns, or raise what it raises; raise `ServiceRefused` where that would take more than some seconds.

    It goes on by itself then, so that a glossary that was begun is there the next time; a fault of its code is logged.
    """
    answer = Future()

    def run():
        try:
            give, result = answer.set_result, ask()
        except Exception as error:
            give, result = answer.set_exception, error
        if answer.set_running_or_notify_cancel():  # somebody waits still, and goes on doing so until it is given
            give(result)
        elif isinstance(result, Exception) and not isinstance(result, ServiceRefused):
            logger.error("What was asked of the translation service failed after its time.", exc_info=result)

    Thread(target=run, daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError:
        if answer.cancel():
            raise ServiceRefused("slow") from None
        return answer.result()
