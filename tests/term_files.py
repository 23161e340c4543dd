"""Glossaries as files that others write, and the screen on which they are taken over."""

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.editor import messages_of

START = '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en">'
START += "<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader><text><body>"
BOMB = '<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
URL = "/admin/terms/"


def foreign(body):
    return f"{START}{body}</body></text></martif>".encode()


def entry(*languages, key="c1"):
    return f'<termEntry id="{key}">{"".join(languages)}</termEntry>'


def term(language, text, notes=""):
    return f'<langSet xml:lang="{language}"><tig><term>{text}</term>{notes}</tig></langSet>'


def export_of(client):
    """Return the glossary as somebody gets it as a file."""
    return client.get(reverse("export_terms")).getvalue().decode()


def look(client, data, name="termen.tbx"):
    """Bring a file in; return what is shown of it, parsed."""
    data = data if isinstance(data, bytes) else data.encode()
    return BeautifulSoup(client.post(URL, {"file": SimpleUploadedFile(name, data)}).content.decode(), "lxml")


def boxes(shown):
    return shown.select("[name=chosen]")


def values_ticked(shown):
    return [box["value"] for box in boxes(shown) if box.get("checked") is not None]


def post(client, shown, chosen=None):
    """Take over what is chosen on the screen, or what `chosen` names; return the answer."""
    values = values_ticked(shown) if chosen is None else chosen
    data = {"take": "chosen", "carried": shown.select_one("[name=carried]")["value"], "chosen": values}
    return client.post(URL, data, follow=True)


def take(client, shown, chosen=None):
    """Take over what is chosen on the screen, or what `chosen` names; return what the site says."""
    return messages_of(post(client, shown, chosen))
