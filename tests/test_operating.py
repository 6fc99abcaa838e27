"""The operator's documents against the program: settings, commands, containers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from server.cli import main
from server.settings import Settings, kind_of, read, variable_of

ROOT = Path(__file__).parents[1]
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(RECALLING_\w+)` \| (?:`(.*?)`)? \| ([^|]*\S) \| ([^|]*\S) \|$", re.MULTILINE)
TABLE = {variable: default or "" for variable, default, _, _ in ROW.findall(OPERATING)}
OPTIONS = [
    (command.name, option)
    for command in main.commands.values()
    for option in command.params
    if isinstance(option, click.Option) and isinstance(option.envvar, str)
]


def variables() -> set[str]:
    """The variables that the program reads: settings, options, and those that a module names."""
    named = {
        variable
        for module in (ROOT / "server").rglob("*.py")
        for variable in re.findall(r"environ\S*[\[(]\"(RECALLING_\w+)", module.read_text(encoding="utf-8"))
    }
    return (
        named | {variable_of(setting) for setting in fields(Settings)} | {str(option.envvar) for _, option in OPTIONS}
    )


def test_the_table_of_settings_has_every_variable_once_and_no_other() -> None:
    rows = re.findall(r"^\| `(RECALLING_\w+)`", OPERATING, re.MULTILINE)
    assert sorted(rows) == sorted(variables())
    assert len(TABLE) == len(rows)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_the_table_tells_the_default_of_a_setting(setting: Any) -> None:
    told, default = TABLE[variable_of(setting)], setting.default
    assert (read(variable_of(setting), told, kind_of(setting)) if told else type(default)()) == default


@pytest.mark.parametrize(("verb", "option"), OPTIONS, ids=lambda part: str(getattr(part, "name", part)))
def test_the_table_tells_the_default_of_an_option(verb: str, option: click.Option) -> None:
    default = option.to_info_dict()["default"]
    assert TABLE[str(option.envvar)] == ("" if default is None else str(default))


def test_the_readme_leads_to_the_operators_document() -> None:
    assert "(docs/operating.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([\w/.-]+\.md)\)", OPERATING))))
def test_the_links_of_the_document_lead_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).is_file()


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\brecalling ([a-z]+) .*--data", OPERATING))))
def test_the_commands_of_the_document_exist(command: str) -> None:
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_the_dockerfile_passes_the_linter() -> None:
    hadolint = str(Path(sys.executable).with_name("hadolint"))
    done = subprocess.run([hadolint, str(ROOT / "Dockerfile")], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def instructions(name: str) -> list[str]:
    """What follows an instruction of the Dockerfile, wherever it stands."""
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.removeprefix(f"{name} ") for line in joined.splitlines() if line.startswith(f"{name} ")]


def test_the_image_installs_as_the_document_says() -> None:
    runs = " ".join(instructions("RUN"))
    for words in ("--require-hashes -r requirements.lock", "--no-deps --no-build-isolation"):
        assert words in runs
        assert words in OPERATING


def test_the_image_runs_as_another_user_than_root() -> None:
    assert instructions("USER")[-1] not in ("root", "0")


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sources = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists()
        assert f"!{source.rstrip('/')}" in ignored


def test_the_image_holds_every_package_of_the_distribution() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    copied = {word.rstrip("/") for line in instructions("COPY") for word in line.split()}
    assert packages <= copied


def test_the_image_asks_whether_it_is_ready() -> None:
    assert "/health/ready" in instructions("HEALTHCHECK")[0]


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    (found,) = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    return dict(found)


def test_the_service_is_confined(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_service_may_use_what_its_processes_may_and_more(service: dict[str, Any]) -> None:
    settings = Settings(
        **{
            setting.name: read("", value, kind_of(setting))
            for setting in fields(Settings)
            if (value := str(service["environment"].get(variable_of(setting), "")))
        }
    )
    number, unit = re.fullmatch(r"(\d+)([gm])", service["mem_limit"]).groups()  # type: ignore[union-attr]
    limit = int(number) * 1024 ** {"g": 3, "m": 2}[unit]
    processes = settings.query_workers + 1 + 1  # the one that stands ready, and what is checked
    of_each = processes * settings.worker_memory + settings.cache_size
    assert limit > settings.web_workers * of_each
    assert int(service["stop_grace_period"].removesuffix("s")) > settings.stop_time


def test_the_service_sets_variables_that_there_are(service: dict[str, Any]) -> None:
    assert set(service["environment"]) <= variables()


def test_the_service_publishes_the_port_that_the_image_listens_on(service: dict[str, Any]) -> None:
    (port,) = service["ports"]
    assert port == "127.0.0.1:8000:8000"
    assert str(fields_by_name()["port"].default) == port.rpartition(":")[2] == instructions("EXPOSE")[0]


def fields_by_name() -> dict[str, Any]:
    return {setting.name: setting for setting in fields(Settings)}


def test_the_service_keeps_its_data_in_the_volume_that_the_image_names(service: dict[str, Any]) -> None:
    declared = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["volumes"]
    volumes = dict(volume.split(":") for volume in service["volumes"])
    assert volumes.keys() <= declared.keys()
    assert volumes["scratch"] == "/tmp"
    folder = volumes["data"]
    assert f"RECALLING_DATA={folder}" in " ".join(instructions("ENV"))
    assert folder in " ".join(instructions("VOLUME"))


def test_the_image_runs_a_command_that_there_is() -> None:
    assert instructions("ENTRYPOINT") == ['["recalling"]']
    (verb,) = re.findall(r"\w+", instructions("CMD")[0])
    assert verb in main.commands


def test_docker_reads_the_compose_file() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], check=False, capture_output=True).returncode:
        pytest.skip("docker with compose is not installed")
    command = [docker, "compose", "-f", str(ROOT / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ})
    assert (done.returncode, done.stderr) == (0, "")
