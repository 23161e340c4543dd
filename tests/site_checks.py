"""What must hold for every public page, as pure functions over its HTML: each returns the faults it finds, in words."""

import json
import re
from functools import cache
from itertools import pairwise

from bs4 import BeautifulSoup, NavigableString
from django.conf import settings

from deploy import catalogues
from languages.codes import LANGUAGES
from languages.link_language import language_of_url
from tests.language_checks import declared_language

SITE = settings.SITE_URL
# Which terms a text uses, and under which letters terms stand, differs from language to language by nature.
OWN_TO_EACH_LANGUAGE = "a.term, .explanations, .letters, h2.letter"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|%[sd]|\{\w*\}")
MAX_DESCRIPTION_LENGTH = 160
MAX_TITLE_LENGTH = 75
MAX_QUERIES = 5
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
IN_LANGUAGE = "locale/{}/LC_MESSAGES/django.po"


def faults(response, path, language):
    """Return all faults of a rendered page that was asked for at `path` in `language`."""
    html = BeautifulSoup(response.content.decode(), "html.parser")
    return [
        *status_faults(response),
        *document_faults(html, language),
        *language_faults(html, language),
        *link_faults(html, path),
        *head_faults(html, language),
        *(found_faults(html, path, language) if is_to_be_found(html) else ()),
        *privacy_faults(html, response),
        *interface_faults(html, language),
    ]


def status_faults(response):
    if response.status_code != 200:
        yield f"status {response.status_code}"


def document_faults(html, language):
    """What holds for a document wherever it stands, as a browser has it now or as it was sent."""
    yield from outline_faults(html)
    yield from foreign_faults(html, language)


def foreign_faults(html, language):
    """Links whose address names another language say so, unless their own words are in it; in drawings none can say it."""
    for link in html.select("a[href]:not(svg a)"):
        there = language_of_url(link["href"])
        if there and there not in (language, link.get("hreflang"), declared_language(link)):
            yield f"no hreflang on the link to {link['href']}"


def alike(titles):
    """Return the titles, by place, that belong to two pages of one language, a line a finding."""
    seen, pairs = {}, []
    for (key, language), title in titles.items():
        other = seen.setdefault((language, title), key)
        if other != key:
            pairs.append(f"“{title}” of {key} is also the title of {other} ({language})")
    return pairs


def outline_faults(html):
    """One h1, one main, no level left out, no id twice."""
    if len(html.find_all("h1")) != 1:
        yield f"{len(html.find_all('h1'))} h1"
    if len(html.find_all("main")) != 1:
        yield f"{len(html.find_all('main'))} main"
    levels = [int(tag.name[1]) for tag in html.find_all(re.compile("^h[1-6]$"))]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"h{below} after h{above}"
    ids = [tag["id"] for tag in html.find_all(id=True)]
    yield from (f"id {name} twice" for name in set(ids) if ids.count(name) > 1)


def language_faults(html, language):
    """The document's language, and its skip link first."""
    if html.html.get("lang") != language:
        yield f"lang is {html.html.get('lang')}, not {language}"
    first = html.body.find("a")
    if first is None or not first.get("href", "").startswith("#"):
        yield "the first link is no skip link"


def alternates(html):
    """Return the `hreflang` links of a page: language -> address."""
    return {link["hreflang"]: link["href"] for link in html.find_all("link", rel="alternate", hreflang=True)}


def link_faults(html, path):
    """Canonical to itself, all languages among the alternates, this page included, and a neutral x-default."""
    canonical = html.find("link", rel="canonical")
    if canonical is None or canonical["href"] != SITE + path:
        yield f"canonical is {canonical and canonical['href']}"
    links = alternates(html)
    if SITE + path not in links.values():
        yield "hreflang does not name the page itself"
    if "x-default" not in links:
        yield "no x-default"
    elif links["x-default"] in {address for code, address in links.items() if code != "x-default"}:
        yield "x-default prefers a language"


def head_faults(html, language):
    """One title, the feed of the page's language, icons, and the manifest; no page both hidden and canonical."""
    titles = html.head.find_all("title")
    if len(titles) != 1 or not titles[0].text.strip():
        yield f"{len(titles)} titles"
    yield from (f"a title of {len(title.text)} characters" for title in titles if len(title.text) > MAX_TITLE_LENGTH)
    if not is_to_be_found(html) and html.find("link", rel="canonical"):
        yield "hidden from search engines"
    feeds = [link["href"] for link in html.find_all("link", rel="alternate", type="application/atom+xml")]
    if feeds != [f"/{language}/feed/"]:
        yield "no feed in the language of the page"
    if [link["href"] for link in html.find_all("link", rel="manifest")] != [f"/{language}/manifest.webmanifest"]:
        yield "no manifest in the language of the page"
    if not html.find("link", rel="apple-touch-icon"):
        yield "no icon for telephones"
    colours = html.find_all("meta", attrs={"name": "theme-color"})
    if len(colours) != 2:
        yield f"{len(colours)} theme colours"


def is_to_be_found(html):
    """Say whether search engines may list a page; error pages and forms they may not."""
    return not html.find("meta", attrs={"name": "robots", "content": re.compile("^noindex")})


def found_faults(html, path, language):
    """What a page needs to be found and quoted: a description that fits, Open Graph and JSON-LD."""
    description = html.find("meta", attrs={"name": "description"})
    if not description or not 0 < len(description["content"]) <= MAX_DESCRIPTION_LENGTH:
        yield f"description is {description and len(description['content'])} characters long"
    yield from sharing_faults(html, path, language)
    yield from linked_data_faults(html, path, language)


def sharing_faults(html, path, language):
    """Open Graph: this page, in this language, with a picture, and the languages in which it exists besides."""

    def said(name):
        return [tag["content"] for tag in html.find_all("meta", property=f"og:{name}")]

    if said("locale") != [LOCALES[language]]:
        yield f"og:locale is {', '.join(said('locale'))}"
    others = {LOCALES[code] for code in alternates(html) if code not in ("x-default", language, "zz")}
    if set(said("locale:alternate")) != others:
        yield f"og:locale:alternate is {', '.join(said('locale:alternate'))}"
    if said("url") != [SITE + path]:
        yield f"og:url is {', '.join(said('url'))}"
    for name in ("title", "description", "type", "site_name", "image:alt"):
        if len(said(name)) != 1 or not said(name)[0].strip():
            yield f"og:{name} is {', '.join(said(name))}"
    pictures = said("image")
    if len(pictures) != 1 or not pictures[0].startswith(SITE):
        yield f"og:image is {', '.join(pictures)}"
    if not all(value.isdigit() for name in ("image:width", "image:height") for value in said(name) or [""]):
        yield "og:image has no size"


def linked_data(html):
    """Return the JSON-LD of a page; raises ValueError where it is none."""
    return json.loads(html.find("script", type="application/ld+json").string)


def linked_data_faults(html, path, language):
    """One block of JSON-LD, which describes this page in its language."""
    blocks = html.find_all("script", type="application/ld+json")
    if len(blocks) != 1:
        yield f"JSON-LD: {len(blocks)} blocks"
        return
    try:
        things = linked_data(html)["@graph"]
    except ValueError:
        yield "JSON-LD is no JSON"
        return
    if not any(thing.get("url") == SITE + path and thing.get("inLanguage") == language for thing in things):
        yield f"JSON-LD is of no page in {language} at this address"


def privacy_faults(html, response):
    """No cookie, nothing from elsewhere, no inline script or style but data, headers that keep it so."""
    if response.cookies:
        yield f"cookie {list(response.cookies)}"
    if "Cookie" in response.get("Vary", ""):
        yield "varies by cookie"
    for tag in html.find_all("script"):
        if not tag.get("src") and tag.get("type") != "application/ld+json":
            yield "inline script"
    if html.find("style") or html.find(style=True):
        yield "inline style"
    for tag in html.find_all(True):
        yield from (f"inline {name}" for name in tag.attrs if name.startswith("on"))
    for tag, name in (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "srcset"), ("form", "action")):
        for element in html.find_all(tag, **{name: True}):
            if re.match(r"(https?:)?//", element[name]) and not element[name].startswith(SITE):
                yield f"{tag} from elsewhere"
    if "'unsafe-inline'" in response.get("Content-Security-Policy", "'unsafe-inline'"):
        yield "no strict content security policy"
    if "s-maxage=1" not in response.get("Cache-Control", ""):
        yield "not for a shared cache"


@cache
def catalogue(language):
    """Return the interface's strings of a language: message id -> text."""
    entries = catalogues.messages(catalogues.read(settings.BASE_DIR / IN_LANGUAGE.format(language)))
    return {
        catalogues.forms(entry.id)[0]: texts
        for entry in entries
        if (texts := [text for text in catalogues.forms(entry.string) if text])
    }


def interface_faults(html, language):
    """Texts that are, as they stand, an interface string of another language and not of this one."""
    for text in interface_texts(html, language):
        if code := other_language_of(text, language):
            yield f"“{text}” is {code} on a page in {language}"


@cache
def other_language_of(text, language):
    """Return the language of which a text is an interface string, if it is none of `language`; the same are on many pages."""
    plain, patterns = strings_of_others(language)
    return plain.get(text) or next((code for regex, code in patterns if regex.fullmatch(text)), None)


@cache
def strings_of_others(language):
    """Return the interface's strings that only other languages have: {text: code}, and [(pattern, code)] with placeholders."""
    own = {text for texts in catalogue(language).values() for text in texts}
    others = {
        (code, text)
        for code in LANGUAGES
        if code != language
        for texts in catalogue(code).values()
        for text in texts
        if text not in own
    }
    plain = {text: code for code, text in others if not PLACEHOLDER.search(text)}
    # A pattern must hold words of its own: "%(a)s – %(b)s" is in no language, and "%(a)s is %(b)s" in several.
    patterns = [
        (pattern(text), code)
        for code, text in others
        if PLACEHOLDER.search(text) and sum(map(str.isalpha, PLACEHOLDER.sub("", text))) > 4
    ]
    return plain, patterns


def pattern(text):
    """Return a regular expression for a message with placeholders."""
    return re.compile(".+".join(re.escape(part) for part in re.split(PLACEHOLDER.pattern.replace(r"(\w+)", r"\w+"), text)))


def interface_texts(html, language):
    """Yield the texts and labels of a page that are said to be in its own language."""
    for node in html.body.descendants:
        if isinstance(node, NavigableString) and node.strip() and speaks(node.parent, language):
            yield " ".join(node.split())
    for tag in html.find_all(True):
        for name in ("aria-label", "title", "alt", "placeholder"):
            if tag.get(name) and speaks(tag, language):
                yield " ".join(tag[name].split())


def speaks(tag, language):
    """Say whether the nearest `lang` above a text is the page's own."""
    holder = tag if tag.get("lang") else tag.find_parent(lang=True)
    return holder is None or holder["lang"] == language
