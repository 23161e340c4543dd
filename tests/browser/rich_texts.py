"""Texts within blocks, side by side, and their editors of rich text."""

import re

from playwright.sync_api import expect

from tests.browser.forms import SETTLED


def rich_texts(page):
    """The texts within blocks of the body that have editors of rich text."""
    return page.locator("[data-contentpath=body] [data-translated]:has(.public-DraftEditor-content)")


def column_of(text, code):
    return text.locator(f":scope > [data-contentpath={code}]")


def editor(text, code):
    return column_of(text, code).locator(".public-DraftEditor-content")


def type_at_the_end(page, text, code, words):
    """Type in an editor of rich text; return when the form has saved itself."""
    editor(text, code).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    expect(wait_until_stored(text, code)).to_have_value(re.compile(re.escape(words)))
    page.evaluate(SETTLED)


def wait_until_stored(text, code):
    """What an editor of rich text sends, which follows what is typed a little later."""
    return column_of(text, code).locator("input[type=hidden]")
