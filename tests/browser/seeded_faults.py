"""Faults of accessibility, one of each kind: how each is put into a sound page, and which check finds it in which words."""

from dataclasses import dataclass


def style(rules):
    """Return a script that adds rules to the page."""
    return f"document.head.append(Object.assign(document.createElement('style'), {{textContent: `{rules}`}}))"


def html(text, into="main .column"):
    """Return a script that adds elements to the end of a part of the page."""
    return f"document.querySelector('{into}').insertAdjacentHTML('beforeend', `{text}`)"


def attribute(selector, name, value=""):
    """Return a script that sets an attribute of what the selector finds first, or takes it away where it is None."""
    change = f"removeAttribute('{name}')" if value is None else f"setAttribute('{name}', `{value}`)"
    return f"document.querySelector('{selector}').{change}"


@dataclass(frozen=True)
class Fault:
    """A script that spoils the page `key` in Dutch, the name of the check that finds it, and a part of what that says."""

    check: str
    spoil: str
    says: str
    colours: str = "light"
    width: int = 1280
    key: str = "eures"


SENTENCE = "Nous cherchons une solution avec vous dans les six mois qui suivent votre inscription."
LINK = '<a href="/nl/">Naar de startpagina</a>'
WORDS = "Woorden die iets zeggen over wat hier staat, en dat in een hele zin doen"

FAULTS = {
    # Texts and alternatives to them
    "picture without a text": Fault("axe", html('<img src="/static/img/icon.svg">'), "image-alt"),
    "picture with a file name for a text": Fault(
        "practices", html('<img src="/static/img/icon.svg" alt="IMG_2041.jpg">'), "a file name"
    ),
    "button with a picture without a text": Fault(
        "axe", html('<input type="image" src="/static/img/icon.svg">'), "input-image-alt"
    ),
    "drawing without a name": Fault(
        "axe", html('<svg role="img" width="40" height="40"><path d="M0 0h40v40"/></svg>'), "svg-img-alt"
    ),
    "frame without a name": Fault("axe", html('<iframe src="about:blank"></iframe>'), "frame-title"),
    "film without captions": Fault("axe", html('<video controls src="/static/film.mp4"></video>'), "video-caption"),
    "information in a style sheet": Fault(
        "practices", style(".lead::after { content: 'Nieuw: nu ook in Malta' }"), "the style sheet says"
    ),
    # Structure
    "level of heading left out": Fault("axe", html("<h5>Diep</h5>"), "heading-order"),
    "empty heading": Fault("axe", html("<h2></h2>"), "empty-heading"),
    "heading by its looks": Fault(
        "practices", html(f'<p style="font-size: 28px; font-weight: 700">Kop</p><p>{WORDS}.</p>'), "a heading by its looks"
    ),
    "list by its looks": Fault("practices", html("<p>- Een</p><p>- Twee</p><p>- Drie</p>"), "a list by its looks"),
    "list with something else in it": Fault("axe", html("<ul><p>Geen punt</p></ul>"), "list:"),
    "list of descriptions with something else in it": Fault("axe", html("<dl><span>Los</span></dl>"), "definition-list"),
    "table without headers": Fault(
        "practices", html("<table aria-label='T'><tr><td>1</td><td>2</td></tr></table>"), "a table without headers"
    ),
    "table without a name": Fault(
        "practices", html("<table><tr><th scope=col>A</th></tr><tr><td>1</td></tr></table>"), "a table without a name"
    ),
    "cell with a header that does not exist": Fault(
        "axe",
        html('<table aria-label="T"><tr><th id="a1">A</th></tr><tr><td headers="b9">1</td></tr></table>'),
        "td-headers-attr",
    ),
    "two main parts": Fault("axe", html("<main>Nog een</main>", "body"), "landmark-no-duplicate-main"),
    "text outside of all landmarks": Fault("axe", html(f"<p>{WORDS}.</p>", "body"), "region"),
    "choices without a group": Fault(
        "practices",
        html('<form><label><input type="radio" name="r"> Ja</label><label><input type="radio" name="r"> Nee</label></form>'),
        "choices without a group",
    ),
    "stray element that a script adds": Fault(
        "markup", "document.querySelector('main').append(document.createElement('li'))", "li"
    ),
    "opening that reader modes drop": Fault(
        "reader", "document.querySelector('.opening').append(...document.querySelectorAll('.lead, .audience'))", "EURES"
    ),
    # Names, roles, states
    "link without a name": Fault("axe", html('<a href="/nl/"></a>'), "link-name"),
    "button without a name": Fault("axe", html("<button></button>"), "button-name"),
    "field without a name": Fault("axe", html("<input>"), "label:"),
    "placeholder for a label": Fault(
        "practices", html('<input placeholder="Je naam" aria-label="Je naam">'), "a placeholder for a label"
    ),
    "name that leaves out what is seen": Fault(
        "axe", html('<button aria-label="Verstuur">Zoeken maar</button>'), "label-content-name-mismatch"
    ),
    "attribute that ARIA does not know": Fault("axe", html('<p aria-lable="x">Tekst</p>'), "aria-valid-attr:"),
    "value that ARIA does not know": Fault(
        "axe", html('<button aria-expanded="misschien">Open</button>'), "aria-valid-attr-value"
    ),
    "role that does not exist": Fault("axe", html('<div role="knob">Draai</div>'), "aria-roles"),
    "role that the element may not have": Fault(
        "ibm",
        html('<input type="search" role="combobox" aria-expanded="false" aria-controls="main" aria-label="Zoek">'),
        "aria_role_valid",
    ),
    "role without the state it needs": Fault("axe", html('<div role="checkbox" tabindex="0">Ja</div>'), "aria-required-attr"),
    "part of a widget without the widget": Fault(
        "axe", html('<div role="option" tabindex="0">Een</div>'), "aria-required-parent"
    ),
    "state that the role does not have": Fault("axe", html('<h2 aria-checked="true">Kop</h2>'), "aria-allowed-attr"),
    "hidden part that takes the focus": Fault("axe", html(f'<div aria-hidden="true">{LINK}</div>'), "aria-hidden-focus"),
    "control within a control": Fault("axe", html(f"<button>Open {LINK}</button>"), "nested-interactive"),
    "one id twice, and referred to": Fault(
        "axe", html('<p id="d">A</p><p id="d">B</p><input aria-labelledby="d">'), "duplicate-id-aria"
    ),
    "reference to an id that does not exist": Fault(
        "practices", html('<input aria-label="Naam" aria-describedby="nergens">'), "aria-describedby names no element"
    ),
    "error without its message": Fault(
        "practices", html('<label>Naam <input aria-invalid="true"></label>'), "an error without its message"
    ),
    "purpose of a field misspelt": Fault("axe", html('<label>Naam <input autocomplete="naam"></label>'), "autocomplete-valid"),
    # Finding one's way
    "page without a title": Fault("axe", "document.title = ''", "document-title"),
    "title of another page": Fault("titles", "document.title = 'WAPES – Actiris'", "also the title of"),
    "link to no part of the page": Fault("practices", html('<a href="#nergens">Naar het einde</a>'), "a link to no part"),
    "link that says nothing": Fault(
        "practices", html(f'<p>{WORDS}. <a href="/nl/contact/">Lees meer</a></p>'), "a link that says nothing"
    ),
    "links of one name to different pages": Fault(
        "practices",
        html('<a href="/nl/a/">Het verslag</a> <a href="/nl/b/">Het verslag</a>'),
        "a link with the name of another",
    ),
    "link that opens a window": Fault(
        "practices", html('<a href="/nl/" target="_blank">Startpagina in beeld</a>'), "a link that opens a window"
    ),
    "current page that is not marked": Fault(
        "practices", attribute(".menu [aria-current]", "aria-current", None), "the current page is not marked", key="networks"
    ),
    # Languages
    "page without a language": Fault("axe", attribute("html", "lang", None), "html-has-lang"),
    "part in a language that does not exist": Fault("axe", html(f'<p lang="nederlands">{WORDS}.</p>'), "valid-lang"),
    "part in another language than it says": Fault("language", html(f"<p>{SENTENCE}</p>"), SENTENCE),
    "link to another language that does not say so": Fault(
        "document", html('<a href="https://example.org/en/">Een site</a>'), "no hreflang"
    ),
    # Colours
    "low contrast": Fault("axe", style(".lead { color: #aaa !important }"), "color-contrast"),
    "low contrast in the dark only": Fault(
        "axe", style("@media (prefers-color-scheme: dark) { .lead { color: #333 !important } }"), "color-contrast", "dark"
    ),
    "low contrast in forced colours only": Fault(
        "axe",
        style("@media (forced-colors: active) { h1 { forced-color-adjust: none; color: #222 } }"),
        "color-contrast",
        "forced",
    ),
    "low contrast on a gradient": Fault(
        "axe", style(".lead { color: #777; background: linear-gradient(#fff, #666) }"), "with what is behind it"
    ),
    "low contrast under the pointer": Fault("hover", style("main a:hover { color: #aaa !important }"), "color-contrast"),
    "edge of a field that nobody sees": Fault(
        "edges", style("#q { border-color: #ddd !important }"), "the edge of", key="search"
    ),
    "link told from its text by its colour alone": Fault(
        "axe",
        html(f'<p>{WORDS} <a href="/nl/" style="text-decoration: none; color: #1f3a34">en dit</a>, {WORDS}.</p>'),
        "link-in-text-block",
    ),
    # Text that readers set to their own needs
    "page that cannot be enlarged": Fault(
        "axe", attribute("meta[name=viewport]", "content", "width=device-width, user-scalable=no"), "meta-viewport"
    ),
    "text that does not grow": Fault("stiff", style(".lead { font-size: 18px !important }"), "pixels only"),
    "page that scrolls in two directions": Fault("texts", style("main { min-width: 300px }"), "300 pixels wide", width=256),
    "text that wide spacing cuts off": Fault(
        "spaced",
        "(({style, offsetHeight: height}) => Object.assign(style, {overflow: 'hidden', height: `${height}px`}))"
        "(document.querySelector('.lead'))",
        "is cut off",
        width=320,
    ),
    "movement that a reader does not want": Fault("motion", style("h1 { transition: color 1s !important }"), "moves"),
    "text set to both margins": Fault("practices", style("main p { text-align: justify }"), "text set to both margins"),
    # Keyboard, pointer, and what happens by itself
    "something of another kind as a button": Fault(
        "practices", html('<div style="cursor: pointer">Open</div>'), "a control that no keyboard reaches"
    ),
    "control that the keyboard misses": Fault(
        "stops", "document.querySelector('.next-step a').tabIndex = -1", "does not lead to it"
    ),
    "focus that nobody sees": Fault("stops", style(":focus-visible { outline: none !important }"), "nothing shows"),
    "mark of the focus with too little contrast": Fault(
        "stops", style(":focus-visible { outline-color: #eee !important }"), "contrast of"
    ),
    "focus that something covers": Fault(
        "stops", html('<p style="position: fixed; inset: 0 0 40% 0; background: grey">Boven alles</p>', "body"), "covered by"
    ),
    "order of the keyboard against that of the eye": Fault(
        "stops", style(".languages ul { flex-direction: row-reverse }"), "stands before"
    ),
    "focus that goes where nobody sent it": Fault(
        "practices", html("<label>Naam <input autofocus></label>"), "takes the focus by itself"
    ),
    "focus that opens a window": Fault(
        "acting", "document.querySelector('.next-step a').addEventListener('focus', () => open('/nl/'))", "opens a window"
    ),
    "focus that cannot be kept": Fault(
        "acting",
        "document.querySelector('main a').addEventListener('focus', ({target}) => target.blur())",
        "does not keep the focus",
    ),
    "choice that leads to another page": Fault(
        "acting",
        "document.querySelector('#section').addEventListener('change', () => location.assign('/nl/'))",
        "leads to another page",
        key="search",
    ),
    "target that is too small": Fault(
        "targets", html('<ul><li><a href="/nl/" style="padding: 0; font-size: 12px">het</a></li></ul>'), "and 24 are wanted"
    ),
    "page that leaves by itself": Fault(
        "axe",
        "document.head.insertAdjacentHTML('beforeend', '<meta http-equiv=refresh content=\"900; url=/nl/\">')",
        "meta-refresh",
    ),
    "key of its own": Fault("practices", attribute("main a", "accesskey", "s"), "a key of its own"),
}

# What no check of ours finds, and why: each asks somebody who reads and understands the page.
NOT_FOUND = {
    "text of a picture that tells something else": "whether words describe a picture, only a person sees",
    "link that promises something else than it leads to": "its words are good words, and its target exists",
    "instruction by place or colour": "“the green button on the right” is a sentence like any other",
    "reading order that makes no sense": "a wrong order is well-formed; only that of the Tab key is compared with the eye's",
    "error that does not say how to mend it": "there is a message at its field, and a person must judge its words",
    "film whose sound describes nothing of what is seen": "the engine says that a film wants looking at, and no more",
    "time limit that gives no warning": "a page does not tell when its server will have had enough",
}
