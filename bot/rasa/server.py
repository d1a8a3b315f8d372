"""`python -m bot actions`: rasa-sdk's action server with our actions, on loopback unless a key guards it."""

from __future__ import annotations

import asyncio
import hmac
import logging
import signal
import socket
import warnings
from typing import TYPE_CHECKING, Any

from bot.faults import Fault
from bot.playground.address import host_is_loopback, is_loopback
from bot.settings import Settings

if TYPE_CHECKING:
    from sanic import Sanic

    from bot.rasa.host import Host

log = logging.getLogger(__name__)

#: Calls in hand when the program is told to end get so long, in seconds.
_DRAIN = 4.0
#: A tracker carries all that was ever said in it, in bytes.
_LARGEST_CALL = 16 * 2**20


def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises Fault for an open door without a key, a taken port, a bad database."""
    if not settings.actions_key and not is_loopback(settings.actions_host):
        raise Fault(
            f"LINYING_ACTIONS_HOST 是 {settings.actions_host}，别的机器也连得进来，谁都能冒充居民。"
            "请改回 127.0.0.1，或者再设置 LINYING_ACTIONS_KEY（16 个以上的字母和数字），Rasa 那边也要带上它。"
        )
    from bot.communities import load_community
    from bot.reading import begin_loading

    community, organisations = load_community(settings.community)
    loading = begin_loading(settings.data_dir / "model", community.compounds)

    async def work() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await _serve(settings, community, organisations, loading, stop)

    asyncio.run(work())


async def _serve(
    settings: Settings, community: Any, organisations: Any, loading: Any, stop: asyncio.Event
) -> None:
    from bot.clock import SystemClock
    from bot.frame import Frame
    from bot.ledgers import opened
    from bot.light_import import import_aiogram_lightly
    from bot.reading import take_seat
    from bot.seeding import seed

    await asyncio.to_thread(import_aiogram_lightly)
    from bot.rasa.host import Host
    from handlers.kit.texts import default_texts

    async with opened(settings) as db:
        async with db.transaction(community.id) as uow:
            await uow.alone("start")
            await seed(uow, community, organisations)
            await uow.commit()
        frame = Frame(community, SystemClock(), default_texts(), settings.admins)
        ending = asyncio.create_task(stop.wait())
        seated = asyncio.create_task(take_seat(frame.seat, loading))
        await asyncio.wait([ending, seated], return_when=asyncio.FIRST_COMPLETED)
        if not seated.done():
            return
        seated.result()
        app, busy = make_app(Host(db, frame), settings.actions_key)
        server = await _listen(app, settings.actions_host, settings.actions_port)
        print(  # noqa: T201 - the one line that tells where it is
            f"行动服务器已启动：{_address(settings.actions_host, server)}/webhook ，按 Ctrl+C 停止。",
            flush=True,
        )
        await ending
        server.close()
        await busy.drain(_DRAIN)
        await server.after_stop()


class Busy:
    """How many calls are in hand."""

    def __init__(self) -> None:
        self._calls = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def __enter__(self) -> None:
        self._calls += 1
        self._idle.clear()

    def __exit__(self, *_: object) -> None:
        self._calls -= 1
        if not self._calls:
            self._idle.set()

    async def drain(self, seconds: float) -> None:
        """Wait until none is, at most so long."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            log.warning("%d calls were cut off", self._calls)


def make_app(host: Host, key: str) -> tuple[Sanic[Any, Any], Busy]:
    """rasa-sdk's web application over our host; with a key, only for whoever sends it."""
    from rasa_sdk.endpoint import create_app
    from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
    from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
    from sanic.exceptions import SanicException
    from sanic.response import json

    from handlers.dialogue import engine

    # Rasa 3.6 and later releases of rasa-sdk speak the same protocol.
    warnings.filterwarnings("ignore", message="(You are using an old|Your) versions? of rasa")
    busy = Busy()

    class Served(ActionExecutor):  # type: ignore[misc]
        """rasa-sdk's executor as its web server calls it."""

        async def run(self, action_call: Any, *_: Any, **__: Any) -> ActionExecutorRunResult:
            action, sender, tracker = _read(action_call)
            if action not in self.actions:
                raise ActionNotFoundException(action)
            if tracker is None:
                raise ActionExecutionRejection(
                    action, "the call has no sender_id and tracker in Rasa's shape"
                )
            with busy:
                events, said = await host.answer(action, sender, tracker)
            return ActionExecutorRunResult(events=events, responses=said)

    served = Served()
    served.actions = engine.executor().actions
    app = create_app(served, cors_origins=[])
    app.config.REQUEST_MAX_SIZE = _LARGEST_CALL
    app.config.ACCESS_LOG = False
    expected = f"Bearer {key}".encode()

    @app.on_request  # type: ignore[misc,untyped-decorator,unused-ignore]
    async def only_rasa(request: Any) -> Any:
        if request.headers.get("origin"):
            # A page in somebody's browser on this machine is no Rasa.
            return json({"error": "not for browsers"}, status=403)
        if not key and not host_is_loopback(request.host):
            # A name that a foreign page had pointed at this machine.
            return json({"error": "without a key only this machine's own names"}, status=403)
        told = request.headers.get("authorization", "").encode()
        if key and request.path != "/health" and not hmac.compare_digest(told, expected):
            return json({"error": "the key is missing or wrong"}, status=401)
        if request.method == "POST" and not request.headers.get("content-encoding"):
            try:
                good = isinstance(request.json, dict)
            except SanicException:
                good = False
            if not good:
                return json({"error": "not a call in JSON", "action_name": ""}, status=400)
        return None

    return app, busy


def _read(call: dict[str, Any]) -> tuple[str, str, dict[str, Any] | None]:
    """Action, sender and tracker of a call; no tracker where it has not Rasa's shape."""
    tracker = call.get("tracker")
    if not isinstance(tracker, dict):
        return str(call.get("next_action") or ""), "", None
    sender = call.get("sender_id") or tracker.get("sender_id")
    good = isinstance(sender, str) and all(
        isinstance(tracker.get(name) or kind(), kind)
        for name, kind in (("latest_message", dict), ("slots", dict), ("events", list))
    )
    return str(call.get("next_action") or ""), str(sender), tracker if good else None


async def _listen(app: Sanic[Any, Any], host: str, port: int) -> Any:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Sanic would take another port for port 0 and hide why one cannot be had.
        door = socket.create_server((host.strip("[]"), port), family=family)
    except OSError:
        raise Fault(f"{host} 的端口 {port} 打不开，请用 LINYING_ACTIONS_PORT 换一个。") from None
    server: Any = await app.create_server(sock=door, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.start_serving()
    return server


def _address(host: str, server: Any) -> str:
    port = server.server.sockets[0].getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
