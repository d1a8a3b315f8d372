"""Pictures of results and notices, made when their turn to be sent has come."""

from __future__ import annotations

from typing import Any

from casework.permissions import Actor, Role
from casework.use_cases.disclosure import DraftNotice, ReadNotice
from casework.use_cases.evaluation import ShowResults
from handlers.drawings import Board
from handlers.judging.notice import notice_board
from handlers.judging.results import results_board
from handlers.judging.words import month_words
from handlers.kit.context import Context
from handlers.ports import Delivery


def asked_by(payload: dict[str, Any], context: Context) -> Actor:
    """Who asked, with what they are now."""
    worker = {Role.ADMIN} if payload["actor"] in context.admins else set()
    return Actor(payload["actor"], context.community.id, frozenset({Role.RESIDENT, *worker}))


async def _photo(payload: dict[str, Any], context: Context, board: Board, caption: str) -> Delivery:
    if context.charts is None:
        raise RuntimeError("nobody here draws charts")
    picture = await context.charts.draw(board)
    fields = {"chat_id": payload["chat_id"], "caption": caption}
    return Delivery("SendPhoto", fields, ("photo", "board.png", picture))


async def evaluation_picture(payload: dict[str, Any], context: Context) -> Delivery:
    """The table of a round."""
    found = await context.cases(ShowResults)(asked_by(payload, context), int(payload["round"]))
    if found is None:
        raise ValueError("a picture of a round without results")
    shown, entries = found
    board = results_board(context.texts, context.community, shown, entries)
    return await _photo(payload, context, board, shown.title)


async def notice_draft_picture(payload: dict[str, Any], context: Context) -> Delivery:
    """A month's notice for a worker, published or not."""
    month = payload["month"]
    figures, _ = await context.cases(DraftNotice)(asked_by(payload, context), month)
    return await _photo(payload, context, _notice(context, month, figures), _caption(context, month))


async def notice_picture(payload: dict[str, Any], context: Context) -> Delivery:
    """A published notice, for everybody."""
    notice, _ = await context.cases(ReadNotice)(asked_by(payload, context), payload["month"])
    if notice is None:
        raise ValueError("a picture of a notice that is not published")
    board = _notice(context, notice.month, notice.figures)
    return await _photo(payload, context, board, _caption(context, notice.month))


def _notice(context: Context, month: str, figures: Any) -> Board:
    return notice_board(context.texts, context.community, month, figures)


def _caption(context: Context, month: str) -> str:
    name, when = context.community.short_name, month_words(context.texts, month)
    return context.texts.plain("judging-picture-caption", community=name, month=when)
