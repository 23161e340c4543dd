"""Forms of the admin in a browser: opened, settled, filled in, and a button pressed."""

import re

OTHER = {"nl": "fr", "fr": "nl"}
ACTIONS = "button.action-save, button[name^=action-], button[data-workflow-action-name]"
# Wagtail notices what is typed two seconds after it took hold of a form, and it takes hold of some forms twice.
COUNT = """
window.beginnings = 0;
document.addEventListener("w-unsaved:ready", () => { window.beginnings += 1; });
document.addEventListener("w-unsaved:watch-edits", () => { window.beginnings -= 1; });
"""
# When the last block of the body stands where it stays: one that was added slides into its place, away from under a press.
IN_PLACE = """() => !jQuery(":animated").length
    && jQuery("[data-contentpath=body] [data-streamfield-stream-container] > [data-streamfield-child]").last().is(":visible")"""
# When all that stands in the form is saved, and what is typed next will be noticed.
SETTLED = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error("The form did not save itself.")), 60000);
    const [unsaved, saving] = ["w-unsaved", "w-autosave"].map(name => () => window.wagtail?.app.queryController(name));
    const isSettled = () => window.beginnings <= 0 && unsaved()?.initialFormData
        && unsaved().formData === unsaved().initialFormData
        && !unsaved().hasEditsValue && !unsaved().forceValue && !saving().submitPromise;
    const look = () => (isSettled() ? done() : setTimeout(look, 50));
    look();
})"""


def open_page(page, site, heading):
    """Open the editor of the page with this heading by way of the admin's search."""
    page.goto(f"{site}/admin/pages/search/?q={heading}")
    page.get_by_role("link", name=heading).first.click()
    page.wait_for_selector("[data-contentpath=heading_nl] input")


def publish(page):
    page.locator(".footer__container [data-w-dropdown-target=toggle], .footer button[aria-expanded]").first.click()
    page.locator("button[name=action-publish]").first.click()
    page.wait_for_load_state()


def field(page, name, code):
    return page.locator(f"[data-contentpath={name}_{code}]").locator("input:not([type=hidden]), textarea").first


def column(page, name, code):
    return page.locator(f"[data-language={code}]:has([data-contentpath={name}_{code}])").first


def add_block(page, name):
    """Add a block after those of the body; return when it can be pressed."""
    page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    page.get_by_role("option").filter(has_text=re.compile(rf"^\s*{name}\s*$")).click()
    page.wait_for_function(IN_PLACE)


def save(page):
    page.locator(".footer button[type=submit]").first.click()
    page.wait_for_selector(".messages .success")
    page.wait_for_selector("[data-contentpath=heading_nl] input")


def new_page(page, site):
    """Open the form of a new page below the home page."""
    page.add_init_script(COUNT)
    open_page(page, site, "Enabel")
    links = page.locator("a[href*='/admin/pages/']").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    places = [int(match[1]) for link in links if (match := re.fullmatch(r"/admin/pages/(\d+)/", link))]
    page.goto(f"{site}/admin/pages/add/pages/standardpage/{min(place for place in places if place > 1)}/")
    page.wait_for_selector("[data-contentpath=heading_nl] input")


def open_form(page, site, heading):
    """Open the editor of a page; return when it notices what is typed, and has saved what its editors made of it."""
    page.add_init_script(COUNT)
    open_page(page, site, heading)
    page.evaluate(SETTLED)


def reload(page):
    page.reload()
    page.evaluate(SETTLED)


def press(page, name):
    """Press a button of the footer, which may stand in its menu; return when the answer is there."""
    page.wait_for_selector("body.ready")  # or the click that opens the menu is lost
    button = page.locator(ACTIONS).filter(has_text=re.compile(rf"^\s*{name}")).first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        button.click()


def frame_in(page, language):
    """Return the page in the preview's frame, once it is there in a language."""
    frame = page.frame_locator("#w-preview-iframe")
    frame.locator(f"html[lang={language}]").wait_for()
    return frame
