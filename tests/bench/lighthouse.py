"""Lighthouse's four categories, as its preset for mobile devices gives them.

Each page is asked for once before, so that the cache in front of the site has it, as it has most pages of a site that is read.
"""

import json
import os
import shutil
import subprocess

from tests.bench.effort import BenchError
from tests.bench.servers import CHECKOUT
from tests.bench.visits import CHROMIUM, FLAGS

PROGRAM = CHECKOUT / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = shutil.which("node")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_SECONDS = 180
ATTEMPTS = 3  # Chromium's own trace of a page fails now and then on a busy machine


def missing():
    """Return what Lighthouse needs and this machine lacks, in words."""
    engines = {"Node.js": NODE, "Lighthouse (npm ci)": PROGRAM.exists(), "Chromium": CHROMIUM}
    return " and ".join(name for name, there in engines.items() if not there)


def version():
    return json.loads((PROGRAM.parent.parent / "package.json").read_text())["version"]


def measure(address, skipped=None):
    """Return `({category: score up to 100}, [what kept it from more])` of an address, without the audit `skipped`.

    It comes with a language that the site does not have, so that the front door lets it choose.
    """
    flags = " ".join(["--headless=new", *FLAGS])
    command = [NODE, PROGRAM, address, "--output=json", "--quiet", "--ignore-status-code", f"--chrome-flags={flags}"]
    command += ['--extra-headers={"Accept-Language": "de"}', *([f"--skip-audits={skipped}"] if skipped else [])]
    for _attempt in range(ATTEMPTS):
        ran = subprocess.run(
            command, env=os.environ | {"CHROME_PATH": CHROMIUM}, capture_output=True, text=True, timeout=MOST_SECONDS
        )
        if not ran.returncode:
            return read(json.loads(ran.stdout))
    raise BenchError(f"Lighthouse cannot look at {address}.\n{ran.stderr.strip()[-800:]}")


def read(report):
    """Return `({category: score up to 100}, [name of an audit: what it says])` of a report."""
    if error := report.get("runtimeError"):
        raise BenchError(f"Lighthouse says of {report['requestedUrl']}: {error['message']}")
    scores = {name: round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    return scores, [
        f"{name}: {reference['id']} ({audit.get('displayValue') or audit['title']})"
        for name in CATEGORIES
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and (audit := report["audits"][reference["id"]])["score"] not in (None, 1)
    ]
