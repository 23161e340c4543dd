"""The engines that others wrote: axe for accessibility, the Nu checker for markup."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
VNU = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# In forced colours Chromium tells the true colour of a text as its `color` only; axe asks for the fill first, which then
# still has the colour of the style sheet.
RUN_AXE = f"""async (within) => {{
  const forced = matchMedia('(forced-colors: active)').matches ? document.querySelectorAll('body *') : [];
  for (const node of forced) node.style.webkitTextFillColor = getComputedStyle(node).color;
  const found = await axe.run(within || document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}});
  for (const node of forced) node.style.removeProperty('-webkit-text-fill-color');
  return found.violations.flatMap(({{id, nodes}}) => nodes.map(({{html}}) => `${{id}}: ${{html.slice(0, 120)}}`));
}}"""


def needed(path, what):
    """Skip with a word, or fail in CI, when an engine is missing."""
    if not path or not Path(path).exists():
        message = f"{what} is missing on this machine."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


def accessibility(page, within=None):
    """Return what axe finds on the page shown, a line a finding; only in the part that the selector `within` names."""
    needed(AXE, "axe-core (npm ci)")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    return page.evaluate(RUN_AXE, within)


def markup(files):
    """Return what the Nu checker says of HTML files, errors and warnings, a line a finding."""
    needed(VNU, "vnu-jar (npm ci)")
    needed(shutil.which("java"), "Java")
    found = subprocess.run(["java", "-jar", VNU, "--Werror", *files], capture_output=True, text=True, check=False)
    return found.stderr.splitlines()
