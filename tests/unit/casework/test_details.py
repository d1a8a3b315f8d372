"""What is known of a place grows and is corrected; what nobody may see is cut."""

from __future__ import annotations

from casework.entities import Address, Details
from casework.use_cases.filing import missing_door, missing_fields


def test_pieces_of_an_address_add_up() -> None:
    whole = Address(building="8").merged_with(Address(unit="2")).merged_with(Address(room="501"))
    assert whole == Address(building="8", unit="2", room="501")


def test_another_building_drops_the_old_door_but_not_the_compound() -> None:
    moved = Address("阳光花园", "8", "2", "501").merged_with(Address(building="9"))
    assert moved == Address("阳光花园", "9")


def test_the_same_building_said_again_keeps_the_door() -> None:
    same = Address("", "8", "2", "501").merged_with(Address(building="8", unit="3"))
    assert same == Address("", "8", "3", "501")


def test_a_new_time_takes_its_own_start_even_when_it_has_none() -> None:
    first = Details(time_expr="明天上午", time_start="2026-11-22")
    assert first.merged_with(Details(time_expr="随时都行")).time_start == ""
    assert first.merged_with(Details(phone="13812345678")).time_start == "2026-11-22"


def test_age_nought_is_an_age() -> None:
    assert Details(age=81).merged_with(Details(age=0)).age == 0


def test_a_place_in_words_joins_the_numbers_and_stays_behind_when_somebody_moves() -> None:
    whole = Address(building="8").merged_with(Address(place="三楼左手边"))
    assert whole == Address(building="8", place="三楼左手边")
    assert whole.merged_with(Address(building="9")) == Address(building="9")
    assert whole.merged_with(Address(place="菜市场对面")).place == "三楼左手边，菜市场对面"
    assert whole.merged_with(Address(place="左手边")) == whole
    assert Address(place="东门").merged_with(Address(place="西门")).place == "西门"


def test_a_place_is_shown_before_acceptance_only_where_no_building_stands_before_it() -> None:
    assert Address("阳光花园", place="东门亭子").without_door() == Address("阳光花园", place="东门亭子")
    assert Address(building="8", place="三楼左手边").without_door() == Address(building="8")
    assert Address(room="501", place="菜市场对面").without_door() == Address()


def test_the_door_is_missing_until_unit_and_room_are_known_or_not_to_be_had() -> None:
    slots = ("address", "door")
    assert missing_fields(slots, Details()) == ["address"]
    assert missing_fields(slots, Details(Address(building="8"))) == ["door"]
    assert missing_fields(("address",), Details(Address(building="8"))) == []
    assert missing_fields(("address",), Details(Address(place="东门亭子"))) == []
    assert missing_door(Address(building="8")) == ("unit", "room")
    assert missing_door(Address(place="菜市场对面")) == ("building", "unit", "room")
    assert missing_door(Address(building="8", room="501")) == ("unit",)
    assert missing_door(Address(building="8", room="501"), ("unit",)) == ()
    assert missing_fields(slots, Details(Address(building="8")), ("door",)) == []


def test_nothing_of_the_door_is_left_for_those_who_have_not_accepted() -> None:
    assert Address("阳光花园", "8", "2", "501").without_door() == Address("阳光花园", "8")


def test_what_is_missing_comes_in_the_order_of_the_item() -> None:
    slots = ("address", "contact", "time", "recipient")
    assert missing_fields(slots, Details()) == list(slots)
    known = Details(Address(building="8"), phone="13812345678", recipient="我妈")
    assert missing_fields(slots, known) == ["time"]
