"""What developers use agrees with itself: make, the pinned packages, CI and the hooks for commits."""

import json
import os
import re
import subprocess

import yaml

from tests.servers import CHECKOUT


def test_make_lists_its_targets():
    said = subprocess.run(["make"], cwd=CHECKOUT, capture_output=True, text=True).stdout
    targets = set(re.findall(r"^  make (\w+)", said, re.MULTILINE))
    assert targets == {"run", "dev", "test", "sweep", "lint", "messages", "bench", "requirements", "sbom", "help", "pictures"}


def test_what_is_installed_is_pinned_and_names_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (CHECKOUT / name).read_text()
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((CHECKOUT / "package.json").read_text())["devDependencies"]
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    for package in lock.values():
        assert "resolved" not in package


def test_the_script_of_ci_can_run():
    script = CHECKOUT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script]).returncode == 0


def test_ci_checks_style_and_runs_all_tests():
    steps = re.findall(r"^make (\w+)$", (CHECKOUT / ".ci" / "run").read_text(), re.MULTILINE)
    assert {"lint", "test", "sweep"} <= set(steps)
    (job,) = yaml.safe_load((CHECKOUT / ".github" / "workflows" / "ci.yml").read_text())["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}
    for step in job["steps"][:-1]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]), (
            "Code of others is named by its commit, which nobody can move."
        )


def test_hooks_for_commits_run_what_make_lint_runs_with_the_same_options():
    makefile = (CHECKOUT / "Makefile").read_text()
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1].replace("$(BIN)", ".venv/bin")
    hooks = [
        hook for repo in yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text())["repos"] for hook in repo["hooks"]
    ]
    for hook in hooks:
        assert hook["language"] == "system", "Only requirements-dev.txt says which version is used."
        assert hook["entry"].removesuffix(" --force-exclude") in lint, hook["id"]
    assert len(hooks) == lint.count(".venv/bin/")
