"""The settings fail closed: production starts with all it needs, or says what is missing."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.production import start


@pytest.mark.sweep
def test_the_deployment_check_is_silent_with_the_settings_of_production():
    """But for static files, which a checkout that never served the site has not collected."""
    silenced = "settings.SILENCED_SYSTEM_CHECKS.append('monitoring.W006')"
    check = "call_command('check', deploy=True, fail_level='DEBUG')"
    script = f"from django.conf import settings; from django.core.management import call_command; {silenced}; {check}"
    process = start("shell", "--no-imports", "-c", script, TRUSTED_PROXIES="1")
    assert (process.returncode, process.stderr) == (0, "")


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", None, "must set SECRET_KEY"),
        ("ALLOWED_HOSTS", "", "must set ALLOWED_HOSTS"),
        ("SITE_URL", None, "must set SITE_URL"),
        ("SECRET_KEY", "short", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too weak"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "example.org,*.example.org", "ALLOWED_HOSTS must name the hosts"),
        ("DATABASE_URL", None, "must set DATABASE_URL"),
        ("CACHE_URL", "rediscache://one:6379,two:6379/0", "CACHE_URL and PAGES_CACHE_URL name one server each"),
        ("SITE_URL", "example.org", "SITE_URL must be an absolute address"),
        ("SITE_URL", "https://example.org/nl", "SITE_URL must be an absolute address"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL must be an address of PostgreSQL"),
        ("DATABASE_URL", "sqlite:///site.db", "DATABASE_URL must be an address of PostgreSQL"),
        ("DATABASE_URL", "postgres://user:word@host:port/name", "DATABASE_URL must be an address of PostgreSQL"),
        ("LOCAL_LOGIN", "false", "LOCAL_LOGIN=false needs OIDC_ISSUER"),
        ("OIDC_ISSUER", "http://login.example.org", "OIDC_ISSUER must be an address with https"),
        ("OIDC_GROUPS", '["cms"]', "OIDC_GROUPS must be JSON"),
        ("ENVIRONMENT", "staging", "ENVIRONMENT must be production, development or test"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_stops_the_start_and_is_named(name, value, said):
    process = start("check", **{name: value})
    assert process.returncode != 0
    assert said in process.stderr.splitlines()[-1]


@pytest.mark.sweep
def test_a_database_that_does_not_answer_is_said_by_readyz_and_not_by_an_error_page():
    script = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/readyz', headers={'host': 'example.org'}).status_code, "
        "Client().get('/healthz', headers={'host': 'example.org'}).status_code)"
    )
    process = start("shell", "--no-imports", "-c", script, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert process.stdout.split() == ["503", "200"], process.stderr


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("environment", "promised"),
    [
        ({}, "3600 False __Secure-sessionid __Secure-csrftoken"),
        ({"HSTS_SECONDS": "63072000", "HSTS_SUBDOMAINS": "true"}, "63072000 True __Secure-sessionid __Secure-csrftoken"),
        ({"SITE_URL": "http://a.be"}, "0 False sessionid csrftoken"),
    ],
)
def test_what_browsers_are_promised_about_tls_begins_carefully(environment, promised):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    script = f"from django.conf import settings; print(*(getattr(settings, name) for name in {names}))"
    assert start("shell", "--no-imports", "-c", script, **environment).stdout.strip() == promised


@pytest.mark.sweep
def test_the_list_of_components_names_all_that_is_required(tmp_path):
    path = tmp_path / "sbom.json"
    tool = Path(sys.executable).with_name("cyclonedx-py")
    requirements = settings.BASE_DIR / "requirements.txt"
    project = settings.BASE_DIR / "pyproject.toml"
    options = ["--pyproject", project, "--output-reproducible", "--output-file", path]
    subprocess.run([tool, "requirements", *options, requirements], check=True)
    bill = json.loads(path.read_text())
    assert bill["metadata"]["component"]["version"] == tomllib.loads(project.read_text())["project"]["version"]
    listed = {component["name"].lower() for component in bill["components"]}
    assert {"django", "wagtail", "psycopg", "gunicorn"} <= listed
    assert len(listed) == len(re.findall(r"^[a-z0-9][\w.-]*(?:\[\w,]+\])?==", requirements.read_text(), re.MULTILINE))
