"""The reader takes anything: every script, broken characters, any length, and real messages cut and mixed."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz import faults
from bench.fuzz_inputs import LONG_EVERY, LONGEST, figures, make, messages
from nlu.details import Expected
from nlu.details.masking import mask
from nlu.normalise import MAX_CHARACTERS, align
from nlu.reader import Reader

NOW = datetime.fromisoformat("2026-11-21T10:00")
ANY_CHARACTER = st.characters(exclude_categories=())
SURROGATES = st.text(st.characters(categories=["Cs"]), max_size=8)
COMBINING = st.text(st.characters(categories=["Mn", "Mc", "Me"]), max_size=20)
HIDDEN = st.text(
    "\0\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufe0f\ufeff", max_size=8
)
EMOJI = st.text("👨‍👩‍👧‍👦🏳️‍🌈👍🏿🇨🇳1️⃣❤️🚒", max_size=12)
SCRIPTS = st.sampled_from(
    [
        "abcdefghij",
        "абвгдежз",
        "अआइईक",
        "ابتثج",
        "אבגד",
        "กขฃค",
        "가나다라",
        "あいうア",
        "ㄅㄆㄇ",
        "𝕒𝟙𠀀",
        "臺灣鄉親",
    ]
).flatmap(lambda letters: st.text(letters, max_size=20))
FIGURES = st.text(figures(), max_size=40)
WORDS = st.lists(
    st.sampled_from(
        [
            "3栋",
            "2单元",
            "五零一",
            "13800138000",
            "幺三八 ",
            "0512-66887700",
            "明天下午",
            "周三",
            "月底",
            "我妈",
            "八十",
            "岁",
            "不是",
            "住",
        ]
    ),
    max_size=12,
).map("".join)
PIECES = st.one_of(
    st.text(ANY_CHARACTER, max_size=60), SURROGATES, COMBINING, HIDDEN, EMOJI, SCRIPTS, FIGURES, WORDS
)
MIXED = st.lists(PIECES, max_size=8).map("".join)
LONG = st.builds(
    lambda unit, size: (unit * (size // max(len(unit), 1) + 1))[:size],
    MIXED.filter(bool),
    st.integers(min_value=0, max_value=LONGEST),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real message, spliced, repeated, cut, or with something strange within."""
    text = draw(st.sampled_from(messages()))
    for _ in range(draw(st.integers(1, 3))):
        at, to = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        text = draw(
            st.sampled_from(
                [
                    text[:at] + text[to:],
                    text[:at] + text[at:to] * 3 + text[to:],
                    text[:at] + draw(st.sampled_from(messages())) + text[to:],
                    text[:at] + draw(PIECES) + text[at:],
                ]
            )
        )
    return text


ANYTHING = st.one_of(MIXED, LONG, mutated())
PATIENT = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


@PATIENT
@given(text=ANYTHING)
def test_any_text_is_understood(reader: Reader, text: str) -> None:
    assert faults(text, reader.understand(text, NOW)) == []


@PATIENT
@given(text=ANYTHING, expected=st.sampled_from(get_args(Expected)))
def test_any_answer_is_read(reader: Reader, text: str, expected: Expected) -> None:
    reader.details(text, NOW, expected)


@PATIENT
@given(text=ANYTHING)
def test_any_text_is_normalised_in_its_own_places(text: str) -> None:
    plain = align(text)
    assert len(plain.text) == len(plain.origins) <= MAX_CHARACTERS
    assert all(0 <= place < len(text) for place in plain.origins)
    assert list(plain.origins) == sorted(plain.origins)


@PATIENT
@given(
    before=ANYTHING,
    after=ANYTHING,
    phone=st.sampled_from(["13800138000", "一三八 零零幺三 八零零零", "0512-66887700"]),
)
def test_a_phone_is_masked_among_anything(before: str, after: str, phone: str) -> None:
    hidden = mask(align(f"{before[:900]}。电话是{phone}。{after[:900]}"))
    assert f"电话是{phone}" not in hidden


@pytest.mark.parametrize("number", [*range(1, 200), LONG_EVERY, 2 * LONG_EVERY])
def test_the_inputs_of_the_long_run_are_fine_and_the_same_each_time(reader: Reader, number: int) -> None:
    text = make(1, number)
    assert make(1, number) == text
    assert faults(text, reader.understand(text, NOW)) == []


def test_a_fault_is_seen(reader: Reader) -> None:
    from dataclasses import replace

    text = "电话13800138000,来修灯"
    read = reader.understand(text, NOW)
    assert faults(text, replace(read, masked=text)) == ["a phone is not masked"]
    assert faults("别的话", read)
    assert faults(text, replace(read, act_confidence=float("nan")))
