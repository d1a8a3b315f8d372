"""The running bot, asked where it tells how it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from bot.checks.finding import Finding, hint
from bot.settings import Settings

_PATIENCE = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - to be reached, not to be opened
_SAID = {
    "running": {"starting": "正在启动", "draining": "正在停"},
    "model": {"loading": "阅读器还没装好"},
}


def check_running(settings: Settings) -> Iterator[Finding]:
    """`/readyz` of the bot on this machine, where it has a port for it."""
    address = _address(settings)
    if not address:
        yield Finding(True, "监控没有开：要用 Prometheus 看它，请设 LINYING_METRICS_PORT。")
        return
    told = f"/healthz、/readyz、/metrics 在 {address}"
    try:
        parts = _ask(f"http://{address}/readyz")
    except (OSError, ValueError):
        yield hint(f"监控：{told}，现在没有回答：机器人没有在运行，或者开着的是别的程序。")
        return
    wrong = [_words(part, state) for part, state in parts.items() if part != "ok" and state != "ok"]
    if wrong:
        yield Finding(
            False, f"机器人开着，但现在接不了消息：{'，'.join(wrong)}。过一分钟再查；还是这样，请看日志。"
        )
    else:
        yield Finding(True, f"机器人在运行，能接消息（{told}）。")


def _address(settings: Settings) -> str:
    if settings.metrics_port:
        host, port = settings.metrics_host, settings.metrics_port
    elif settings.webhook_url:
        host, port = settings.webhook_host, settings.webhook_port
    else:
        return ""
    host = _EVERYWHERE.get(host, host)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _ask(url: str) -> dict[str, Any]:
    try:
        # Not through the proxy of the environment: it is on this machine.
        with build_opener(ProxyHandler({})).open(url, timeout=_PATIENCE) as response:
            body = response.read()
    except HTTPError as error:
        # Not ready is an answer too.
        body = error.read()
    except URLError as error:
        raise OSError(str(error.reason)) from error
    parts = json.loads(body)
    if not isinstance(parts, dict) or "ok" not in parts:
        raise ValueError("not ours")
    return parts


def _words(part: str, state: str) -> str:
    if part == "database":
        return "数据库结构不对" if state == "schema" else f"数据库不回答（{state}）"
    return _SAID.get(part, {}).get(state, f"{part} {state}")
