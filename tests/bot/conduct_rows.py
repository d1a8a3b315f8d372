"""The permission matrix of what workers do about somebody's behaviour."""

from __future__ import annotations

from handlers.kit.callbacks import ConductCD
from tests.bot.known_buttons import Button
from tests.bot.permission_table import ADMINS, Row
from tests.bot.whole_house import NEIGHBOUR, SILENCED, Town

BUTTONS: dict[Button, Row] = {
    (ConductCD, "mute"): Row(
        Town.filed, ADMINS, lambda t: ConductCD(action="mute", id=NEIGHBOUR), changes=True
    ),
    (ConductCD, "unmute"): Row(
        Town.filed, ADMINS, lambda t: ConductCD(action="unmute", id=SILENCED), changes=True
    ),
    (ConductCD, "leave"): Row(Town.filed, ADMINS, lambda t: ConductCD(action="leave", id=NEIGHBOUR)),
    (ConductCD, "everybody"): Row(
        Town.emergency, ADMINS, lambda t: ConductCD(action="everybody", id=t.request.id)
    ),
}
