"""What stands on a card stays true on the next day and for whoever reads it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.communities import load_community
from casework.entities import Address, Details, Request
from casework.statuses import RequestStatus
from handlers.kit.cards import Cards
from handlers.kit.texts import default_texts

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
COMMUNITY, _ = load_community("fenghe")
CARDS = Cards(default_texts(), COMMUNITY)


@pytest.mark.parametrize(
    ("said", "start", "shown"),
    [
        ("明天下午两点", "2026-11-22T14:00", "明天下午两点（11月22日 周日）"),
        ("下午", "2026-11-21", "下午（11月21日 周六）"),
        ("随时都行", "", "随时都行"),
        ("", "2026-11-22", "11月22日 周日"),
        ("", "", ""),
    ],
)
def test_tomorrow_names_its_day(said: str, start: str, shown: str) -> None:
    assert CARDS.appointment(Details(time_expr=said, time_start=start)) == shown


@pytest.mark.parametrize(
    ("status", "words"),
    [(RequestStatus.OFFERED, "接单后可以看到"), (RequestStatus.ACCEPTED, "只给接单的人看")],
)
def test_what_hides_the_door_fits_where_the_request_stands(status: RequestStatus, words: str) -> None:
    details = Details(Address("", "8", "", ""))
    request = Request(
        1, "fenghe", "20261121-0001", 7, "eld_haircut", "互助类", "剪头", "剪头", status, details, NOW, NOW
    )
    assert words in CARDS.facts(request, NOW, masked=True)
    assert words not in CARDS.facts(request, NOW, masked=False)
