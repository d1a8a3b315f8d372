"""/import: a template out, a filled list in; checked as a whole, previewed, then taken in as a whole."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from casework.entities import Organisation
from casework.permissions import Permission, require
from casework.use_cases.organisations import ImportOrganisations
from casework.use_cases.reading import ListOrganisations
from handlers.admin.deferred import later
from handlers.admin.desk import Desk, Pressed, Step
from handlers.admin.sheets import SheetResult, describe
from handlers.admin.sheets.opening import MAX_FILE
from handlers.admin.sheets.packing import pack, unpack
from handlers.admin.sheets.reading import Problem
from handlers.kit.buttons import button
from handlers.kit.callbacks import DeskCD
from handlers.kit.texts import Markup

_PROBLEMS_SHOWN = 25
_NAMES_SHOWN = 10
#: What people send instead of an xlsx file; anything else a worker sends is a resident's matter.
_TABLES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".csv", ".tsv", ".et", ".ods", ".numbers")


class IsTable(Filter):
    """A table, or any file while a list is waited for."""

    async def __call__(self, message: Message, raw_state: str | None = None) -> bool:
        """By the file's name."""
        if message.document is None:
            return False
        name = (message.document.file_name or "").lower()
        return name.endswith(_TABLES) or raw_state == Step.file.state


async def on_import(event: Message | CallbackQuery, desk: Desk) -> None:
    """Hand out the template."""
    require(desk.actor, Permission.MANAGE_ORGANISATIONS)
    await desk.wait_for(Step.file)
    await desk.aside().say("import-how")
    await later(desk, "template")


async def on_file(message: Message, desk: Desk, attachment: SheetResult | None = None) -> None:
    """The list was read before this transaction began; nothing is taken in yet."""
    require(desk.actor, Permission.MANAGE_ORGANISATIONS)
    document = message.document
    assert document is not None
    await desk.state.clear()
    if (document.file_size or 0) > MAX_FILE:
        result = SheetResult(problems=(Problem("too-big"),))
    elif not (document.file_name or "").lower().endswith(".xlsx"):
        result = SheetResult(problems=(Problem("not-xlsx"),))
    elif attachment is None:
        await desk.say("import-not-fetched")
        return
    else:
        result = attachment
    if result.problems:
        await desk.wait_for(Step.file)
        await desk.show(_report(desk, result))
    else:
        await _preview(desk, list(result.organisations))


def _report(desk: Desk, result: SheetResult) -> Markup:
    lines = [desk.texts("import-problems", count=len(result.problems))]
    lines += [
        desk.texts("import-problem", words=describe(p, desk.texts)) for p in result.problems[:_PROBLEMS_SHOWN]
    ]
    left = len(result.problems) - _PROBLEMS_SHOWN
    if left > 0:
        lines.append(desk.texts("import-more-problems", left=left))
    return Markup("\n".join([*lines, desk.texts("import-again")]))


async def _preview(desk: Desk, organisations: list[Organisation]) -> None:
    known = {o.name for o, _ in await desk.context.cases(ListOrganisations)(desk.actor)}
    new = [o.name for o in organisations if o.name not in known]
    updated = [o.name for o in organisations if o.name in known]
    stamp = desk.context.now.strftime("%H%M%S%f")
    await desk.wait_for(Step.sure_import, stamp=stamp, list=pack(organisations))
    lines = [desk.texts("import-preview", count=len(organisations), added=len(new), updated=len(updated))]
    lines += [_names(desk, key, names) for key, names in (("new", new), ("known", updated)) if names]
    row = [
        button(desk.texts, "import-yes", DeskCD(action="import_yes", value=stamp)),
        button(desk.texts, "cancel", DeskCD(action="import_no", value=stamp)),
    ]
    await desk.show(Markup("\n".join([*lines, desk.texts("import-sure")])), [row])


def _names(desk: Desk, key: str, names: list[str]) -> Markup:
    more = desk.texts.plain("import-and-more") if len(names) > _NAMES_SHOWN else ""
    return desk.texts(f"import-names-{key}", names="、".join(names[:_NAMES_SHOWN]) + more)


async def on_yes(callback: CallbackQuery, pressed: DeskCD, desk: Desk) -> None:
    """Take the list in, all of it; a second press finds nothing left to do."""
    data = await desk.waited_for(Step.sure_import)
    if data is None or data["stamp"] != pressed.value:
        await desk.toast("admin-too-late")
        await desk.show(desk.texts("import-too-late"))
        return
    organisations = unpack(data["list"], desk.context.community.id)
    added, updated = await desk.context.cases(ImportOrganisations)(desk.actor, organisations)
    await desk.toast("admin-done")
    await desk.show(desk.texts("import-done", added=added, updated=updated))


async def on_no(callback: CallbackQuery, desk: Desk) -> None:
    """Nothing is taken in."""
    await desk.state.clear()
    await desk.show(desk.texts("import-dropped"))


def make_router() -> Router:
    """Lists of organisations."""
    router = Router(name="admin.importing")
    router.message.register(on_import, Command("import"))
    router.message.register(on_file, IsTable())
    router.callback_query.register(on_import, Pressed(DeskCD, "template"))
    router.callback_query.register(on_yes, Pressed(DeskCD, "import_yes"))
    router.callback_query.register(on_no, Pressed(DeskCD, "import_no"))
    return router
