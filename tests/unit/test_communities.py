"""The five profiles that ship, and what is said about a profile that cannot be used."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from bot.communities import FOLDER, list_communities, load_catalogue, load_community
from bot.faults import Fault

SHIPPED = ("fenghe", "honglian", "jiangxi", "kunshan", "weibin")
ITEMS = 68
GROUPS = 12


def test_five_communities_ship() -> None:
    assert tuple(list_communities()) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_community_has_the_whole_menu_in_its_own_categories(name: str) -> None:
    community, _ = load_community(name)
    assert community.id == name
    assert len(community.catalogue) == ITEMS
    assert len(community.catalogue.groups) == GROUPS
    used = {community.category_of(item.code) for item in community.catalogue}
    assert used == set(community.categories)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_item_has_two_organisations_of_its_category_wherever_one_lives(name: str) -> None:
    community, organisations = load_community(name)
    offers = Counter(
        code
        for organisation in organisations
        if not organisation.areas
        for code in organisation.items
        if organisation.category == community.category_of(code)
    )
    assert {item.code for item in community.catalogue if offers[item.code] < 2} == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_an_organisation_mostly_does_what_its_category_says(name: str) -> None:
    community, organisations = load_community(name)
    for organisation in organisations:
        own = [code for code in organisation.items if community.category_of(code) == organisation.category]
        assert len(own) * 2 > len(organisation.items), organisation.name


@pytest.mark.parametrize("name", SHIPPED)
def test_invented_people_are_marked_and_cannot_be_rung(name: str) -> None:
    community, organisations = load_community(name)
    assert all(organisation.sample and organisation.id == 0 for organisation in organisations)
    # Eight digits where some start with 5550: phones that no exchange of these cities gives out.
    phones = [community.duty_phone, *(organisation.phone for organisation in organisations)]
    assert all(phone.split("-")[1] == "5550" for phone in phones)
    assert len(set(phones)) == len(phones)


@pytest.mark.parametrize("name", SHIPPED)
def test_at_least_two_organisations_answer_emergencies_everywhere(name: str) -> None:
    _, organisations = load_community(name)
    assert sum(o.emergency and not o.areas for o in organisations) >= 2


def test_the_same_need_is_filed_by_each_community_in_its_own_way() -> None:
    filed = {name: load_community(name)[0].category_of("eld_haircut") for name in SHIPPED}
    assert filed["honglian"] == "公益志愿型"
    assert filed["fenghe"] == "互助类"
    assert filed["jiangxi"] == filed["weibin"] == "公益慈善类"
    assert filed["kunshan"] == "养老服务"


def test_every_item_tells_residents_what_it_is() -> None:
    for item in load_catalogue():
        assert item.emoji
        assert item.hint.endswith("。")
        # Codes are for those who sort requests; a resident must never meet one.
        assert "_" not in item.covers + item.hint


def test_acts_are_those_the_reader_learns() -> None:
    with (FOLDER / "acts.csv").open(encoding="utf-8", newline="") as file:
        acts = [row["act"] for row in csv.DictReader(file)]
    taught = {path.stem for path in (FOLDER.parent / "nlu" / "data" / "acts").glob("*.yml")}
    # A request is taught by the items.
    assert sorted(acts) == sorted(taught | {"request"})


GOOD = """\
id: lane
name: 小巷社区
short_name: 小巷
scheme: fenghe
categories: [公益类, 和谐类, 文娱类, 应急类, 互助类]
duty_phone: 0431-5550-0101
duty_hours: 每天
compounds: [东院]
organisations:
  - name: 甲队
    category: 互助类
    items: [eld_haircut]
    phone: 0431-5550-0102
"""


def test_an_own_profile_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "lane.yaml"
    path.write_text(GOOD, encoding="utf-8")
    community, organisations = load_community(path)
    assert community.timezone == "Asia/Shanghai"
    assert [o.name for o in organisations] == ["甲队"]
    assert not organisations[0].sample


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    with pytest.raises(Fault) as told:
        load_community("atlantis")
    assert "atlantis" in str(told.value)
    assert all(name in str(told.value) for name in SHIPPED)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("short_name: 小巷\n", "", 1, "short_name"),
        ("scheme: fenghe", "scheme: nowhere", 4, "nowhere"),
        ("[公益类, 和谐类,", "[公益类,", 5, "和谐类"),
        ("duty_phone: 0431-5550-0101", "duty_phone: 打给我", 6, "电话"),
        ("duty_hours: 每天", "duty_hours: 每天\ntimezone: Mars/Olympus", 8, "时区"),
        ("compounds: [东院]", "compounds: []", 8, "至少"),
        ("compounds:", "colour: red\ncompounds:", 8, "没有这样的项"),
        ("category: 互助类", "category: 神秘类", 11, "神秘类"),
        ("[eld_haircut]", "[eld_haircut, eld_hat]", 12, "eld_hat"),
        ("[eld_haircut]", "[eld_haircut]\n    areas: [西院]", 13, "西院"),
        ("[eld_haircut]", "[eld_haircut]\n    fee: 随便", 13, "免费"),
        ("[eld_haircut]", "[eld_haircut]\n    capacity: many", 13, "整数"),
        ("compounds: [东院]", "compounds: [东院", 9, "YAML"),
    ],
)
def test_a_broken_profile_is_told_by_file_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "broken.yaml"
    assert GOOD.count(old) == 1
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Fault) as told:
        load_community(path)
    message = str(told.value)
    assert str(path) in message
    assert f"第 {line} 行" in message
    assert words in message


def test_a_repeated_organisation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text(GOOD + GOOD.split("organisations:\n")[1], encoding="utf-8")
    with pytest.raises(Fault, match=r"第 14 行.*甲队.*重复"):
        load_community(path)


@pytest.mark.parametrize("content", ["", "just words", "- a\n- b\n"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Fault, match=r"other\.yaml"):
        load_community(path)


def test_a_catalogue_row_with_a_stray_comma_is_refused(tmp_path: Path) -> None:
    lines = (FOLDER / "catalogue.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "catalogue.csv"
    path.write_text("\n".join([*lines[:3], lines[3].replace("、", ",", 1)]), encoding="utf-8")
    with pytest.raises(Fault, match="第 4 行"):
        load_catalogue(path)


def test_hours_that_nobody_can_read_are_a_fault(tmp_path: Path) -> None:
    shipped = (FOLDER / "fenghe.yaml").read_text(encoding="utf-8")
    assert "hours: 周三 14:00-17:00" in shipped
    path = tmp_path / "x.yaml"
    path.write_text(shipped.replace("hours: 周三 14:00-17:00", "hours: 随时"), encoding="utf-8")
    with pytest.raises(Fault, match="看不懂这个服务时间"):
        load_community(path)
