"""The empty list of organisations: drop-downs to choose from, an instruction sheet, examples."""

from __future__ import annotations

import io
from typing import Any

from casework.catalogue import Community
from handlers.admin.sheets.columns import COLUMNS, Column, fee_words, heading, yes_no
from handlers.admin.sheets.reading import MAX_ROWS
from handlers.admin.sheets.styles import head_row, keep_as_text
from handlers.kit.texts import Texts, default_texts

_EXAMPLES = (1, 2)
_CHOICES = ("category", "fee", "emergency")
_NOTES = 10


def organisation_template(community: Community, texts: Texts | None = None) -> bytes:
    """An xlsx file to fill in, made for this community's categories, items and compounds."""
    from openpyxl import Workbook

    texts = texts or default_texts()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = texts.plain("sheet-name-organisations")
    _columns(sheet, texts)
    notes = book.create_sheet(texts.plain("sheet-name-notes"))
    _notes(notes, community, texts)
    examples = book.create_sheet(texts.plain("sheet-name-examples"))
    _examples(examples, community, texts)
    choices = book.create_sheet(texts.plain("sheet-name-choices"))
    _choices(choices, community, texts)
    _drop_downs(sheet, choices.title, community, texts)
    _item_list(book.create_sheet(texts.plain("sheet-name-items")), community, texts)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _columns(sheet: Any, texts: Texts) -> None:
    from openpyxl.utils import get_column_letter

    sheet.append([heading(texts, c) for c in COLUMNS])
    head_row(sheet, [c.width for c in COLUMNS])
    for n, column in enumerate(COLUMNS, start=1):
        if column.field == "phone":
            sheet.column_dimensions[get_column_letter(n)].number_format = "@"
            # Excel asks the cell, not the column, once something stands in it.
            for row in range(2, 202):
                sheet.cell(row, n).number_format = "@"


def _choices_of(column: str, community: Community, texts: Texts) -> list[str]:
    return {
        "category": list(community.categories),
        "fee": list(fee_words(texts)),
        "emergency": list(yes_no(texts)),
    }[column]


def _choices(sheet: Any, community: Community, texts: Texts) -> None:
    for n, field in enumerate(_CHOICES, start=1):
        sheet.cell(1, n, texts.plain(f"sheet-head-{field}"))
        for row, word in enumerate(_choices_of(field, community, texts), start=2):
            keep_as_text(sheet.cell(row, n), word)
    head_row(sheet, [16] * len(_CHOICES))


def _drop_downs(sheet: Any, choices: str, community: Community, texts: Texts) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place = {c.field: get_column_letter(n) for n, c in enumerate(COLUMNS, start=1)}
    for n, field in enumerate(_CHOICES, start=1):
        last = 1 + len(_choices_of(field, community, texts))
        source = f"'{choices}'!${get_column_letter(n)}$2:${get_column_letter(n)}${last}"
        rule = DataValidation(type="list", formula1=source, allow_blank=field != "category")
        rule.showErrorMessage = True
        rule.errorTitle = texts.plain(f"sheet-head-{field}")
        rule.error = texts.plain("sheet-choose")
        rule.add(f"{place[field]}2:{place[field]}{MAX_ROWS + 1}")
        sheet.add_data_validation(rule)


def _notes(sheet: Any, community: Community, texts: Texts) -> None:
    from openpyxl.styles import Alignment, Font

    facts = {
        "community": community.name,
        "categories": "、".join(community.categories),
        "compounds": "、".join(community.compounds) or texts.plain("sheet-any-compound"),
        "limit": MAX_ROWS,
        "sheet": texts.plain("sheet-name-organisations"),
        "items": texts.plain("sheet-name-items"),
    }
    sheet.column_dimensions["A"].width = 96
    sheet.append([texts.plain("sheet-note-title", **facts)])
    sheet["A1"].font = Font(bold=True, size=14)
    for n in range(1, _NOTES + 1):
        sheet.append([texts.plain(f"sheet-note-{n}", **facts)])
        sheet.cell(n + 1, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _examples(sheet: Any, community: Community, texts: Texts) -> None:
    sheet.append([heading(texts, c) for c in COLUMNS])
    for n in _EXAMPLES:
        for place, column in enumerate(COLUMNS, start=1):
            keep_as_text(sheet.cell(n + 1, place), _example(n, column, community, texts))
    head_row(sheet, [c.width for c in COLUMNS])


def _example(n: int, column: Column, community: Community, texts: Texts) -> str:
    if column.field == "category":
        return community.categories[(n - 1) % len(community.categories)]
    if column.field == "items":
        items = list(community.catalogue)
        return "、".join(i.name for i in items[(n - 1) * 2 : n * 2])
    if column.field == "areas":
        return "、".join(community.compounds[:2]) if n == 1 else texts.plain("sheet-everywhere")
    return texts.plain(f"sheet-example-{n}-{column.field}")


def _item_list(sheet: Any, community: Community, texts: Texts) -> None:
    sheet.append([texts.plain(f"sheet-items-{k}") for k in ("group", "name", "category", "covers")])
    for item in community.catalogue:
        sheet.append([item.group_name, item.name, community.category_of(item.code), item.covers])
    head_row(sheet, [14, 24, 16, 70])
    sheet.auto_filter.ref = sheet.dimensions
