"""Every HTTP route the program can open × who calls: who is let in."""

from __future__ import annotations

from dataclasses import dataclass

#: Who calls: with the key or secret, where there is one; without; with another; a page in a browser on this
#: machine; whoever has given this machine a name of their own.
CALLERS = ("holder", "nobody", "wrong key", "web page", "foreign name")
ALL = frozenset(CALLERS)
HOLDER = frozenset({"holder"})
#: Whoever is on this machine, but no page in a browser and nobody who gave this machine another name.
LOCAL = frozenset({"holder", "nobody", "wrong key"})


@dataclass(frozen=True)
class Door:
    """One web application: its routes (method and path) and who gets through."""

    says: str
    routes: dict[tuple[str, str], frozenset[str]]


def _own(*routes: str, who: frozenset[str]) -> dict[tuple[str, str], frozenset[str]]:
    return dict.fromkeys((route.partition(" ")[::2] for route in routes), who)


#: What watches over the program: health is a word about each part, figures are for this machine or the key.
_WATCHED = _own("GET /health", "GET /healthz", "GET /readyz", who=ALL)
DOORS: dict[str, Door] = {
    "webhook": Door(
        "the messenger's calls, with its secret; beside them health and figures (no key set)",
        _own("POST /hook", who=HOLDER) | _WATCHED | _own("GET /metrics", who=ALL),
    ),
    "webhook, figures with a key": Door(
        "the same with LINYING_METRICS_KEY",
        _own("POST /hook", who=HOLDER) | _WATCHED | _own("GET /metrics", who=HOLDER),
    ),
    "parse": Door(
        "the reader for other programs, without a key",
        _own("POST /model/parse", "GET /health", who=LOCAL),
    ),
    "parse with a key": Door(
        "the same with LINYING_PARSE_KEY",
        _own("POST /model/parse", who=HOLDER)
        | _own("GET /health", who=ALL - {"web page"}),
    ),
    "actions": Door(
        "rasa-sdk's action server, without a key",
        _own("POST /webhook", "GET /actions", "GET /health", who=LOCAL),
    ),
    "actions with a key": Door(
        "the same with LINYING_ACTIONS_KEY",
        _own("POST /webhook", "GET /actions", who=HOLDER)
        | _own("GET /health", who=ALL - {"web page"}),
    ),
    "playground": Door(
        "the Bot-API server and the page of the playground, on loopback only",
        _own(
            *("GET /", "GET /static", "GET /file/bot{token}/{path}", "* /bot{token}/{method}"),
            *(f"GET /control/{name}" for name in (
                "clock", "calls", "commands", "disorder", "events", "faults", "faults/done", "files/{id}",
                "limits", "state", "transcript", "transcript/{chat}", "updates", "wait",
            )),
            *(f"POST /control/{name}" for name in (
                "block", "clock", "delete", "disorder", "edit", "faults", "faults/clear", "forge", "forward",
                "groups", "limits", "persons", "press", "reset", "send", "start",
            )),
            who=LOCAL,
        ),
    ),
}  # fmt: skip
