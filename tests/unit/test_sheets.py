"""Excel in and out: good lists are read, broken and hostile files are refused in words, ledgers agree."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.communities import load_community
from casework.entities import Address, Details, HistoryEntry, Organisation, Rating, Request
from casework.statuses import Fee, RequestStatus
from casework.use_cases.reading import ExportRow
from handlers.admin.sheets import (
    SheetResult,
    describe,
    organisation_template,
    read_organisations,
    request_json,
    write_requests,
)

COMMUNITY, _ = load_community("fenghe")
CATEGORY = COMMUNITY.categories[0]
COMPOUND = COMMUNITY.compounds[0]
HEAD = ["组织名称", "类别", "服务项目", "服务小区", "同时能接几件", "收费", "电话", "应急组织", "简介"]
GOOD = [
    "管道疏通队",
    CATEGORY,
    "水管与下水道",
    COMPOUND,
    8,
    "低偿",
    13812345678,
    "是",
    "随叫随到",
]
GOOD[2] = COMMUNITY.catalogue.item("hom_plumbing").name


def book(*rows: list[Any], head: list[str] | None = None, title: str = "组织名单") -> Workbook:
    made = Workbook()
    sheet = made.active
    sheet.title = title
    sheet.append(head or HEAD)
    for row in rows:
        sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(*rows: list[Any], **how: Any) -> SheetResult:
    return read_organisations(saved(book(*rows, **how)), COMMUNITY)


def told(result: SheetResult) -> str:
    assert not result.organisations
    return "\n".join(describe(p) for p in result.problems)


def test_a_good_row_becomes_an_organisation() -> None:
    result = read(GOOD)
    assert result.problems == ()
    assert result.organisations == (
        Organisation(
            id=0,
            community_id="fenghe",
            name="管道疏通队",
            category=CATEGORY,
            items=frozenset({"hom_plumbing"}),
            areas=frozenset({COMPOUND}),
            capacity=8,
            fee=Fee.LOW,
            phone="13812345678",
            emergency=True,
            intro="随叫随到",
        ),
    )


def test_only_name_and_category_must_be_given() -> None:
    [organisation] = read(["舞蹈队", CATEGORY]).organisations
    assert (organisation.capacity, organisation.fee, organisation.areas) == (20, Fee.FREE, frozenset())
    assert not organisation.emergency


def test_the_template_can_be_filled_and_read_back() -> None:
    made = load_workbook(io.BytesIO(organisation_template(COMMUNITY)))
    assert told(read_organisations(saved(made), COMMUNITY)) == "名单是空的，一个组织都没有填。"
    sheet = made["组织名单"]
    assert sheet.freeze_panes == "A2"
    assert {str(v.sqref).split(":")[0] for v in sheet.data_validations.dataValidation} == {"B2", "F2", "H2"}
    for n, row in enumerate(made["填写示例"].iter_rows(min_row=2, values_only=True), start=2):
        for place, value in enumerate(row, start=1):
            sheet.cell(n, place).value = value
    result = read_organisations(saved(made), COMMUNITY)
    assert [o.emergency for o in result.organisations] == [False, True], result.problems
    assert [o.hours for o in result.organisations] == [
        "周一至周五 9:00-17:00，周六 9:00-12:00",
        "每天 8:00-20:00",
    ]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("服务时间") + 1).value = "看情况"
    assert "“看情况”看不懂" in told(read_organisations(saved(made), COMMUNITY))


def test_headings_may_move_and_stand_below_a_title() -> None:
    made = Workbook()
    made.active.title = "说明"
    sheet = made.create_sheet("表2")
    sheet.append(["丰和社区组织一览"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["类别 *", "电话", "组织名称*"])
    sheet.append([CATEGORY, "0431-88886666", " 棋牌社　"])
    [organisation] = read_organisations(saved(made), COMMUNITY).organisations
    assert (organisation.name, organisation.phone) == ("棋牌社", "0431-88886666")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, None, "第 2 行“组织名称”：没有填"),
        (0, "长" * 61, "字太多了，最多 60 个字"),
        (0, "=HYPERLINK(1)", "第 2 行“组织名称”：这里是公式"),
        (0, "#REF!", "Excel 的出错标记"),
        (1, "别的类", f"“别的类”不能用，请选：{CATEGORY}"),
        (2, "水管与下水到", "没有“水管与下水到”这项服务"),
        (3, "没有的小区名字", "没有“没有的小区名字”这个小区"),
        (4, 0, "请填 1 到 1000 的整数"),
        (4, "很多", "“很多”不行"),
        (4, 2.5, "“2.5”不行"),
        (5, "白送", "免费、低偿、有偿"),
        (6, "打我手机", "不像电话号码"),
        (6, datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None), "变成了日期"),
        (7, "也许", "是、否"),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column_and_keeps_all_out(
    column: int, value: Any, words: str
) -> None:
    bad = list(GOOD)
    bad[column] = value
    good = ["别的队", *GOOD[1:]]
    assert words in told(read(bad, good))


def test_a_near_miss_is_answered_with_what_may_be_meant() -> None:
    name = COMMUNITY.catalogue.item("hom_plumbing").name
    bad = [*GOOD[:2], name[:-1] + "呀", *GOOD[3:]]
    assert f"是不是：{name}" in told(read(bad))


def test_the_same_name_twice_is_told_with_both_rows() -> None:
    assert "第 3 行“组织名称”：和第 2 行是同一个组织" in told(read(GOOD, GOOD))


def test_all_problems_are_told_at_once() -> None:
    result = read(["", "x", *GOOD[2:]], ["乙", CATEGORY, "无此项"], ["丙", CATEGORY])
    assert [p.row for p in result.problems] == [2, 2, 3]


def test_unknown_and_double_columns_are_told() -> None:
    words = told(read(["甲", CATEGORY, "1", "2"], head=["组织名称", "类别", "电话", "收废"]))
    assert "不认识“收废”这一列" in words
    assert "出现了两次" in told(
        read(["甲", CATEGORY, "110", "110"], head=["组织名称", "类别", "电话", "电话"])
    )


def test_merged_cells_are_refused() -> None:
    made = book(GOOD, ["乙", CATEGORY])
    made.active.merge_cells("B2:B3")
    assert "第 2 行：有合并的单元格" in told(read_organisations(saved(made), COMMUNITY))


def test_another_sheet_is_refused_with_the_wanted_headings() -> None:
    assert "组织名称、类别" in told(read(["甲", "13812345678"], head=["姓名", "电话"]))


def test_too_many_rows_are_refused_quickly() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("组织名单")
    sheet.append(HEAD)
    for n in range(5_001):
        sheet.append([f"组织{n}", CATEGORY])
    assert "超过 5000 行" in told(read_organisations(saved(made), COMMUNITY))


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with_sheet(change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A good file in which one part was changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book(GOOD)))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return out.getvalue()


def _entities(xml: bytes) -> bytes:
    swell = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha" * 50) for n in range(9)
    )
    head, _, rest = xml.partition(b"<worksheet")
    return head + b"<!DOCTYPE worksheet [" + swell + b"]><worksheet" + rest


GOOD_FILE = saved(book(GOOD))
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "不是 Excel 的 .xlsx 文件"),
    "csv renamed": ("组织名称,类别\n甲,公益类\n".encode("gbk"), "不是 Excel 的 .xlsx 文件"),
    "xls renamed": (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "旧版 Excel"),
    "picture renamed": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "不是 Excel 的 .xlsx 文件"),
    "other zip": (_zip(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<T/>"}), "不是 Excel"),
    "cut off": (GOOD_FILE[: len(GOOD_FILE) // 2], "文件坏了"),
    "bytes changed": (GOOD_FILE[:200] + b"\xff" * 400 + GOOD_FILE[600:], "文件坏了"),
    "too big": (b"PK" + b"\0" * (5 * 1024 * 1024), "超过 5 MB"),
    "bomb": (
        _zip(**{"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"\0" * (40 * 1024 * 1024)}),
        "解开以后太大",
    ),
    "many parts": (_zip(**{f"xl/{n}.xml": b"" for n in range(600)}), "解开以后太大"),
    "entities": (_with_sheet(_entities), "文件坏了"),
    "sheet is no xml": (_with_sheet(lambda _: b"\x00\x01 garbage"), "文件坏了"),
    "workbook is no xml": (_with_sheet(lambda _: b"<workbook", "xl/workbook.xml"), "文件坏了"),
    "forged row number": (
        _with_sheet(lambda xml: xml.replace(b'<row r="2"', b'<row r="999999999999"')),
        "文件坏了",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_in_time(name: str) -> None:
    content, words = HOSTILE[name]
    started = time.process_time()
    assert words in told(read_organisations(content, COMMUNITY))
    assert time.process_time() - started < 10


def test_a_full_list_is_read() -> None:
    made = Workbook(write_only=True)
    sheet = made.create_sheet("组织名单")
    sheet.append(HEAD)
    for n in range(5_000):
        sheet.append([f"组织{n}", *GOOD[1:]])
    result = read_organisations(saved(made), COMMUNITY)
    assert len(result.organisations) == 5_000


NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


def ledger_row(number: str, description: str = "水管漏了", rating: int | None = None) -> ExportRow:
    request = Request(
        id=7,
        community_id="fenghe",
        number=number,
        resident_id=1,
        item="hom_plumbing",
        category=CATEGORY,
        description=description,
        summary=description,
        status=RequestStatus.CONFIRMED,
        details=Details(Address(COMPOUND, "8", "2", "501"), "013812345678", "明天下午", "2026-11-23T14:00"),
        created_at=NOW,
        updated_at=NOW,
        done_at=NOW + timedelta(hours=3),
    )
    history = tuple(
        HistoryEntry(7, "fenghe", NOW + timedelta(hours=n), action, was, now, role, n, "说明")
        for n, (action, was, now, role) in enumerate(
            [
                ("submit", None, RequestStatus.SUBMITTED, "resident"),
                ("offer", RequestStatus.SUBMITTED, RequestStatus.OFFERED, "system"),
            ]
        )
    )
    organisation = Organisation(1, "fenghe", "管道疏通队", CATEGORY)
    rated = Rating(7, "fenghe", rating, (), NOW, "很好") if rating else None
    return ExportRow(request, organisation, history, rated)


def test_the_ledger_opens_again_and_agrees() -> None:
    rows = [ledger_row("20261122-0001", rating=5), ledger_row("20261122-0002")]
    made = load_workbook(io.BytesIO(write_requests(rows, COMMUNITY)))
    requests, history = made["诉求台账"], made["办理过程"]
    assert (requests.max_row, history.max_row) == (3, 5)
    head = [c.value for c in requests[1]]
    first = dict(zip(head, requests[2], strict=True))
    assert first["编号"].value == "20261122-0001"
    assert first["提出时间"].value == datetime(2026, 11, 22, 0, 30, tzinfo=UTC).replace(tzinfo=None)
    assert (first["联系电话"].value, first["联系电话"].data_type) == ("013812345678", "s")
    assert (first["房号"].value, first["评分"].value) == ("501", 5)
    assert first["大类"].value == COMMUNITY.catalogue.item("hom_plumbing").group_name
    assert requests.freeze_panes == "B2"
    assert requests.auto_filter.ref == f"A1:{requests.cell(1, len(head)).column_letter}3"
    assert requests.column_dimensions["A"].width == 16
    assert [history.cell(n, 1).value for n in (2, 3, 4, 5)] == ["20261122-0001"] * 2 + ["20261122-0002"] * 2
    assert history["C2"].value == "居民提出"
    assert first["希望时间"].value == "明天下午（11月23日 周一）"


def test_the_ledger_shows_no_codes() -> None:
    row = ledger_row("20261122-0001")
    steps = (("triage", "nobody_to_offer"), ("offer", "emergency"), ("recategorise", "hom_leak→hom_plumbing"))
    history = tuple(
        HistoryEntry(7, "fenghe", NOW, action, None, RequestStatus.TRIAGE, "system", None, reason)
        for action, reason in steps
    )
    made = load_workbook(io.BytesIO(write_requests([replace(row, history=history)], COMMUNITY)))
    told = [str(cell.value or "") for line in made["办理过程"].iter_rows(min_row=2) for cell in line]
    assert not any(character.isalpha() and character.isascii() for word in told for character in word)
    assert "没有能接的组织" in told


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "+1", "a\x00\x08b", "长" * 100_000, "<b>&"])
def test_words_of_people_stay_text_in_the_ledger(words: str) -> None:
    made = load_workbook(io.BytesIO(write_requests([ledger_row("20261122-0001", words)], COMMUNITY)))
    sheet = made["诉求台账"]
    head = [c.value for c in sheet[1]]
    cell = sheet.cell(2, head.index("诉求内容") + 1)
    assert cell.data_type == "s"
    assert str(cell.value).startswith(words.replace("\x00\x08", "")[:1000])


def test_json_tells_what_other_programs_rely_on() -> None:
    told_ = request_json(ledger_row("20261122-0001", rating=4))
    assert list(told_) == [
        "number",
        "created_at",
        "item",
        "group",
        "category",
        "status",
        "organisation",
        "description",
        "address",
        "place",
        "phone",
        "time",
        "urgent",
        "rating",
        "followers",
        "history",
    ]
    assert told_["address"] == {"compound": COMPOUND, "building": "8", "unit": "2", "room": "501"}
    assert list(told_["history"][0]) == ["at", "from", "to", "actor_role", "actor_id"]
    assert (told_["history"][0]["from"], told_["history"][1]["to"]) == (None, "offered")
    assert (told_["group"], told_["rating"]) == ("HOM", 4)
