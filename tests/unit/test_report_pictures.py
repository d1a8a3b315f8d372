"""Reports as pictures: what they are made of, that every glyph is there, and that empty ones say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot import report_pictures
from bot.chart_picture import labelled, wide
from bot.charts import ChildCharts
from handlers.drawings import HeatMap, Ranking, RateTable, Row, Trend
from tests.unit.test_charts import pixels

HEAD = ("丰和社区 · 最近 30 天", "2026年10月24日 – 11月22日", "哪里最多")
LEGEND = ("收到", "居民确认解决", "超时")
ROWS: tuple[Row, ...] = (("长春市绿园区正阳街道物业服务有限公司第三分公司", 9, 4, 2), ("律师协会", 3, 0, 0))
RED, GREEN, PALE = (180, 84, 74), (31, 122, 99), (169, 207, 195)

TREND = Trend(*HEAD, tuple((f"11/{n}", n % 7, n % 3, n % 2) for n in range(1, 31)), LEGEND, "没有")
RANKING = Ranking(*HEAD, ROWS, LEGEND, "超时", "还有 42 家", "没有")
HEAT = HeatMap(*HEAD, ("老有所依", "住有所居"), ("丰和家园", "其他地方"), ((7, 0), (1, 120)), "合计", "没有")
RATES = RateTable(
    *HEAD, ("响应率", "解决率"), ("律师协会", "百度贴吧"), (((9, 10), (1, 4)), ((0, 0), (7, 10))), "", "没有"
)
DRAWN: list[tuple[Callable[[Any], bytes], Any]] = [
    (report_pictures.trend, TREND),
    (report_pictures.ranking, RANKING),
    (report_pictures.heat_map, HEAT),
    (report_pictures.rate_table, RATES),
]
IDS = ["trend", "ranking", "heat_map", "rate_table"]


@pytest.mark.parametrize(("draw", "chart"), DRAWN, ids=IDS)
def test_a_report_is_a_phone_wide_picture_with_all_its_glyphs(
    draw: Callable[[Any], bytes], chart: Any, recwarn: pytest.WarningsRecorder
) -> None:
    width, height, colours = pixels(draw(chart))
    assert width == 1080
    assert 500 < height < 2000
    assert min(sum(colour) for colour in colours) < 200, "dark letters"
    assert not [w for w in recwarn if "lyph" in str(w.message)]


def test_the_counts_have_their_colours() -> None:
    for draw, chart in DRAWN[:2]:
        assert {RED, GREEN, PALE} <= pixels(draw(chart))[2]
    # The legend alone has them too, in few pixels; without late ones no bar is red.
    none_late = replace(TREND, points=(("11/1", 3, 1, 0),))
    assert _count(report_pictures.trend(TREND), RED) > _count(report_pictures.trend(none_late), RED)


def _count(png: bytes, colour: tuple[int, int, int]) -> int:
    import io

    from matplotlib.image import imread

    image = imread(io.BytesIO(png), format="png")[:, :, :3]
    return int(((image * 255).round() == colour).all(axis=2).sum())


def test_good_middling_and_poor_rates_have_colours_of_their_own() -> None:
    colours = pixels(report_pictures.rate_table(RATES))[2]
    assert {GREEN, RED, (201, 138, 43)} <= colours


def test_more_makes_a_cell_darker() -> None:
    dark = pixels(report_pictures.heat_map(HEAT))[2]
    assert (0x12, 0x5A, 0x48) in dark
    even = replace(HEAT, counts=((0, 0), (0, 0)))
    assert (0x12, 0x5A, 0x48) not in pixels(report_pictures.heat_map(even))[2]


@pytest.mark.parametrize(
    ("draw", "empty"),
    [
        (report_pictures.trend, replace(TREND, points=(("11/1", 0, 0, 0),))),
        (report_pictures.ranking, replace(RANKING, rows=())),
        (report_pictures.heat_map, replace(HEAT, counts=((0, 0), (0, 0)))),
        (report_pictures.rate_table, replace(RATES, rows=(), rates=())),
    ],
    ids=IDS,
)
def test_nothing_to_show_is_a_small_picture_that_says_so(draw: Callable[[Any], bytes], empty: Any) -> None:
    assert pixels(draw(empty))[:2] == (1080, 424)


def test_long_names_are_cut_to_their_room() -> None:
    assert report_pictures.fit("律师协会", 30, 200) == "律师协会"
    assert report_pictures.fit("长春市绿园区正阳街道", 30, 200) == "长春市绿园…"
    assert report_pictures.fit("abcdefghijkl", 30, 200) == "abcdefghi…"


@pytest.mark.parametrize("chart", [chart for _, chart in DRAWN], ids=IDS)
async def test_the_child_draws_each_of_them(chart: Any, tmp_path: Path) -> None:
    assert (await ChildCharts(tmp_path).draw(chart)).startswith(b"\x89PNG")


def test_labels_stand_clear_of_each_other_and_the_last_is_there() -> None:
    assert labelled(["1", "2", "3"], 27, 100, 12) == {0, 1, 2}
    months = [f"26年{n}月" for n in range(1, 12)]
    named = sorted(labelled(months, 27, 80, 12))
    assert named == [0, 2, 4, 6, 8, 10]
    assert all((b - a) * 80 > wide(months[b], 27) for a, b in pairwise(named))
    assert max(labelled([str(n) for n in range(31)], 27, 30, 8)) == 30
    assert len(labelled([str(n) for n in range(31)], 27, 30, 8)) <= 8


def test_large_counts_are_told_short_in_narrow_columns() -> None:
    assert [report_pictures.short(n) for n in (0, 9999, 10_000, 147_291)] == ["0", "9999", "1.0万", "14.7万"]
    large = replace(HEAT, counts=((123_456, 0), (1, 99_999)))
    assert pixels(report_pictures.heat_map(large))[0] == 1080
