"""Real updates with something wrong in them."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from bench.fuzzing.made import CHATS, PEOPLE

_JUNK: tuple[Any, ...] = (
    None, "", "x", "\u0000", "\ud83d", "😀" * 300, "9" * 400, 0, -1, 2**63, 10**30, 1.5, True, [], {}, [[]],
    [{}], {"id": 1}, {"id": "1"}, [None], "private", "/start", "/my", "水管漏了",
)  # fmt: skip


def mutate(
    chance: random.Random, update: dict[str, Any], update_id: int, buttons: list[str]
) -> dict[str, Any]:
    """A copy with one to four changes anywhere in it; its number is its own."""
    changed = copy.deepcopy(update)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        holder, key = chance.choice(_places(changed))
        if key == "data" and buttons and chance.random() < 0.8:
            holder[key] = chance.choice(buttons)
        elif key == "id" and chance.random() < 0.8:
            holder[key] = chance.choice((*CHATS, *PEOPLE))
        elif chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice((*_JUNK, holder[key], update)))
        if not changed:
            break
    changed["update_id"] = update_id
    return changed


def _places(thing: Any) -> list[tuple[Any, Any]]:
    keys: Any = thing.keys() if isinstance(thing, dict) else range(len(thing))
    found = [(thing, key) for key in keys]
    for key in list(keys):
        if isinstance(thing[key], dict | list) and thing[key]:
            found += _places(thing[key])
    return found or [({"x": 1}, "x")]


def broken(chance: random.Random, update: dict[str, Any]) -> bytes:
    """Bytes as they should never arrive: cut off, with others in them, too deep, or no JSON at all."""
    body = bytearray(json.dumps(update, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass"))
    how = chance.randrange(6)
    if how == 0:
        return bytes(body[: chance.randrange(len(body))])
    if how == 1:
        for _ in range(chance.randint(1, 9)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        return bytes(body)
    if how == 2:
        return chance.randbytes(chance.randrange(300))
    if how == 3:
        deep = chance.choice((90, 120, 900, 3000, 60_000))
        return bytes(body[:-1]) + b',"message":' + b"[" * deep + b"]" * deep + b"}"
    if how == 4:
        return (
            bytes(body[:-1])
            + b',"edited_message":'
            + chance.choice((b"NaN", b"-Infinity", b"1e999", b"9" * 5000))
            + b"}"
        )
    return chance.choice((b"", b"null", b"[]", b"{}", b'"', b"\xff\xfe", b'{"update_id":', b"0" * 9000))
