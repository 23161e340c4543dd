"""Engines that this project did not write, run as programs; where one is missing, the test is skipped, but never in CI."""

import json
import os
import shutil
import subprocess

import pytest
from django.conf import settings

MODULES = settings.BASE_DIR / "node_modules"
STRICT = {
    "noEmit": True,
    "strict": True,
    "skipLibCheck": True,
    "module": "esnext",
    "moduleResolution": "bundler",
    "target": "es2022",
    "types": [],
}


def node(*arguments, needs):
    """Run a program in Node.js, with the npm packages it `needs`; return what it printed, on both outputs."""
    missing = [name for name in needs if not (MODULES / name).exists()] + ([] if shutil.which("node") else ["Node.js"])
    if missing:
        message = f"{', '.join(missing)}: missing on this machine (make npm)."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    done = subprocess.run(["node", *arguments], capture_output=True, text=True, check=False, cwd=settings.BASE_DIR, timeout=300)
    return (done.stdout + done.stderr).strip()


def type_errors(graphs, folder):
    """Return what TypeScript finds wrong with JSON-LD graphs by the types of schema.org (npm `schema-dts`), a line each.

    `graphs` maps names to graphs; the name stands in the line of a finding.
    """
    names = list(graphs)
    lines = ['import type { Graph } from "schema-dts";']
    lines += [f"export const page{number}: Graph = {json.dumps(graphs[name])};" for number, name in enumerate(names)]
    (folder / "pages.ts").write_text("\n".join(lines))
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT, "files": ["pages.ts"]}))
    link = folder / "node_modules"
    if MODULES.exists() and not link.exists():
        link.symlink_to(MODULES.resolve())
    printed = node(MODULES / "typescript/bin/tsc", "-p", folder, needs=["typescript", "schema-dts"])
    return [f"{name_of(line, names)}: {line[:300]}" for line in printed.splitlines() if not line.startswith(" ")]


def name_of(line, names):
    """Return the name of the graph that a finding is about: the first line of the file is the import."""
    number = line.partition("pages.ts(")[2].partition(",")[0]
    return names[int(number) - 2] if number.isdigit() else "all"


def manifest_errors(manifest):
    """Return what npm's `web-app-manifest-validator` finds wrong with a manifest."""
    script = "console.log(JSON.stringify(require('web-app-manifest-validator')(JSON.parse(process.argv[1]))))"
    return json.loads(node("-e", script, json.dumps(manifest), needs=["web-app-manifest-validator"]))
