"""The files for containers name what exists, and give no more rights than needed."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.servers import CHECKOUT, copy_of_the_checkout

COMPOSE = ("compose.yaml", "compose.large.yaml")
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()


def compose(name="compose.yaml"):
    return yaml.safe_load((CHECKOUT / name).read_text())


def is_ignored(path):
    """Say whether .dockerignore keeps a path at the top of the checkout out of the image."""
    lines = (CHECKOUT / ".dockerignore").read_text().splitlines()
    return any(Path(path).match(line) for line in lines if line and not line.startswith("#"))


def test_compose_has_the_services_of_a_whole_site():
    services = compose()["services"]
    assert set(services) == {"db", "setup", "web", "schedule", "nginx"}
    assert services["db"]["image"] == "postgres:18"
    assert services["web"]["depends_on"]["setup"]["condition"] == "service_completed_successfully"
    assert services["nginx"]["depends_on"]["web"]["condition"] == "service_healthy"
    for name in services:
        assert "ports" not in services[name] or name == "nginx", "Only nginx is to be reached from outside."


def test_containers_have_no_more_rights_than_they_need_and_are_not_reached_from_elsewhere():
    services = compose()["services"]
    for name, service in services.items():
        assert service["cap_drop"] == ["ALL"], name
        assert not {"SYS_ADMIN", "NET_ADMIN", "ALL"} & set(service.get("cap_add", [])), name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert services["nginx"]["ports"] == ["${HTTP_ADDRESS:-127.0.0.1}:${HTTP_PORT:-8080}:8080"]


def test_every_path_and_volume_that_compose_mounts_exists():
    volumes = set(compose()["volumes"])
    for service in compose()["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (CHECKOUT / source).exists(), mount


def test_the_log_of_visits_is_written_where_it_is_counted():
    services = compose()["services"]
    folder = str(Path(services["nginx"]["environment"]["NGINX_VISITS"]).parent)
    assert f"visits:{folder}" in services["nginx"]["volumes"]
    assert f"visits:{folder}:ro" in services["web"]["volumes"]
    assert services["web"]["environment"]["VISITS_LOGS"] == f"{folder}/*.log*"
    script = CHECKOUT / "deploy" / "rotate_visits.sh"
    assert os.access(script, os.X_OK)
    assert f"./deploy/{script.name}:/usr/local/bin/{script.stem}:ro" in services["nginx"]["volumes"]
    named = set(re.findall(r"\$\{NGINX_(\w+)\}", (CHECKOUT / "deploy" / "nginx.conf").read_text()))
    filled = services["nginx"]["environment"]["NGINX_ENVSUBST_FILTER"]
    assert named == set(re.search(r"\(([A-Z|]+)\)", filled)[1].split("|"))


def test_what_the_site_does_by_itself_is_called_beside_what_the_site_counts():
    services = compose()["services"]
    assert "manage.py run_scheduled" in services["schedule"]["command"]
    assert services["schedule"]["volumes"] == services["web"]["volumes"]
    folders = re.search(r"install --directory --owner site --mode 0750 (.+?) \\", (CHECKOUT / "Dockerfile").read_text())[
        1
    ].split()
    assert {mount.split(":")[1] for mount in services["web"]["volumes"]} >= set(folders)


def test_the_large_setting_adds_what_two_containers_share_to_the_small_one():
    small, large = compose()["services"], compose("compose.large.yaml")["services"]
    assert set(large) - set(small) == {"redis"} and large["web"]["deploy"]["replicas"] == 2
    for name in ("setup", "web", "schedule"):
        environment = large[name]["environment"]
        assert environment["CACHE_URL"] == "rediscache://redis:6379/0" and environment["MEDIA_BUCKET"].startswith(
            "${MEDIA_BUCKET:?"
        )
        assert "redis" in large[name]["depends_on"]
    redis = large["redis"]
    assert "ports" not in redis and redis["cap_drop"] == ["ALL"] and redis["security_opt"] == ["no-new-privileges:true"]
    assert not {"volumes", "container_name"} & set(large["web"]), "Two containers of a name cannot be."


def test_every_step_of_the_image_is_a_command_that_a_shell_reads():
    steps = re.findall(r"^RUN (.+?[^\\])$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert len(steps) == 4
    for step in steps:
        checked = subprocess.run(["sh", "-n", "-c", step], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
    for module in re.findall(r'"-m", "(\S+)"', DOCKERFILE):
        assert importlib.util.find_spec(module)
    for path in re.findall(r'"--config", "(\S+)"', DOCKERFILE):
        assert (CHECKOUT / path).exists()


def test_every_path_that_the_dockerfile_copies_exists():
    copies = re.findall(r"^COPY (?!--from)(.+)$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)
    assert copies
    for copy in copies:
        for source in copy.split()[:-1]:
            assert (CHECKOUT / source).exists(), copy
            assert source == "." or not is_ignored(source), f".dockerignore leaves {source} out."


def test_the_image_holds_what_runs_and_no_secret():
    for path in (".env", ".git", ".venv", ".data", "media", "tests", "node_modules"):
        assert is_ignored(path), path
    for path in ("manage.py", "actiris_site", "content", "locale", "static", "templates", "deploy", "requirements.txt"):
        assert not is_ignored(path), path


def test_the_image_can_back_up_the_database_that_runs_beside_it():
    client = re.search(r"postgresql-client-(\d+)", (CHECKOUT / "Dockerfile").read_text())[1]
    assert compose()["services"]["db"]["image"] == f"postgres:{client}"
    assert not is_ignored("pyproject.toml"), "A backup names the release."


def test_the_container_runs_as_an_ordinary_user_and_checks_its_health():
    text = (CHECKOUT / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE)[-1] == re.search(r"useradd .*--uid ([1-9]\d*) .* site ", text)[1]
    assert re.search(r"^HEALTHCHECK ", text, re.MULTILINE)


@pytest.mark.sweep
def test_what_the_image_builds_can_be_built_in_a_clean_folder(tmp_path):
    everything = copy_of_the_checkout(tmp_path / "everything")
    image = tmp_path / "image"
    image.mkdir()
    for path in everything.iterdir():
        if not is_ignored(path.name):
            path.rename(image / path.name)
    steps = re.findall(r"^RUN (export .+?[^\\])$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE | re.DOTALL)
    assert len(steps) == 1
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
    }
    built = subprocess.run(["sh", "-ec", steps[0]], cwd=image, env=environment, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert (image / "staticfiles" / "staticfiles.json").exists()
    assert len(list((image / "locale").glob("*/LC_MESSAGES/*.mo"))) == len(list((image / "locale").glob("*/LC_MESSAGES/*.po")))


def example_settings():
    """Return the settings that .env.example names, and of those the ones that it leaves empty to be filled in."""
    text = (CHECKOUT / ".env.example").read_text()
    named = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)
    return set(named), set(re.findall(r"^([A-Z_]+)=$", text, re.MULTILINE))


def test_the_example_names_every_setting_and_fills_in_no_required_one():
    code = (CHECKOUT / "actiris_site" / "settings.py").read_text()
    required = set(re.findall(r'required_setting\("([A-Z_]+)"', code))
    read = required | set(re.findall(r'env\.\w+\("([A-Z_]+)"', code))
    for name in COMPOSE:
        read |= set(re.findall(r"\$\{(\w+)", (CHECKOUT / name).read_text()))
    named, empty = example_settings()
    assert len(required) >= 4
    assert read <= named
    assert required <= empty
