"""`POST /model/parse`: the reader for other programs, in the shape that Rasa's server answers in.

One thread reads, so that a flood of other programs' messages leaves the bot its turn. The words of a
message are neither kept nor logged.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.playground.address import host_is_loopback

if TYPE_CHECKING:
    from aiohttp import web

    from nlu.reader import Reader
    from nlu.understanding import Understanding

log = logging.getLogger(__name__)

#: Two thousand characters as JSON escapes are 24 KB.
_LARGEST_BODY = 64 << 10
_LONGEST_ID = 200
#: Seconds for a body to arrive.
_PATIENCE = 5.0
#: Calls that may wait for the reader; it answers a thousand a second.
_MOST_WAITING = 64
_RANKED = 10
Handler = Callable[["web.Request"], Awaitable["web.StreamResponse"]]


class Refused(Exception):
    """A call that is not answered: HTTP status, Rasa's word for it, and a sentence."""

    def __init__(self, status: int, reason: str, words: str) -> None:
        super().__init__(words)
        self.status, self.reason, self.words = status, reason, words


def make_app(reader: Callable[[], Reader | None], key: str, zone: str) -> web.Application:
    """The web application; with a key, only for who sends it."""
    from aiohttp import web

    thread = ThreadPoolExecutor(1, thread_name_prefix="parse")
    waiting = 0

    async def on_parse(request: web.Request) -> web.Response:
        nonlocal waiting
        text, message_id = _asked(await _body(request), request, key)
        found = reader()
        if found is None or waiting >= _MOST_WAITING:
            raise Refused(503, "Busy", "阅读器正忙或还没准备好，请过一秒再来。")
        waiting += 1
        try:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(thread, _answer, found, text, message_id, zone)
        finally:
            waiting -= 1
        return _json(answer)

    async def on_health(request: web.Request) -> web.Response:
        return _json({"status": "ok" if reader() else "loading"})

    async def end(app: web.Application) -> None:
        thread.shutdown(wait=False, cancel_futures=True)

    app = web.Application(client_max_size=_LARGEST_BODY, middlewares=[_guard(key)])
    app.router.add_post("/model/parse", on_parse)
    app.router.add_get("/health", on_health)
    app.on_cleanup.append(end)
    return app


def _guard(key: str) -> Any:
    """No browsers, no foreign names for this machine; every refusal is JSON."""
    from aiohttp import web

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if "Origin" in request.headers:
                raise Refused(403, "NotAllowed", "网页不能直接调用阅读器。")
            if not key and not host_is_loopback(request.host):
                # A name that a foreign page had pointed at this machine would let it read along.
                raise Refused(
                    403, "NotAllowed", "没有设置 LINYING_PARSE_KEY 时，只能用 127.0.0.1 或 localhost 来调用。"
                )
            return await handler(request)
        except Refused as refused:
            return _failure(refused)
        except web.HTTPRequestEntityTooLarge:
            return _failure(Refused(413, "TooLarge", f"内容太大，最多 {_LARGEST_BODY >> 10} KB。"))
        except web.HTTPException as other:
            return _failure(
                Refused(other.status, other.reason.replace(" ", ""), _WORDS.get(other.status, "不行。"))
            )
        except Exception as error:  # noqa: BLE001 - its words may hold the message's: only its kind is logged
            log.error("a message could not be read: %s", type(error).__name__)
            return _failure(Refused(500, "ParsingError", "阅读器出错了，这句话没有读成。"))

    return guard


_WORDS = {404: "没有这个地址，请用 POST /model/parse。", 405: "请用 POST。"}


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await request.read()
    except TimeoutError:
        raise Refused(408, "Timeout", "内容没有按时送到。") from None


def _asked(body: bytes, request: web.Request, key: str) -> tuple[str, str | None]:
    """Text and message id of a call. Raises Refused."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        call = None
    _unlock(call, request, key)
    if not isinstance(call, dict):
        raise Refused(400, "BadRequest", '内容应是 JSON：{"text": "……"}。')
    text, message_id = call.get("text"), call.get("message_id")
    if not isinstance(text, str):
        raise Refused(400, "BadRequest", "text 应是一句话（字符串）。")
    if message_id is not None and not (isinstance(message_id, str) and len(message_id) <= _LONGEST_ID):
        raise Refused(400, "BadRequest", f"message_id 应是不超过 {_LONGEST_ID} 个字的字符串。")
    return text, message_id


def _unlock(call: Any, request: web.Request, key: str) -> None:
    """The key in the header, or as `token` in the call, where Rasa's own client of such servers puts it."""
    if not key:
        return
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = call.get("token") if isinstance(call, dict) else None
    for given in (said, token if isinstance(token, str) else ""):
        # Bytes that are no UTF-8 arrive as surrogates.
        if hmac.compare_digest(given.encode(errors="surrogatepass"), key.encode()):
            return
    raise Refused(401, "NotAuthenticated", "钥匙不对或没有带。请在请求头里写 Authorization: Bearer 钥匙。")


def _answer(reader: Reader, text: str, message_id: str | None, zone: str) -> dict[str, Any]:
    """What Rasa would answer, and under `linying` all that it has no place for."""
    from nlu.answer import as_json
    from nlu.entities import find_entities
    from nlu.normalise import MAX_CHARACTERS

    # As the bot reads a message; nobody needs more to say what is wrong.
    kept = text[:MAX_CHARACTERS]
    read = reader.understand(kept, datetime.now(ZoneInfo(zone)))
    ranking = _ranking(reader, read)
    entities = [
        {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end, "extractor": "linying"}
        for e in find_entities(kept, read.details)
    ]
    return {
        "text": text,
        "message_id": message_id,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "entities": entities,
        "linying": {**as_json(read), "masked": read.masked, "characters_read": len(kept)},
    }


def _ranking(reader: Reader, read: Understanding) -> list[dict[str, Any]]:
    """Items and acts in one list, as Rasa's classifier ranks its intents; what was decided on leads."""
    chances = reader.chances(read.text)
    first = read.ranking[0].item if read.act == "request" else read.act
    order = sorted(chances, key=lambda intent: (intent != first, -chances[intent]))[:_RANKED]
    return [{"name": intent, "confidence": round(chances[intent], 4)} for intent in order]


def _json(answer: Any, status: int = 200, **headers: str) -> web.Response:
    from aiohttp import web

    # Half a surrogate pair cannot be sent as it is.
    body = json.dumps(answer, ensure_ascii=False).encode(errors="replace")
    return web.Response(
        body=body, status=status, content_type="application/json", charset="utf-8", headers=headers
    )


def _failure(refused: Refused) -> web.Response:
    """As Rasa's server tells it."""
    told = {
        "status": "failure",
        "reason": refused.reason,
        "message": refused.words,
        "code": refused.status,
    }
    more = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "1"}}.get(refused.status, {})
    return _json(told, refused.status, **more)
