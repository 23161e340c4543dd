"""An editor through the whole life of a page, in a real browser: first in French, then in Dutch."""

import pytest
from playwright.sync_api import expect

from languages.codes import name_in
from tests.browser.forms import OTHER, SETTLED, column, field, new_page, open_page, publish, save

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


def write(page, code, heading):
    """Fill in what a page needs in one language."""
    field(page, "heading", code).fill(heading)
    field(page, "summary", code).fill(f"{heading}. Drie woorden hier.")
    page.get_by_role("tab").nth(1).click()
    field(page, "url_slug", code).fill(heading.lower())
    page.get_by_role("tab").first.click()


def marks(page, state):
    """Return the columns that carry a mark, as the names of their fields."""
    return page.locator(f"[data-mark={state}]").evaluate_all(
        "all => all.map(one => one.closest('[data-language]').querySelector('[data-contentpath]').dataset.contentpath)"
    )


@pytest.mark.parametrize(("account", "reader", "name"), [("publisher", "fr", "Vie"), ("admin", "nl", "Leven")])
def test_a_page_is_written_refused_translated_and_kept_in_step_word_by_word(account, reader, name, staff, site):
    page, first, second = staff(account), reader, OTHER[reader]
    new_page(page, site)
    write(page, first, f"{name}-{first}")
    save(page)
    assert {f"heading_{second}", f"summary_{second}", f"url_slug_{second}"} <= set(marks(page, "missing"))

    # Publishing is refused at the empty fields, and nothing typed is lost.
    publish(page)
    expect(column(page, "heading", second).locator(".w-field__errors, .error-message").first).to_be_visible()
    expect(field(page, "heading", first)).to_have_value(f"{name}-{first}")
    write(page, second, f"{name}-{second}")
    publish(page)
    page.wait_for_selector(".messages .success")

    # One word changes in the language that came first, and is done: exactly one text of the other is behind.
    open_page(page, site, f"{name}-{reader}")
    page.evaluate(SETTLED)
    assert marks(page, "missing") == marks(page, "behind") == []
    field(page, "summary", first).fill(f"{name}-{first}. Vier woorden hier.")
    field(page, "summary", first).press("Control+Enter")
    page.evaluate(SETTLED)
    expect(page.locator("[data-mark=behind]")).to_have_count(1)
    assert marks(page, "behind") == [f"summary_{second}"]
    note = column(page, "summary", second).locator("details[data-note]")
    note.locator("summary").click()
    expect(note.locator("del")).to_have_text("Drie")
    expect(note.locator("ins")).to_have_text("Vier")

    # Without a word about it, it is not published; marked as still correct, it is.
    publish(page)
    expect(page.locator("[name=publishing_reason]")).to_be_visible()
    expect(page.locator("[data-contentpath=publishing_reason]").first).to_contain_text(name_in(second, reader))
    note = column(page, "summary", second).locator("details[data-note]")
    note.locator("summary").click()
    note.locator("[data-confirm]").click()
    publish(page)
    page.wait_for_selector(".messages .success")
    open_page(page, site, f"{name}-{reader}")
    page.evaluate(SETTLED)
    assert marks(page, "behind") == []
    page.goto(f"{site}/{first}/{name.lower()}-{first}/")
    expect(page.locator("main")).to_contain_text("Vier woorden")
