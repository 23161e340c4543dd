"""The engines that others wrote: axe and IBM's for accessibility, the Nu checker for markup."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.colours import faint_texts

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
MODULES = settings.BASE_DIR / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
IBM = MODULES / "accessibility-checker-engine" / "ace.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
RUN_AXE = Path(__file__).with_name("axe.js").read_text()
# What IBM's engine finds for certain. What is "potential" or "manual" there asks somebody to look, whatever the page.
RUN_IBM = """async () => {
  const { results } = await new ace.Checker().check(document, ['IBM_Accessibility']);
  const certain = results.filter(({ value }) => value[1] === 'FAIL');
  return certain.map(({ ruleId, message, snippet }) => [ruleId, message, snippet.slice(0, 120)]);
}"""
# What we hold otherwise: rule of IBM, part of the element that it is about, and why.
IBM_EXCUSED = [
    ("aria_content_in_landmark", 'class="skip-link"', "the skip link comes before all landmarks, or it would not skip them"),
    ("element_tabbable_role_valid", 'class="table-scroll"', "what scrolls must be reached by the keyboard (WCAG 2.1.1)"),
]


def require_engine(path, what):
    """Skip with a word, or fail in CI, when an engine is missing."""
    if not path or not Path(path).exists():
        message = f"{what} is missing on this machine."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def accessibility(page, within=None, only=None, with_picture=True):
    """Return what axe finds on the page shown, a line a finding; only in the part that the selector `within` names.

    What it cannot decide is a finding too, but for the contrast of texts, which a picture decides, unless one cannot:
    a table that moves within its frame is painted only in part. `only` names rules of axe.
    """
    require_engine(AXE, "axe-core (npm ci)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    results = page.evaluate(RUN_AXE, [within, {"runOnly": {"type": "rule", "values": only}} if only else RULES])
    faint = faint_texts(page, results["texts"]) if with_picture else []
    return [*results["found"], *(f"undecided: {line}" for line in results["undecided"]), *faint]


def text_contrast(page):
    return accessibility(page, only=["color-contrast"])


def second_opinion(page):
    """Return what IBM's engine finds on the page shown, a line a finding."""
    require_engine(IBM, "accessibility-checker-engine (npm ci)")
    page.evaluate(IBM.read_text())
    return [
        f"{rule}: {message} {snippet}"
        for rule, message, snippet in page.evaluate(RUN_IBM)
        if not any(rule == excused and part in snippet for excused, part, _why in IBM_EXCUSED)
    ]


def after_scripts(page):
    """Return the page shown as it stands now, with what its scripts made of it."""
    return "<!DOCTYPE html>\n" + page.evaluate("document.documentElement.outerHTML")


def markup(files):
    """Return what the Nu checker says of HTML files, errors and warnings, a line a finding."""
    require_engine(VNU, "vnu-jar (npm ci)")
    require_engine(shutil.which("java"), "Java")
    checker = subprocess.run(["java", "-jar", VNU, "--Werror", *files], capture_output=True, text=True, check=False)
    return checker.stderr.splitlines()
