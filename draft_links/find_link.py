"""Which link a token opens, and why one opens nothing any more."""

from dataclasses import dataclass

from django.core.signing import BadSignature
from django.http import Http404

from draft_links.models import DraftLink
from draft_links.permissions import may_manage
from draft_links.tokens import read_token


@dataclass
class LinkGone(Exception):
    """A link that we made and that opens nothing any more; `link` is None where it went with its page."""

    link: DraftLink | None


def find_link(token, language):
    """Return the link of a token, with its page and author.

    Raises Http404 where we made no such token, or not for this language, and LinkGone where it was ended, is over, went with
    its page, or was made by somebody who may no longer share what it shows. A token that we did not make asks nothing of the
    database, so that no answer says whether there is such a link.
    """
    try:
        key = read_token(token)
    except BadSignature:
        raise Http404 from None
    link = DraftLink.objects.select_related("page", "author").filter(key=key).first()
    if link is None or not link.is_open or not may_manage(link.author, link):
        raise LinkGone(link)
    if language not in link.languages:
        raise Http404
    return link
