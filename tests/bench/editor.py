"""What it costs to open the editor of a page, beside stock Wagtail with the same content, and how a long page feels."""

import uuid
from dataclasses import dataclass
from itertools import cycle
from statistics import median

from django.conf import settings
from django.urls import reverse
from wagtail.fields import StreamField

from languages.codes import LANGUAGES
from languages.units import units
from newsroom.models import LoadedItem
from pages.models import SitePage
from tests.bench import differences
from tests.bench.effort import BenchError
from tests.bench.report import ask, client_of, cost
from tests.bench.stock import OF, AsManyFields, OneLanguage
from tests.bench.table import NONE, align, whole
from tests.bench.visits import CHROMIUM, chromium

MOST_TIMES = 1.5  # of the queries of one language, and of the time of as many fields
MANY_TEXTS = 200
ROUNDS = 3
LONGEST, LONG = "longest page", f"page of {MANY_TEXTS} texts"
ONE, MANY = "stock, one language", "stock, as many fields"
HEADINGS = ["", "texts", "queries", "CPU ms", "ms in all", "HTML kB", "ready ms", "key ms", "saved ms"]
TYPED = " kort en klaar, zonder haast"
# From the beginning of the navigation until the browser has nothing left to do for the form.
READY = "() => new Promise(done => requestIdleCallback(() => done(performance.now())))"
# How long after a key the window shows what was typed.
LISTEN = """() => {
    window.keys = [];
    document.addEventListener("keydown", () => {
        const begin = performance.now();
        requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - begin)));
    }, true);
}"""


@dataclass(frozen=True, slots=True)
class Form:
    """A form to open: which page's, of which kind ("" is ours), where, with how many texts in which languages."""

    of: str
    kind: str
    path: str
    texts: int
    languages: tuple = LANGUAGES

    @property
    def name(self):
        return f"{self.of}, {self.kind}" if self.kind else self.of

    @property
    def field(self):
        """The field in which somebody types, as a selector."""
        name = "summary" if len(self.languages) == 1 else f"summary_{self.languages[0]}"
        return f"[data-contentpath={name}] textarea"


def measure(effort, site):
    """Return `(table, sentences)`; `site` is a context that serves the site to a browser, None where that cannot be."""
    client, forms = client_of(None), all_forms()
    served = rounds(client, forms, effort)
    felt = {}
    if site and CHROMIUM:
        with site as address, chromium() as browser:
            felt = {form: use_form(browser, client, address, form) for form in forms}
    rows = [HEADINGS]
    for form in forms:
        queries, cpu, wall, size = served[form]
        figures = [NONE if figure is None else f"{figure:,.0f}" for figure in felt.get(form, [None] * 3)]
        texts = f"{form.texts} x {len(form.languages)}"
        rows.append([form.name, texts, whole(queries), f"{cpu:.0f}", f"{wall:.0f}", f"{size / 1000:,.0f}", *figures])
    return align(rows), [
        *compare(served),
        *differences.sentences(MANY_TEXTS),
        *(f"- Over budget: {sentence}" for sentence in over_budget(served)),
    ]


def all_forms():
    """Make the pages to compare, and return their forms."""
    loaded = LoadedItem.objects.filter(key__startswith="pages/").exclude(key__contains="#").values("object_id")
    longest = max((page.specific for page in SitePage.objects.filter(pk__in=loaded)), key=number_of_texts)
    if type(longest) is not OF:
        raise BenchError(f"The longest page is a {type(longest).__name__} now: derive the stock models from that.")
    forms = []
    for name, page in ((LONGEST, longest), (LONG, grown(longest))):
        number = number_of_texts(page)
        forms.append(Form(name, "", reverse("wagtailadmin_pages:edit", args=[page.pk]), number))
        for model, kind, languages in ((OneLanguage, ONE, LANGUAGES[:1]), (AsManyFields, MANY, LANGUAGES)):
            stock = page.get_parent().add_child(instance=model.filled(page))
            stock.save_revision().publish()
            forms.append(Form(name, kind, reverse("stock_editor", args=[stock.pk]), number, languages))
    return forms


def number_of_texts(page):
    return len(list(units(page)))


def grown(page):
    """Return a page like `page` whose streams repeat what is in them until it has so many texts."""
    long = page.copy(update_attrs={f"url_slug_{code}": f"many-{code}" for code in LANGUAGES}, copy_revisions=False).specific
    streams = [field for field in long._meta.get_fields() if isinstance(field, StreamField) and getattr(long, field.name)]
    contents = {field: getattr(long, field.name).get_prep_value() for field in streams}
    sources = {field: cycle(list(items)) for field, items in contents.items()}
    for field in cycle(streams):
        if number_of_texts(long) >= MANY_TEXTS:
            break
        contents[field].append(anew(next(sources[field])))
        setattr(long, field.name, field.to_python(contents[field]))
    long.save_revision().publish(skip_permission_checks=True)
    return long


def anew(value):
    """Return a stored block once more, with ids of its own."""
    if isinstance(value, dict):
        return {name: str(uuid.uuid4()) if name == "id" and "value" in value else anew(part) for name, part in value.items()}
    return [anew(part) for part in value] if isinstance(value, list) else value


def rounds(client, forms, effort):
    """Return `{form: (queries, CPU milliseconds, milliseconds in all, bytes of HTML)}`, medians of several rounds."""
    costs = {form: [] for form in forms}
    for _ in range(effort.rounds):
        for form in forms:
            costs[form].append(cost(client, form.path, effort))
    return {
        form: (results[0][0], *(median(part) for part in list(zip(*results, strict=True))[1:]), len(ask(client, form.path)))
        for form, results in costs.items()
    }


def use_form(browser, client, address, form):
    """Return the milliseconds until a form is ready, until a key is seen, and until it has saved itself (None of stock)."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
        tab = context.new_page()
        time_opening(tab, address + form.path)  # which fills the cache with the admin's own files
        ready = median(time_opening(tab, address + form.path) for _ in range(ROUNDS))
        if form.kind:
            tab.route("**/edit/", lambda route: route.abort())  # stock pages are not saved: ours would be asked to
        tab.evaluate(LISTEN)
        tab.locator(form.field).first.click()
        if form.kind:
            type_(tab)
            return ready, median(tab.evaluate("keys")), None
        with tab.expect_response(lambda answer: answer.request.method == "POST" and form.path in answer.url) as answer:
            type_(tab)
        answer.value.finished()
        return ready, median(tab.evaluate("keys")), answer.value.request.timing["responseEnd"]


def time_opening(tab, address):
    """Open a form; return the milliseconds until it is ready."""
    answer = tab.goto(address)
    if answer.status != 200:
        raise BenchError(f"{address} is answered with {answer.status}.")
    return tab.evaluate(READY)


def type_(tab):
    tab.keyboard.press("End")
    tab.keyboard.type(TYPED, delay=60)


def pairs(served):
    """Yield `(name, ours, one language, as many fields)` for each page, each as `rounds` returns it."""
    for of in (LONGEST, LONG):
        yield of, *(next(served[form] for form in served if (form.of, form.kind) == (of, kind)) for kind in ("", ONE, MANY))


def compare(served):
    """Yield a sentence for each page on how ours stands to stock."""
    for of, ours, one, many in pairs(served):
        queries, cpu, wall = ours[0] / one[0], ours[1] / many[1], ours[2] / many[2]
        yield (
            f"- {of.capitalize()}: {queries:.2f} times the queries of one language, {cpu:.2f} times the CPU and "
            f"{wall:.2f} times the time of as many fields; at most {MOST_TIMES} are allowed."
        )


def over_budget(served):
    """Yield a sentence for each figure beyond its budget."""
    for of, ours, one, many in pairs(served):
        if ours[0] > MOST_TIMES * one[0]:
            yield f"{of}: {ours[0]} queries, and stock asks {one[0]} for one language."
        if ours[2] > MOST_TIMES * many[2]:
            yield f"{of}: {ours[2]:.0f} ms, and stock takes {many[2]:.0f} for as many fields."
