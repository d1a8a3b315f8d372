"""Every correction becomes one lesson without phone and door; a worker decides, and may take it back."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from casework.errors import BadValue, NotFound
from casework.lessons import ACTS, LONGEST, Lesson, LessonCounts, LessonSource, LessonState, Reading
from casework.use_cases.teaching import DecideLesson, ListAccepted, NextLesson, SeeLesson, UndoLesson
from casework.use_cases.workers import DeclineRequest, RecategoriseRequest
from tests.casework.world import HAIRCUT, World

ACTS_FILE = Path(__file__).parents[2] / "communities" / "acts.csv"
READ = Reading("给我妈剪头", "eld_haircut", "eld_care")


async def the_lesson(world: World) -> Lesson | None:
    found, _ = await world.run(NextLesson, world.worker)
    return found  # type: ignore[no-any-return]


def test_the_acts_are_those_of_the_data() -> None:
    with ACTS_FILE.open(encoding="utf-8", newline="") as file:
        assert set(ACTS) == {row["act"] for row in csv.DictReader(file)} - {"request"}


async def test_another_item_than_the_reader_said_is_a_lesson(world: World) -> None:
    await world.filed(replace(HAIRCUT, reading=READ))
    assert await the_lesson(world) is None, "it was read as it was meant"
    wrong = Reading("给我妈\n剪头", "med_rehab", "eld_care")
    await world.filed(replace(HAIRCUT, reading=wrong))
    await world.filed(replace(HAIRCUT, reading=wrong))
    lesson = await the_lesson(world)
    assert lesson
    assert (lesson.text, lesson.heard, lesson.runner_up) == ("给我妈，剪头", "med_rehab", "eld_care")
    assert (lesson.meant, lesson.source, lesson.role) == ("eld_haircut", LessonSource.CHOSEN, "resident")
    assert (await world.run(NextLesson, world.worker))[1] == LessonCounts(1, 0, 0), "the same words once"


async def test_a_worker_who_refiles_or_declines_teaches_too_and_no_phone_is_kept(world: World) -> None:
    request = await world.filed()
    await world.run(RecategoriseRequest, world.worker, request.id, "hom_plumbing", runner_up="env_pest")
    lesson = await the_lesson(world)
    assert lesson
    assert "138" not in lesson.text
    assert (lesson.text, lesson.heard, lesson.meant) == ("给我妈剪头", "eld_haircut", "hom_plumbing")
    assert (lesson.runner_up, lesson.source, lesson.role) == ("env_pest", LessonSource.REFILED, "admin")
    await world.run(DeclineRequest, world.worker, request.id, "归街道")
    second, _ = await world.run(NextLesson, world.worker, lesson.id)
    assert (second.heard, second.meant, second.source) == (
        "hom_plumbing",
        "government",
        LessonSource.DECLINED,
    )


async def test_what_the_reader_had_said_counts_and_not_what_a_resident_made_of_it(world: World) -> None:
    wrong = Reading("给我妈剪头", "med_rehab")
    request = await world.filed(replace(HAIRCUT, reading=wrong, told={}))
    chosen = await the_lesson(world)
    assert chosen
    await world.run(RecategoriseRequest, world.worker, request.id, "hom_plumbing", runner_up="med_rehab")
    refiled, _ = await world.run(NextLesson, world.worker, chosen.id)
    assert (refiled.heard, refiled.runner_up, refiled.meant) == ("med_rehab", "", "hom_plumbing")


async def test_what_was_chosen_from_a_menu_without_words_teaches_nothing(world: World) -> None:
    name = world.community.catalogue.item("eld_haircut").name
    request = await world.filed(replace(HAIRCUT, description=name, summary=name))
    await world.run(RecategoriseRequest, world.worker, request.id, "hom_plumbing")
    assert await the_lesson(world) is None


async def test_long_words_are_cut(world: World) -> None:
    await world.filed(replace(HAIRCUT, reading=Reading("剪" * 3000, "med_rehab")))
    lesson = await the_lesson(world)
    assert lesson
    assert len(lesson.text) == LONGEST


async def test_a_worker_decides_takes_back_and_decides_otherwise(world: World) -> None:
    for n in range(3):
        await world.filed(replace(HAIRCUT, reading=Reading(f"剪{n}", "med_rehab")))
    first = await the_lesson(world)
    assert first
    assert await world.run(DecideLesson, world.worker, first.id, accept=True)
    assert not await world.run(DecideLesson, world.worker, first.id, accept=False), "somebody was faster"
    second, counts = await world.run(NextLesson, world.worker)
    assert (second.text, counts) == ("剪1", LessonCounts(2, 1, 0))
    assert await world.run(UndoLesson, world.worker, first.id)
    assert not await world.run(UndoLesson, world.worker, first.id)
    assert await world.run(DecideLesson, world.worker, first.id, accept=True, label="thanks")
    assert await world.run(DecideLesson, world.worker, second.id, accept=False)
    assert [(x.text, x.label) for x in await world.run(ListAccepted, world.worker)] == [("剪0", "thanks")]
    assert (await world.run(SeeLesson, world.worker, second.id)).state is LessonState.REJECTED
    third, counts = await world.run(NextLesson, world.worker, 10**6)
    assert (third.text, counts) == ("剪2", LessonCounts(1, 1, 1)), "after the last one it begins anew"


async def test_unknown_labels_and_lessons_are_refused(world: World) -> None:
    await world.filed(replace(HAIRCUT, reading=Reading("剪", "med_rehab")))
    lesson = await the_lesson(world)
    assert lesson
    for label in ("nothing", "request", "emergency"):
        with pytest.raises(BadValue):
            await world.run(DecideLesson, world.worker, lesson.id, accept=True, label=label)
    for case in (SeeLesson, UndoLesson):
        with pytest.raises(NotFound):
            await world.run(case, world.worker, 10**9)
