"""The admin's own content security policy: Wagtail's editor needs inline styles and scripts, the public site does not."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class AdminPolicyMiddleware:
    """Loosen the policy below `/admin/`, and nowhere else; keep all of it out of caches and search engines."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_replace = POLICY
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
