"""`deploy/`: its steps are done as far as they can be without Docker, systemd and root."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import PREFIX, Settings, read_settings
from tests.e2e.house import lend_model

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAMES = {PREFIX + name.upper() for name in Settings.model_fields}
#: What needs root, a service manager or a person: everything else in the README's first part is run.
NOT_HERE = ("useradd", "systemctl", "chown")
#: What no clone holds.
_NOT_IN_A_CLONE = {ROOT / ".git", ROOT / ".venv", ROOT / "data"}


def _left_out(folder: str, names: list[str]) -> list[str]:
    """For copying: what was made here and caches stay behind."""
    caches = ("__pycache__", "_cache", ".hypothesis")
    return [name for name in names if name.endswith(caches) or Path(folder, name) in _NOT_IN_A_CLONE]


def steps() -> list[str]:
    """The commands of the README's part about one machine, in their order."""
    part = (DEPLOY / "README.md").read_text().split("## 一台机器")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]


def unit(name: str) -> dict[str, list[str]]:
    """A unit file: key → values."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


def variables(text: str) -> dict[str, str]:
    """An environment file as systemd reads it."""
    lines = (line for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A place for the documented folders; the environment of this run stands in for a new one."""
    place = tmp_path / "opt" / "linying"
    (tmp_path / "etc" / "systemd" / "system").mkdir(parents=True)
    shutil.copytree(ROOT, place, ignore=_left_out)
    (place / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (place / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    (place / ".venv" / ".runtime").touch()
    return tmp_path


def run(line: str, machine: Path) -> None:
    """One documented command with the machine's folders below a temporary one."""
    told = line.replace("/opt/", f"{machine}/opt/").replace("/etc/", f"{machine}/etc/")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
    subprocess.run(["bash", "-euc", told], cwd=machine / "opt" / "linying", env=environment, check=True)


async def test_the_documented_steps_lead_to_a_running_bot(machine: Path, trained_model: Path) -> None:
    place = machine / "opt" / "linying"
    done = 0
    for line in steps():
        if line.startswith("git clone") or "nlu train" in line:
            continue
        own = [part for part in line.split(" && ") if not part.startswith(NOT_HERE)]
        if own:
            run(" && ".join(own), machine)
            done += 1
    assert done >= 4
    # Training is what other tests do.
    lend_model(place / "data", trained_model)

    settings = variables((machine / "etc" / "linying.env").read_text())
    assert len(settings["LINYING_SECRET_KEY"]) == 64
    assert (machine / "etc" / "linying.env").stat().st_mode & 0o077 == 0
    settings |= {"LINYING_DATA_DIR": str(place / "data"), "LINYING_PLAYGROUND_PORT": "0"}
    assert settings.keys() <= NAMES
    (start,) = unit("linying.service")["ExecStart"]
    process = await asyncio.create_subprocess_exec(
        *start.replace("/opt/linying", str(place)).split(),
        cwd=place,
        env={"PATH": os.environ["PATH"], **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    line = (await asyncio.wait_for(process.stdout.readline(), 120)).decode()
    assert "打开 http://127.0.0.1:" in line
    for command in unit("linying-backup.service")["ExecStart"]:
        told = command.replace("/opt/linying", str(place)).split()
        backup = await asyncio.create_subprocess_exec(
            *told, cwd=place, env={"PATH": os.environ["PATH"], **settings}
        )
        assert await backup.wait() == 0
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 20) == 0


def test_units_agree_with_the_documented_folders() -> None:
    for name in ("linying.service", "linying-backup.service"):
        found = unit(name)
        assert found["WorkingDirectory"] == ["/opt/linying"]
        assert found["EnvironmentFile"] == ["/etc/linying.env"]
        assert found["ReadWritePaths"] == ["/opt/linying/data"]
        assert found["User"] == ["linying"]
    assert "data" in variables((DEPLOY / "linying.env.example").read_text())["LINYING_DATA_DIR"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in ("linying.service", "linying-backup.service", "linying-backup.timer"):
        # The program and its user are not on this machine.
        text = (DEPLOY / name).read_text().replace("/opt/linying/.venv/bin/python", "/bin/true")
        (tmp_path / name).write_text(text.replace("User=linying\n", ""))
    units = [str(tmp_path / name) for name in ("linying.service", "linying-backup.timer")]
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    ours = [line for line in checked.stderr.splitlines() if "linying" in line]
    assert ours == []


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text()))


def test_compose_gives_every_replica_settings_that_the_program_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = variables((DEPLOY / "compose" / "env.example").read_text())
    given |= {
        "LINYING_DOMAIN": "linying.example",
        "LINYING_TOKEN": "123456:ABC-def",
        "LINYING_ADMINS": "3001",
        "LINYING_SECRET_KEY": "k" * 64,
        "POSTGRES_PASSWORD": "geheim",
    }
    wanted = compose()["services"]["bot"]["environment"]
    used = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose" / "compose.yaml").read_text()))
    assert used <= given.keys()
    assert wanted.keys() <= NAMES
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    for name, value in wanted.items():
        monkeypatch.setenv(name, re.sub(r"\$\{(\w+)[^}]*\}", lambda m: given[m[1]], value))
    settings = read_settings()
    assert settings.database == "postgresql+asyncpg://linying:geheim@database/linying"
    assert settings.webhook_url == "https://linying.example/webhook"
    assert settings.webhook_host == "0.0.0.0"
    assert settings.database_file is None


def test_the_proxy_lets_only_the_webhook_through_to_the_replicas() -> None:
    services, rules = compose()["services"], (DEPLOY / "compose" / "Caddyfile").read_text()
    environment = services["bot"]["environment"]
    path = environment["LINYING_WEBHOOK_URL"].rsplit("/", 1)[1]
    assert f"@webhook path /{path}\n" in rules
    assert f"dynamic a bot {environment['LINYING_WEBHOOK_PORT']}" in rules
    assert environment["LINYING_WEBHOOK_PORT"] in services["bot"]["healthcheck"]["test"][-1]
    assert "ports" not in services["bot"]
    assert services["bot"]["deploy"]["replicas"] >= 3
    assert services["tools"]["environment"] == environment


def test_the_image_holds_no_secret_and_no_data() -> None:
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", "data"} <= set(left_out)
    image = (DEPLOY / "compose" / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.lock" in image
    assert "USER linying" in image
    assert not set(re.findall(r"LINYING_\w+", image)) - {"LINYING_DATA_DIR"}
