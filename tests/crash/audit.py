"""What must be true after all the killing, read from the database and the messenger past the program."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from casework.statuses import RequestStatus
from casework.transitions import TRANSITIONS, Action


class Audit:
    """Every check raises AssertionError with what was found."""

    def __init__(self, path: Path) -> None:
        self._rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._rows.row_factory = sqlite3.Row

    def close(self) -> None:
        self._rows.close()

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        return self._rows.execute(query, values).fetchall()

    def numbers(self) -> dict[int, str]:
        """Request id → number."""
        return {row["id"]: row["number"] for row in self.all("SELECT id, number FROM requests")}

    def every_update_is_handled_once(self, updates: Iterable[dict[str, Any]]) -> int:
        """Each update that the messenger handed over is in the inbox once, and done."""
        given = {u["update"]["update_id"] for u in updates if u["handed_over"]}
        kept = Counter(row["update_id"] for row in self.all("SELECT update_id FROM inbox"))
        assert set(kept) == given
        assert set(kept.values()) <= {1}
        left = self.all("SELECT update_id, status, error FROM inbox WHERE status <> 'done'")
        assert [dict(row) for row in left] == []
        return len(given)

    def each_need_is_filed_once(self, contacts: list[str]) -> None:
        """A need is known by the phone number in its words."""
        described = [row["description"] for row in self.all("SELECT description FROM requests")]
        filed = Counter(c for c in contacts for words in described if c in words)
        assert filed == Counter(contacts)
        assert len(described) == len(contacts)

    def no_offer_is_accepted_twice(self) -> None:
        accepted = self.all(
            "SELECT request_id, count(*) AS times FROM offers WHERE status = 'accepted' "
            "GROUP BY request_id HAVING count(*) > 1"
        )
        assert [dict(row) for row in accepted] == []
        twice = self.all(
            "SELECT request_id, action, count(*) AS times FROM history "
            "WHERE action IN ('submit', 'accept', 'start', 'complete', 'confirm') "
            "GROUP BY request_id, action HAVING count(*) > 1"
        )
        assert [dict(row) for row in twice] == []

    def every_step_is_in_the_table(self) -> int:
        """History is an unbroken chain of allowed steps that ends where the request stands."""
        steps = self.all("SELECT * FROM history ORDER BY request_id, id")
        by_request: dict[int, list[sqlite3.Row]] = {}
        for step in steps:
            by_request.setdefault(step["request_id"], []).append(step)
        status = {row["id"]: row["status"] for row in self.all("SELECT id, status FROM requests")}
        assert set(by_request) == set(status)
        for request_id, chain in by_request.items():
            assert chain[0]["action"] == Action.SUBMIT
            for before, after in pairwise(chain):
                assert after["from_status"] == before["to_status"]
                starts, target = TRANSITIONS[Action(after["action"])]
                assert RequestStatus(after["from_status"]) in starts
                assert RequestStatus(after["to_status"]) is target
            assert chain[-1]["to_status"] == status[request_id]
        return len(steps)

    def nothing_waits_to_be_sent(self) -> None:
        left = self.all("SELECT chat_id, method, status, error, payload FROM outbox WHERE status <> 'sent'")
        assert [dict(row) for row in left] == []

    def every_promise_arrived(self, chats: dict[int, list[str]]) -> int:
        """Each text of the outbox stands in the chat's transcript, at least once."""
        promised = self.all("SELECT chat_id, payload FROM outbox WHERE method = 'SendMessage'")
        for row in promised:
            words = _plain(json.loads(row["payload"])["text"])
            assert any(words == _plain(text) for text in chats[row["chat_id"]]), words
        return len(promised)


def _plain(text: str) -> str:
    """Without markup and white space: a transcript shows what a person sees."""
    import html
    import re

    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^<>]*>", "", text)))
