"""Organisations by what a worker types: an id, a name, a part of a name."""

from __future__ import annotations

from casework.entities import Organisation
from casework.use_cases.reading import ListOrganisations
from handlers.admin.desk import Desk
from handlers.admin.sheets.columns import same


async def named(desk: Desk, typed: str) -> list[Organisation]:
    """The exact one alone if there is one, else all whose names hold the words."""
    every = [o for o, _ in await desk.context.cases(ListOrganisations)(desk.actor)]
    wanted = same(typed[:60])
    exact = [o for o in every if wanted in (str(o.id), same(o.name))]
    return exact or [o for o in every if wanted and wanted in same(o.name)]
