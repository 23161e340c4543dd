"""What Compose makes of its files fits together: services, volumes, settings, and the image that the Dockerfile makes."""

import copy
import importlib.metadata
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.core.management import get_commands

from tests.servers import CHECKOUT

SMALL, LARGE = ("compose.yaml",), ("compose.yaml", "compose.large.yaml")
VARIABLE = re.compile(r"\$(?:(?P<sign>\$)|\{(?P<name>[A-Z_]+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
FILLED_IN = {
    "SECRET_KEY": "only-for-the-tests-of-what-compose.yaml-gives-to-the-site",
    "ALLOWED_HOSTS": "site.example",
    "SITE_URL": "https://site.example",
    "POSTGRES_PASSWORD": "letters0and1digits",
}
OF_THE_STORAGE = {"MEDIA_BUCKET": "uploads"}
SETTINGS = """
import json
from django.conf import settings
names = ["ENVIRONMENT", "DATABASES", "CACHES", "MEDIA_ROOT", "STATIC_ROOT", "COPY_ROOT", "STRINGS_ROOT", "VISITS_LOGS"]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def fill_in(value, variables):
    """Return a value of a Compose file with its variables filled in; raise KeyError with the name of one that has to be set."""
    if isinstance(value, dict):
        return {name: fill_in(one, variables) for name, one in value.items()}
    if isinstance(value, list):
        return [fill_in(one, variables) for one in value]
    if not isinstance(value, str):
        return value

    def of(match):
        if match["sign"]:
            return "$"
        given = variables.get(match["name"], "")
        if not given and match["kind"] == "?":
            raise KeyError(match["name"])
        return given or match["rest"] or ""

    assert "$" not in VARIABLE.sub("", value), f"Compose does not read {value}."
    return VARIABLE.sub(of, value)


def merge(under, over):
    """Return two parts of Compose files as one: mappings joined, lists put behind each other, all else from `over`."""
    if isinstance(under, dict) and isinstance(over, dict):
        return under | {name: merge(under[name], value) if name in under else value for name, value in over.items()}
    if isinstance(under, list) and isinstance(over, list):
        return under + over
    return copy.deepcopy(over)


def configuration(names, variables):
    """Return what Compose makes of files and of what .env says: a mapping with `services` and `volumes`."""
    whole = {}
    for name in names:
        whole = merge(whole, fill_in(yaml.safe_load((CHECKOUT / name).read_text()), variables))
    return whole


def variables_of(names):
    return FILLED_IN | (OF_THE_STORAGE if names is LARGE else {})


def from_the_image():
    """Return the environment that the image gives."""
    return dict(re.findall(r"(\w+)=(\S+)(?: \\)?$", DOCKERFILE.split("ENV ")[1].split("\n\n")[0], re.MULTILINE))


def mounts(service):
    """Return the named volumes and paths of a service by where they are mounted, and which of these are read-only."""
    parts = [mount.split(":") for mount in service.get("volumes", [])]
    return {part[1]: part[0] for part in parts}, {part[1] for part in parts if part[2:] == ["ro"]}


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def names(request):
    return request.param


@pytest.fixture
def whole(names):
    return configuration(names, variables_of(names))


@pytest.fixture
def services(whole):
    return whole["services"]


def refusals(*paths):
    """Return what the schema of the Compose specification says against files, or nothing."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", *map(str, paths)]
    checked = subprocess.run(command, capture_output=True, text=True)
    return "" if checked.returncode == 0 else checked.stdout + checked.stderr


def test_the_files_are_written_as_the_specification_of_compose_says(tmp_path):
    assert not refusals(*(CHECKOUT / name for name in LARGE))
    wrong = tmp_path / "compose.yaml"
    wrong.write_text((CHECKOUT / "compose.yaml").read_text().replace("condition: service_healthy", "condition: healthy"))
    assert "service_healthy" in refusals(wrong)


def test_what_has_to_be_set_is_asked_for_by_name_and_nothing_else_is(names):
    variables = variables_of(names)
    assert configuration(names, variables)
    asked = {"POSTGRES_PASSWORD", "MEDIA_BUCKET"} & set(variables)
    for name in variables:
        rest = {other: value for other, value in variables.items() if other != name}
        if name in asked:
            with pytest.raises(KeyError, match=name):
                configuration(names, rest)
        else:
            assert configuration(names, rest)


def test_every_service_waits_for_services_that_can_come_to_where_it_waits_for(services):
    waits = {name: service.get("depends_on", {}) for name, service in services.items()}
    for name, awaited in waits.items():
        for other, how in awaited.items():
            assert other in services, f"{name} waits for {other}, which is no service."
            service = services[other]
            of_the_image = "build" in service and re.search(r"^HEALTHCHECK ", DOCKERFILE, re.MULTILINE)
            healthcheck = service.get("healthcheck", {"test": "of the image"} if of_the_image else {})
            if how["condition"] == "service_healthy":
                assert healthcheck.get("test") and not healthcheck.get("disable"), f"{other} never says that it is healthy."
            if how["condition"] == "service_completed_successfully":
                assert service["restart"] == "no", f"{other} never ends."
    while waits:
        first = {name for name, awaited in waits.items() if not set(awaited) & set(waits)}
        assert first, f"They wait for each other: {set(waits)}"
        waits = {name: awaited for name, awaited in waits.items() if name not in first}


def test_the_database_is_healthy_when_it_listens_where_the_site_asks(services):
    """While PostgreSQL's image makes the database, it runs a server that answers at its socket alone, and then ends it."""
    words = shlex.split(services["db"]["healthcheck"]["test"][1])
    assert services["db"]["healthcheck"]["test"][0] == "CMD-SHELL" and words[0] == "pg_isready"
    given = dict(zip(words[1::2], words[2::2], strict=True))
    environment = services["db"]["environment"]
    assert given == {
        "--host": "127.0.0.1",
        "--username": environment["POSTGRES_USER"],
        "--dbname": environment["POSTGRES_DB"],
    }


def test_every_volume_is_declared_used_and_mounted_once_where_it_is(whole):
    used = set()
    for name, service in whole["services"].items():
        where, _read_only = mounts(service)
        assert len(where) == len(service.get("volumes", [])), f"{name} mounts two things at one place."
        used |= {source for source in where.values() if not source.startswith((".", "/"))}
    assert used == set(whole["volumes"])


def test_no_two_services_want_one_port_and_nginx_listens_where_it_is_reached(services):
    published = [port.rsplit(":", 2) for service in services.values() for port in service.get("ports", [])]
    assert len({(address, port) for address, port, _inside in published}) == len(published)
    nginx = services["nginx"]
    assert nginx["ports"] == [f"127.0.0.1:8080:{nginx['environment']['NGINX_LISTEN']}"]
    host, port = nginx["environment"]["NGINX_UPSTREAM"].split(":")
    assert port == services[host]["environment"]["PORT"] and host in nginx["depends_on"]


def test_the_site_starts_with_what_its_service_is_given_and_finds_what_runs_beside_it(names, services):
    service = services["web"]
    for other in ("setup", "schedule"):
        assert all(services[other][what] == service[what] for what in ("image", "env_file", "environment", "volumes"))
    environment = from_the_image() | variables_of(names) | service["environment"] | {"PATH": "/usr/bin:/bin"}
    read = subprocess.run([sys.executable, "-c", SETTINGS], cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
    settings = json.loads(read.stdout)
    assert settings["ENVIRONMENT"] == "production" and set(settings["DATABASES"]) == {"default"}
    database, db = settings["DATABASES"]["default"], services["db"]["environment"]
    assert (database["HOST"], database["PORT"]) == ("db", 5432)
    assert [database[key] for key in ("USER", "NAME", "PASSWORD")] == [
        db[key] for key in ("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD")
    ]
    written = {settings[f"{kind}_ROOT"] for kind in ("MEDIA", "STATIC", "COPY", "STRINGS")}
    for cache in settings["CACHES"].values():
        address = urlsplit(cache.get("LOCATION", ""))
        if address.hostname:
            assert address.hostname in services
        elif address.path:
            written.add(address.path)
    where, read_only = mounts(service)
    installed = re.findall(r"install --directory --owner site --mode 07\d\d (/[^&\n]+)", DOCKERFILE)
    made = {folder for folders in installed for folder in folders.replace("\\", "").split()}
    assert made <= set(where) - read_only, "A volume gets the owner of the folder of the image that it is laid over."
    for folder in written:
        assert any(Path(folder).is_relative_to(one) for one in made), folder
    assert str(Path(settings["VISITS_LOGS"]).parent) in read_only


def test_every_variable_that_the_site_is_given_is_read(services):
    code = "".join(
        path.read_text() for path in (CHECKOUT / "actiris_site" / "settings.py", *(CHECKOUT / "deploy").glob("*.py"))
    )
    of_python = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "DJANGO_SETTINGS_MODULE"}
    given = set(from_the_image()) - of_python | set(services["web"]["environment"])
    assert not {name for name in given if f'"{name}"' not in code}


def test_nginx_serves_the_folders_that_the_site_writes_and_changes_none_of_them(services):
    environment = services["nginx"]["environment"]
    theirs, read_only = mounts(services["nginx"])
    ours, _read_only = mounts(services["web"])
    given = services["web"]["environment"]
    for name in ("MEDIA", "STATIC", "COPY"):
        folder = environment[f"NGINX_{name}"]
        assert theirs[folder] == ours[given[f"{name}_ROOT"]] and folder in read_only, name
    assert re.fullmatch(environment["NGINX_ENVSUBST_FILTER"], "NGINX_LISTEN")
    assert "/etc/nginx/templates/default.conf.template" in read_only


def test_the_memory_of_nginx_holds_what_its_configuration_lets_it_keep(services):
    configuration = (CHECKOUT / "deploy" / "nginx.conf").read_text()
    folder = services["nginx"]["environment"]["NGINX_CACHE"]
    kept = dict(re.findall(r"^proxy_cache_path (\S+) .*max_size=(\d+)m", configuration, re.MULTILINE))
    given = dict(re.fullmatch(r"(\S+):size=(\d+)m", one).groups() for one in services["nginx"]["tmpfs"])
    assert {path.replace("${NGINX_CACHE}", folder) for path in kept} == set(given)
    for path, size in kept.items():
        assert int(size) < int(given[path.replace("${NGINX_CACHE}", folder)])


def test_what_the_containers_of_the_site_run_is_in_the_image(services):
    scripts = {script.name for script in importlib.metadata.entry_points(group="console_scripts")}
    image = json.loads(re.search(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)[1])
    for service in services.values():
        if "build" not in service:
            continue
        words = shlex.split(service["command"]) if "command" in service else image
        lines = [words]
        if words[:2] == ["sh", "-c"]:
            lines = [shlex.split(line) for line in words[2].split("&&")]
        for program, *rest in lines:
            assert program in scripts | {"python"}
            if program == "python":
                assert rest[0] == "manage.py" and rest[1] in get_commands()


def test_no_container_asks_for_a_right_that_nothing_in_it_uses(services):
    """Redis begins as its own user: its image could otherwise give up root's rights only with more of them than it has here."""
    if "redis" in services:
        assert services["redis"]["user"] == "redis" and "cap_add" not in services["redis"]
    for name, service in services.items():
        if "build" in service:
            assert "cap_add" not in service and "user" not in service, name
    uid = re.search(r"useradd .*--uid (\d+)", DOCKERFILE)[1]
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == [uid]
