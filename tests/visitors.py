"""People at a site that is served, without a browser."""

from http.cookiejar import CookieJar
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import querydict_from_html

from tests.building import PASSWORD


class Visitor:
    """Somebody with a cookie jar and no script."""

    def __init__(self, site):
        self.site, self.opener = site, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        with self.opener.open(self.site + path, timeout=30) as response:
            return response.read().decode()

    def send(self, path, form_id=None, **values):
        """Fill in the form of a page (the first one, unless it is named), send it, and return the page that answers."""
        html = self.get(path)
        which = {"form_id": form_id} if form_id else {"form_index": 0}
        data = querydict_from_html(html, exclude_csrf=False, **which).dict() | values
        with self.opener.open(self.site + path, urlencode(data).encode(), timeout=30) as response:
            return response.read().decode()

    def log_in(self, name):
        assert "/admin/logout/" in self.send("/admin/login/", username=name, password=PASSWORD)
        return self

    def string(self, msgid):
        """Return the address of the screen of a string."""
        page = BeautifulSoup(self.get(f"/admin/strings/?q={quote(msgid)}"), "html.parser")
        return next(link["href"] for link in page.select("td.title a") if link.get_text() == msgid)
