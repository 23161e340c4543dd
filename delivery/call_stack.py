"""Room on Python's call stack, taken once for all that a request calls.

Python takes memory for calls in pieces of 16 KB, and gives one back when the call that needed it returns. The templates of a
page are nested so deep that a piece ends among them: each small call there took a piece and gave it back, hundreds of times
a page and for a fifth of its time. Newer Pythons keep one at hand (https://github.com/python/cpython/issues/142183).
"""

VALUES = 15_400  # for which the outermost call has room: more than half of 256 KB, so that a piece of that size is taken


class CallStackMiddleware:
    """Stands around all that make an answer: in the piece that is taken for its call there is room for theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    __call__.__code__ = __call__.__code__.replace(co_stacksize=VALUES)
