"""Every page, language and width in a real browser: accessibility engine, markup checker, nothing sideways."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.paths import OTHERS, PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
EVERY = {**PATHS, **OTHERS}
WIDTHS = (320, 768, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
VNU = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
RUN_AXE = f"async () => (await axe.run(document, {{runOnly: {json.dumps(TAGS)}}})).violations"


def needed(path, what):
    """Skip with a word, or fail in CI, when an engine is missing."""
    if not path or not Path(path).exists():
        message = f"{what} is missing on this machine."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def axe_findings(page):
    """Return what the accessibility engine finds on the page shown, a line a finding."""
    page.evaluate(AXE.read_text())
    return [f"{found['id']}: {node['html'][:120]}" for found in page.evaluate(RUN_AXE) for node in found["nodes"]]


@pytest.fixture
def sized(browser, site):
    """Return a function that opens a path at a width, in light or dark."""
    opened = []

    def opening(path, width, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, locale="de"
        )
        opened.append(context)
        page = context.new_page()
        page.goto(site + path)
        return page

    yield opening
    for context in opened:
        context.close()


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_the_accessibility_engine_finds_nothing(sized, key, language):
    needed(AXE, "axe-core (npm ci)")
    for width in WIDTHS:
        assert axe_findings(sized(EVERY[key, language], width)) == [], width
    assert axe_findings(sized(EVERY[key, language], 1280, "dark")) == [], "dark"


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_nothing_scrolls_sideways_down_to_256_pixels(sized, key, language):
    for width in (256, *WIDTHS):
        page = sized(EVERY[key, language], width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_markup_checker_finds_nothing(page, site, tmp_path):
    needed(VNU, "vnu-jar (npm ci)")
    needed(shutil.which("java"), "Java")
    for (key, language), path in EVERY.items():
        (tmp_path / f"{key}.{language}.html").write_text(page.request.get(site + path).text())
    found = subprocess.run(
        ["java", "-jar", VNU, "--Werror", *sorted(tmp_path.glob("*.html"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stderr == ""


# --- The sweep can fail


def test_the_sweep_sees_an_inaccessible_element(sized):
    needed(AXE, "axe-core (npm ci)")
    page = sized(PATHS["eures", "nl"], 1280)
    page.evaluate("document.querySelector('main').append(Object.assign(new Image(), {src: '/static/img/icon.svg'}))")
    assert any(line.startswith("image-alt") for line in axe_findings(page))


def test_the_sweep_sees_what_is_too_wide(sized):
    page = sized(PATHS["eures", "nl"], 320)
    page.evaluate("document.querySelector('main').style.minWidth = '900px'")
    assert page.evaluate("document.documentElement.scrollWidth") > 320


def test_the_markup_checker_sees_a_fault(page, site, tmp_path):
    needed(VNU, "vnu-jar (npm ci)")
    needed(shutil.which("java"), "Java")
    path = tmp_path / "wrong.html"
    path.write_text(page.request.get(site + PATHS["eures", "nl"]).text().replace("</main>", "<li>stray</main>"))
    found = subprocess.run(["java", "-jar", VNU, path], capture_output=True, text=True, check=False)
    assert "error" in found.stderr
