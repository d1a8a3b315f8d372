"""The permission matrix of one's own data: everybody's own, nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.kit.callbacks import ErasureCD, PrivacyCD
from handlers.resident.privacy import ACTIONS
from tests.bot.known_buttons import Button
from tests.bot.permission_table import PRIVATE, Row
from tests.bot.whole_house import Town


def _row(action: str) -> Row:
    return Row(Town.filed, PRIVATE, lambda t: PrivacyCD(action=action))


def _sure(town: Town) -> ErasureCD:
    return ErasureCD(at=int(datetime.now(UTC).timestamp() // 60))


BUTTONS: dict[Button, Row] = {
    **{(PrivacyCD, action): _row(action) for action in ACTIONS if action != "forget"},
    (ErasureCD, ""): Row(Town.filed, PRIVATE, _sure),
}
