"""The scenes of the pictures: who opens which screen, what they do there, and what of it is shown.

Each function is named after its picture and is given a `Stage`; it returns what the picture frames. They find things by what
does not depend on the language of the admin.
"""

from dataclasses import dataclass

from tests.browser.forms import COUNT, SETTLED, field

SCENES = {}
WORD = {"nl": "garantie", "fr": "garantie", "en": "guarantee"}
TYPED = {"nl": " Ook voor werkgevers.", "fr": " Aussi pour les employeurs.", "en": " For employers too."}


@dataclass(frozen=True, slots=True)
class Stage:
    """A browser in which somebody is logged in, the site's address, and the language of the admin."""

    page: object
    site: str
    language: str

    def open(self, path):
        self.page.goto(self.site + path)
        self.page.wait_for_selector("body.ready")
        return self.page

    def open_form(self, heading):
        """Open the form of the page whose heading in the language of the admin holds some words."""
        self.page.add_init_script(COUNT)
        self.open(f"/admin/search/?q={heading}")
        self.page.locator("#area-pages ~ ul a").first.click()
        self.page.wait_for_selector("[data-contentpath=heading_nl] input")
        self.page.evaluate(SETTLED)
        return self.page

    def find(self, selector, number=0):
        """Return what a selector finds, scrolled into sight."""
        found = self.page.locator(selector).nth(number)
        found.scroll_into_view_if_needed()
        return found


def scene(role):
    """Register a scene in which somebody of a role acts."""

    def register(function):
        SCENES[function.__name__.replace("_", "-")] = (role, function)
        return function

    return register


@scene("editor")
def account(stage):
    stage.open("/admin/account/")
    return stage.find(".w-panel:has([name=locale-preferred_language])")


@scene("publisher")
def search(stage):
    stage.open(f"/admin/search/?q={WORD[stage.language]}")
    return stage.find("main .nice-padding")


@scene("editor")
def pages(stage):
    stage.open("/admin/pages/")
    return stage.find("table.listing")


def summary_of(stage):
    """Return the panel of the summary, with all its languages."""
    return stage.find(".translated:has([data-contentpath=summary_nl])")


def type_in_the_summary(stage):
    text = field(stage.page, "summary", stage.language)
    text.press("Control+End")
    stage.page.keyboard.type(TYPED[stage.language])
    stage.page.locator("[data-mark=open]").first.wait_for()


@scene("editor")
def text(stage):
    stage.open_form("Socieux")
    type_in_the_summary(stage)
    return summary_of(stage)


@scene("translator")
def open_text(stage):
    stage.open_form("Enabel")
    type_in_the_summary(stage)
    return summary_of(stage)


@scene("translator")
def behind(stage):
    stage.open_form({"nl": "PES", "fr": "EURES", "en": "EURES"}[stage.language])
    note = stage.find(f"[data-language={stage.language}]:has([data-contentpath=summary_{stage.language}]) [data-note] summary")
    note.click()
    return summary_of(stage)


@scene("editor")
def blocks(stage):
    page = stage.open_form("Socieux")
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    return stage.find("[role=listbox]")


@scene("editor")
def picture(stage):
    stage.open("/admin/images/")
    stage.page.locator("main a[href*='/admin/images/']").filter(has=stage.page.locator("img")).first.click()
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("editor")
def document(stage):
    stage.open("/admin/documents/")
    stage.page.locator("main td.title a").first.click()
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("editor")
def figure(stage):
    stage.open_form("Socieux")
    stage.find("[data-contentpath=reach] [data-contentpath=value]").evaluate(
        "field => field.scrollIntoView({ block: 'center' })"
    )
    return stage.page.locator("[data-contentpath=reach]")


@scene("editor")
def term(stage):
    stage.open("/admin/snippets/directory/glossaryterm/")
    stage.page.locator("main td.title a").first.click()
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("editor")
def preview(stage):
    page = stage.open_form("Enabel")
    page.locator("[data-side-panel-toggle=preview]").click()
    page.frame_locator("#w-preview-iframe").locator(f"html[lang={stage.language}] h1").wait_for()
    return stage.find("main")


@scene("translator")
def languages(stage):
    stage.open("/admin/reports/languages/")
    return stage.find("table.listing")


@scene("publisher")
def string(stage):
    stage.open("/admin/strings/?q=Still+correct")
    stage.page.locator("td.title a").first.click()
    stage.page.wait_for_selector(".string-languages")
    return stage.find("main form[method=post i]:has(.w-field)")


def open_actions(stage, heading):
    """Open the menu at the foot of a page's form, and return it with its button."""
    page = stage.open_form(heading)
    page.wait_for_selector("body.ready")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    menu = page.locator("footer .w-dropdown__content")
    menu.wait_for()
    return menu


@scene("editor")
def ask(stage):
    page = stage.open_form("EURES")
    stage.open(page.locator("a[href*='/translation-requests/ask/']").first.get_attribute("href"))
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("translator")
def submit(stage):
    return open_actions(stage, "EURES")


@scene("administrator")
def approve(stage):
    return open_actions(stage, "WAPES")


@scene("publisher")
def publish(stage):
    return open_actions(stage, "EURES")


@scene("publisher")
def history(stage):
    page = stage.open_form("EURES")
    stage.open(page.url.removeprefix(stage.site).replace("/edit/", "/history/"))
    return stage.find("table.listing")


@scene("editor")
def share(stage):
    page = stage.open_form("Enabel")
    stage.open(page.url.removeprefix(stage.site).split("/pages/")[0] + f"/shared-drafts/of/{page.url.split('/')[-3]}/")
    return stage.find("form.staff-notes-form")


@scene("publisher")
def notice(stage):
    stage.open("/admin/snippets/notices/notice/add/")
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("editor")
def messages(stage):
    stage.open("/admin/messages/")
    return stage.find("table.listing")


@scene("editor")
def synonyms(stage):
    stage.open("/admin/snippets/search/synonym/")
    stage.page.locator("main td.title a").first.click()
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("publisher")
def redirects(stage):
    stage.open("/admin/redirects/")
    return stage.find("table.listing")


@scene("administrator")
def roles(stage):
    stage.open("/admin/users/new/")
    stage.page.get_by_role("tab").nth(1).click()
    return stage.find("main form[method=post i]:has(.w-field)")


@scene("administrator")
def workflow(stage):
    stage.open("/admin/workflows/list/")
    stage.page.locator("main td.title a").first.click()
    return stage.find("main form[method=post i] section:has([name$=-task])")


@scene("publisher")
def gaps(stage):
    stage.open("/admin/reports/staff-notes/")
    return stage.find("#listing-results")
