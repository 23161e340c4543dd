"""The language of a request is the first step of its path, and nothing else."""

from django.conf import settings
from django.utils import translation

from languages.codes import LANGUAGES
from languages.paths import split_path


class PathLanguageMiddleware:
    """Activate the language that the path names, for this request only.

    No cookie and no `Accept-Language` is read, so an address always shows the same page to everybody and a shared cache may
    keep it. Paths without a language (the admin, the choice page) begin in the first language and set their own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        first, _address = split_path(request.path_info)
        with translation.override(first if first in LANGUAGES else settings.LANGUAGE_CODE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
