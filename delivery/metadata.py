"""What a page says of itself to those who list, share or quote it: title, description, picture, in one language."""

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from languages.units import field_texts, shown_text
from pages import pictures

MAX_DESCRIPTION_LENGTH = 160  # characters
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
CARD = ("img/card.png", 1200, 630)
MIN_PICTURE_WIDTH = 600  # of width: a narrower picture is shown as a stamp beside the text, where the card does better
LINE_ENDS = re.compile(r"[ \t\r\n]+")
LOOSE_END = re.compile(r"[\s,;:–-]+\Z")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to show beside a link: its absolute address, size in pixels, and alternative text."""

    url: str
    width: int
    height: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands in the head of a page. `url` is None where nobody can share it: on an error page, or on a draft."""

    title: str
    name: str
    site_name: str
    description: str = ""
    url: str | None = None
    kind: str = "article"
    locale: str = ""
    other_locales: list = field(default_factory=list)
    picture: Picture | None = None


def metadata(page, site, navigation, title=""):
    """Return the metadata of `page` in the language of `navigation`; of an error page, which is none, from its `title`."""
    language = navigation.language
    site_name = shown_text(site, "site_name", language).text
    organisation = shown_text(site, "organisation_name", language).text
    if page is None:
        return Metadata(join_title(title, organisation), title, site_name)
    name = with_part(own_text(page, "meta_title", language) or shown_text(page, "heading", language).text, navigation)
    return Metadata(
        title=name if organisation in name else join_title(name, organisation),
        name=name,
        site_name=site_name,
        description=description_of(page, language),
        url=navigation.canonical,
        kind="website" if page.is_home else "article",
        locale=LOCALES[language],
        other_locales=[LOCALES[code] for code in navigation.alternates if code != language],
        picture=picture_of(page, language) or card_picture(site, language, page),
    )


def join_title(name, organisation):
    """Return the title of a page: its own name and whose page it is, which a tab and a list of results have room for."""
    return " – ".join(part for part in (name, organisation) if part)


def with_part(name, navigation):
    """Return the name of a page and, from the second part of a list on, which part it is: "Our mandates – page 2 of 5"."""
    part = navigation.part
    if part is None or part.number == 1:
        return name
    words = _("page %(number)s of %(pages)s") % {"number": part.number, "pages": part.totals[navigation.language]}
    return f"{name} – {words}"


def own_text(instance, name, language):
    """Return a text in this very language: what describes a page to machines must not fall back to another."""
    return field_texts(instance, name)[language].strip()


def description_of(page, language):
    """Return the description of a page in this language: its own, else its summary made to fit, else ""."""
    return own_text(page, "meta_description", language) or shorten(own_text(page, "summary", language))


def shorten(text, longest=MAX_DESCRIPTION_LENGTH):
    """Return `text` cut after the last whole sentence that fits, or, where not even one does, after a word."""
    text = LINE_ENDS.sub(" ", text)
    if len(text) <= longest:
        return text
    beginning = ""
    for sentence in SENTENCES.split(text):
        if len(f"{beginning} {sentence}".strip()) > longest:
            break
        beginning = f"{beginning} {sentence}".strip()
    return beginning or LOOSE_END.sub("", text[: longest - 1].rpartition(" ")[0]) + "…"


def picture_of(page, language):
    """Return the photograph of a page, or the first picture in its body, that is large enough; None where there is none."""
    photograph = shareable_picture(page.photograph, language)
    if photograph:
        return photograph
    for block in getattr(page, "body", None) or ():
        if block.block_type != "picture" or (block.value["only_in"] and language not in block.value["only_in"]):
            continue
        if not block.value["decorative"]:
            own = block.value["alternative"].for_reader(language).text
            if picture := shareable_picture(block.value["image"], language, own):
                return picture
    return None


def shareable_picture(image, language, alternative=""):
    """Return the largest JPEG of an image as a `Picture`, None where there is none or where it is too small."""
    renditions = pictures.renditions_by_format(image).get("jpeg") if image else None
    if not renditions or renditions[-1].width < MIN_PICTURE_WIDTH:
        return None
    alternative = alternative or shown_text(image, "alternative", language).text
    return Picture(urljoin(settings.SITE_URL, renditions[-1].url), renditions[-1].width, renditions[-1].height, alternative)


def card_picture(site, language, page=None):
    """Return the card with the illustration of a page, or the site's own; it shows the name of the organisation as well."""
    path, width, height = CARD
    template = page.illustration_template if page else None
    if template:
        path = f"img/cards/{PurePath(template).stem}.png"
    name = shown_text(site, "organisation_name", language).text
    words = _("%(name)s, beside a drawing") if template else _("%(name)s, beside three rings that meet")
    return Picture(urljoin(settings.SITE_URL, static(path)), width, height, words % {"name": name} if name else "")
