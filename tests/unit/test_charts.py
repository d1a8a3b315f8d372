"""Charts are drawn by a child process; their Chinese must be real glyphs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import ChildCharts
from handlers.ports import Chart

CHART = Chart(
    title="丰和社区 · 最近 7 天",
    subtitle="11月15日 – 11月21日",
    figures=(("128", "收到诉求"), ("4.7", "平均评分")),
    days_title="每天收到几件",
    days=tuple((f"11/{15 + n}", n * 3) for n in range(7)),
    groups_title="哪类最多",
    groups=(("老有所依", 48), ("居有所安", 12)),
    rates_title="办得怎么样",
    rates=(("按时答复", 18, 20), ("居民说解决了", 0, 0)),
    nothing="这段时间没有诉求",
)


def pixels(png: bytes) -> tuple[int, int, set[tuple[int, ...]]]:
    """Width, height and the colours used."""
    from matplotlib.image import imread

    image = imread(io.BytesIO(png), format="png")
    seen = {tuple(round(float(v) * 255) for v in p[:3]) for row in image[::3] for p in row[::3]}
    return image.shape[1], image.shape[0], seen


async def test_a_chart_is_a_phone_wide_picture_with_ink_and_bars(tmp_path: Path) -> None:
    width, height, colours = pixels(await ChildCharts(tmp_path).draw(CHART))
    assert width == 1080
    assert 1000 < height < 4000
    assert {(31, 122, 99), (169, 207, 195)} <= colours, "bars"
    assert min(sum(c) for c in colours) < 150, "dark letters"


async def test_nothing_to_show_is_still_a_picture(tmp_path: Path) -> None:
    empty = replace(CHART, days=(("11/21", 0),), groups=(), figures=(("0", "收到诉求"),))
    width, height, _ = pixels(await ChildCharts(tmp_path).draw(empty))
    assert (width, height < 1600) == (1080, True)


def test_no_glyph_is_missing(recwarn: pytest.WarningsRecorder) -> None:
    """matplotlib warns of each character that its font lacks."""
    from bot.chart_picture import picture

    picture(CHART)
    assert not [w for w in recwarn if "lyph" in str(w.message)]
    picture(replace(CHART, title="\ue123"))
    assert [w for w in recwarn if "lyph" in str(w.message)], "the warning is real"


async def test_words_with_signs_of_formulas_are_drawn_as_they_are(tmp_path: Path) -> None:
    assert await ChildCharts(tmp_path).draw(replace(CHART, title=r"$\frac{1}$ {} \n %s"))


async def test_a_child_that_fails_is_told_as_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"bot\.charts: TypeError"):
        await ChildCharts(tmp_path).draw(replace(CHART, days=(("11/21", "many"),)))  # type: ignore[arg-type]
