"""Lets every request speak with the strings of today."""

from interface_strings.following import shown_strings

WITHOUT_DATABASE = {"/healthz"}


class StringsMiddleware:
    """Look, at most once a second in each process, whether strings were edited; before a language is chosen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info not in WITHOUT_DATABASE:
            shown_strings.follow()
        return self.get_response(request)
