"""The permission matrix of one's own data: everybody's own, nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

from casework.use_cases.filing import GiveConsent
from handlers.kit.callbacks import ErasureCD, PrivacyCD
from handlers.resident.privacy import ACTIONS
from tests.bot.known_buttons import Button
from tests.bot.lead_house import RESIDENT
from tests.bot.permission_table import MUTED, PRIVATE, Row
from tests.bot.whole_house import Town


async def filed(town: Town) -> None:
    """Whoever took back their consent before agrees once more."""
    await town.house.run(GiveConsent, RESIDENT)
    await town.filed()


def _row(action: str) -> Row:
    return Row(filed, PRIVATE | MUTED, lambda t: PrivacyCD(action=action))


def _sure(town: Town) -> ErasureCD:
    return ErasureCD(at=int(datetime.now(UTC).timestamp() // 60))


BUTTONS: dict[Button, Row] = {
    **{(PrivacyCD, action): _row(action) for action in ACTIONS if action != "forget"},
    (ErasureCD, ""): Row(Town.filed, PRIVATE | MUTED, _sure),
}
