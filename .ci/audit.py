"""Asks for known weaknesses of the locked packages and says plainly when nobody could be asked.

usage: python .ci/audit.py [options of pip-audit, such as --vulnerability-service osv]

pip-audit is installed on demand into an environment of its own. Where the service does not know a package
(a mirror often knows none), pip-audit leaves it out and ends well; here that counts as not asked.
Ends with 0 when every package was asked for and none is weak, 1 when one is, 3 when not all could be asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".venv" / "audit"
CLEAN, WEAK, UNKNOWN = 0, 1, 3


def main() -> int:
    """Install what is missing, ask, tell."""
    tool = HOME / "bin" / "pip-audit"
    if not tool.exists():
        print("正在安装 pip-audit …", file=sys.stderr)
        venv.create(HOME, with_pip=True)
        install = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*install, "pip-audit"], check=False).returncode:
            print("pip-audit 装不上：这台机器可能连不上软件源。没有查成，这不说明没有问题。")
            return UNKNOWN
    command = [tool, "--disable-pip", "--require-hashes", "-r", ROOT / "requirements.lock"]
    command += ["--format", "json", "--progress-spinner", "off", *sys.argv[1:]]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    code, lines = verdict(done.stdout, done.stderr)
    print("\n".join(lines))
    return code


def verdict(report: str, errors: str) -> tuple[int, list[str]]:
    """The exit code and what to say, from what pip-audit wrote."""
    try:
        found: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (errors.strip().splitlines() or ["没有回答"])[-1]
        return UNKNOWN, [f"没有查成：漏洞库连不上，或 pip-audit 出了错（{last[:200]}）。", _NOT_CLEAN]
    skipped = [one["name"] for one in found if one.get("skip_reason")]
    weak = [one for one in found if one.get("vulns")]
    lines = [_weakness(one, vuln) for one in weak for vuln in one["vulns"]]
    if skipped:
        some = "、".join(skipped[:5]) + (" 等" if len(skipped) > 5 else "")
        lines += [
            f"{len(found)} 个包里有 {len(skipped)} 个查不到（{some}）：漏洞库不认识它们，或者连不上。",
            _NOT_CLEAN,
        ]
    if weak:
        return WEAK, [*lines, f"{len(weak)} 个包有已知的弱点，请升级（make lock）。"]
    return (
        (UNKNOWN, lines)
        if skipped or not found
        else (CLEAN, [f"{len(found)} 个包都查过了，没有已知的弱点。"])
    )


_NOT_CLEAN = "这不说明没有问题：请在能连上漏洞库的机器上再跑一次 make audit。"


def _weakness(package: dict[str, Any], vuln: dict[str, Any]) -> str:
    mended = "、".join(vuln.get("fix_versions", [])) or "还没有"
    return f"{package['name']} {package['version']}：{vuln['id']}，修好的版本：{mended}"


if __name__ == "__main__":
    sys.exit(main())
