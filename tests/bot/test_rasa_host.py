"""What a resident gets who speaks through Rasa, and what stands in the database, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.rasa.host import VALIDATE, Host
from casework.elsewhere import person_of
from casework.entities import Request
from casework.statuses import RequestStatus
from casework.use_cases.leads import AcceptOffer
from casework.use_cases.organisations import MuteResident
from nlu.reader import Reader
from storage.database import Database
from tests.bot.lead_house import ADMIN, LEAD, RESIDENT, House, build
from tests.bot.rasas_part import RasasPart

ANNA = person_of("rasa", "anna")
ASK_ADDRESS, CARD = "action_ask_request_form_address", "action_show_card"


@pytest.fixture
async def town(db: Database, second_connection: AsyncEngine, reader: Reader) -> House:
    made = await build(db, second_connection)
    made.frame.seat.seat(reader)
    return made


@pytest.fixture
def rasa(town: House) -> RasasPart:
    return RasasPart(Host(town.db, town.frame))


async def _requests(town: House, who: int = ANNA) -> list[Request]:
    async with town.db.transaction(town.community_id, read_only=True) as uow:
        return list(await uow.requests.of_resident(who))


async def _to_the_card(rasa: RasasPart) -> str:
    rasa.writes("我妈头发长了想请人上门剪，阳光花园8号楼2单元501，13812345678，明天下午", "eld_haircut")
    return await rasa.runs("action_take_needs", VALIDATE, CARD)


async def _filed(rasa: RasasPart) -> str:
    await _to_the_card(rasa)
    rasa.presses("提交")
    return await rasa.runs("action_submit_requests")


async def test_rasa_says_what_is_meant_and_the_reader_what_was_told(rasa: RasasPart) -> None:
    card = await _to_the_card(rasa)
    assert rasa.slots["needs"][0]["item"] == "eld_haircut"
    assert rasa.slots["address"]["building"] == "8"
    assert rasa.slots["contact"] == "13812345678"
    assert rasa.slots["requested_slot"] is None
    assert "501" not in rasa.slots["needs"][0]["masked"][0]
    assert "8号楼2单元501" in card


async def test_what_lacks_is_asked_and_a_bare_answer_is_taken(rasa: RasasPart) -> None:
    rasa.writes("我妈头发长了想请人上门剪，明天下午", "eld_haircut")
    await rasa.runs("action_take_needs", VALIDATE)
    assert rasa.slots["requested_slot"] == "address"
    await rasa.runs(ASK_ADDRESS)
    # Whatever Rasa takes it for.
    rasa.writes("8栋2单元501", "saf_noise", 0.2)
    await rasa.runs(VALIDATE)
    assert rasa.slots["address"]["room"] == "501"
    assert rasa.slots["requested_slot"] == "contact"


async def test_it_is_filed_with_its_number_and_the_leads_are_asked(rasa: RasasPart, town: House) -> None:
    said = await _filed(rasa)
    (request,) = await _requests(town)
    assert request.number in said
    assert request.item == "eld_haircut"
    assert request.status is RequestStatus.OFFERED
    assert any(request.number in str(m) or "剪" in str(m) for m in await town.sent(LEAD))
    assert rasa.slots["needs"] is None


async def test_a_card_is_filed_once_though_rasa_never_heard_the_answer(rasa: RasasPart, town: House) -> None:
    await _to_the_card(rasa)
    before = dict(rasa.slots)
    rasa.presses("提交")
    await rasa.runs("action_submit_requests")
    rasa.slots = before
    said = await rasa.runs("action_submit_requests")
    (request,) = await _requests(town)
    assert request.number in said
    assert rasa.slots["needs"] is None


async def test_the_same_wanted_anew_is_another_request(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    assert "报过" in await _filed(rasa)
    assert len(await _requests(town)) == 1
    before = dict(rasa.slots)
    rasa.presses("另外报")
    await rasa.runs("action_file_anyway")
    rasa.slots = before
    # Rasa never heard the answer: filed once all the same.
    await rasa.runs("action_file_anyway")
    assert len(await _requests(town)) == 2


async def test_the_same_is_asked_again_when_rasa_never_heard_the_question(
    rasa: RasasPart, town: House
) -> None:
    await _filed(rasa)
    await _to_the_card(rasa)
    before = dict(rasa.slots)
    rasa.presses("提交")
    assert "报过" in await rasa.runs("action_submit_requests")
    rasa.slots = before
    assert "报过" in await rasa.runs("action_submit_requests")
    rasa.presses("就是那件")
    assert "不用再报一遍" in await rasa.runs("action_follow_same")
    assert len(await _requests(town)) == 1


async def test_news_waits_and_is_told_first_once(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    (request,) = await _requests(town)
    await town.run(AcceptOffer, LEAD, (await town.offer(request)).id)
    rasa.writes("办得怎么样了", "status")
    said = await rasa.runs("action_answer_status")
    again = await rasa.runs("action_answer_status")
    assert said.endswith(again)
    assert len(said) > len(again)
    assert request.number in said.removesuffix(again)


async def test_it_can_be_urged_taken_back_and_restored_by_buttons(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    rasa.presses("催办")
    assert "催过了" in await rasa.runs("action_urge")
    await _press_after_status(rasa)
    rasa.sends(f'/press_request_cancel{{"value": "{(await _requests(town))[0].id}"}}')
    await rasa.runs("action_cancel_request")
    rasa.presses("是的，取消")
    await rasa.runs("action_cancel_confirmed")
    assert (await _requests(town))[0].status is RequestStatus.CANCELLED
    rasa.presses("恢复")
    await rasa.runs("action_restore_request")
    assert (await _requests(town))[0].status is RequestStatus.OFFERED


async def _press_after_status(rasa: RasasPart) -> None:
    rasa.writes("办得怎么样了", "status")
    assert "20" in await rasa.runs("action_answer_status")


async def test_a_yes_in_words_takes_it_back_too(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    rasa.writes("不用来了", "cancel")
    await rasa.runs("action_cancel_request")
    rasa.writes("是的", "affirm")
    await rasa.runs("action_cancel_confirmed")
    assert (await _requests(town))[0].status is RequestStatus.CANCELLED


async def test_danger_comes_before_what_rasa_has_chosen(rasa: RasasPart, town: House) -> None:
    rasa.writes("我妈晕倒了叫不醒，8栋2单元501", "eld_care")
    said = await rasa.runs("action_take_needs", VALIDATE, CARD)
    assert "120" in said
    (request,) = await _requests(town)
    assert request.urgent
    # Nothing follows the hotlines: neither an understood need nor its card.
    assert rasa.slots.get("needs") is None
    assert "提交" not in rasa.buttons


async def test_danger_in_the_middle_of_a_form_leaves_the_form_open(rasa: RasasPart, town: House) -> None:
    rasa.writes("我妈头发长了想请人上门剪，明天下午", "eld_haircut")
    await rasa.runs("action_take_needs", VALIDATE, ASK_ADDRESS)
    rasa.writes("着火了着火了厨房着火了", "noise")
    said = await rasa.runs(VALIDATE, ASK_ADDRESS)
    assert "119" in said
    assert rasa.slots["requested_slot"] == "address"
    # The address goes to the helpers, whatever Rasa thinks it is.
    rasa.writes("8栋2单元501", "noise", 0.2)
    await rasa.runs(VALIDATE, ASK_ADDRESS)
    (request,) = await _requests(town)
    assert request.urgent
    assert request.details.address.room == "501"


async def test_an_old_button_does_nothing(rasa: RasasPart, town: House) -> None:
    await _to_the_card(rasa)
    rasa.sends('/press_submit{"turn": "0"}')
    said = await rasa.runs("action_submit_requests")
    assert "以前的按钮" in said
    assert await _requests(town) == []


@pytest.mark.parametrize("value", ["", "x", "-1", "999999", "9" * 40, "²"])
async def test_a_forged_button_is_answered_kindly(rasa: RasasPart, town: House, value: str) -> None:
    await _filed(rasa)
    rasa.sends(f'/press_request_cancel_yes{{"value": "{value}"}}')
    said = await rasa.runs("action_cancel_confirmed")
    assert said
    assert "毛病" not in said
    assert (await _requests(town))[0].status is RequestStatus.OFFERED


async def test_nobody_takes_back_what_is_anothers(rasa: RasasPart, town: House) -> None:
    theirs = await town.file()
    rasa.sends(f'/press_request_cancel_yes{{"value": "{theirs.id}"}}')
    assert await rasa.runs("action_cancel_confirmed")
    assert (await town.request(theirs.id)).status is RequestStatus.OFFERED


async def test_the_name_of_a_messengers_person_is_no_key_to_their_requests(town: House) -> None:
    await town.file()
    posing = RasasPart(Host(town.db, town.frame), sender=str(RESIDENT))
    posing.writes("我的事办得怎么样了", "status")
    assert "2026" not in await posing.runs("action_answer_status")


async def test_who_was_muted_is_heard_only_in_danger(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    await town.run(MuteResident, ADMIN, ANNA, muted=True)
    await town.run(AcceptOffer, LEAD, (await town.offer((await _requests(town))[0])).id)
    rasa.writes("你们都是骗子", "abuse")
    await rasa.runs("action_abuse")
    assert await rasa.runs("action_abuse") == ""
    rasa.writes("着火了着火了厨房着火了", "abuse")
    assert "119" in await rasa.runs("action_abuse")


async def test_a_fault_keeps_nothing_and_says_so(rasa: RasasPart, town: House) -> None:
    await _to_the_card(rasa)
    rasa.slots["needs"] = "broken"
    rasa.presses("提交")
    assert "没有记下" in await rasa.runs("action_submit_requests")
    assert await _requests(town) == []


async def test_facts_before_the_need_are_kept_not_doubted(rasa: RasasPart) -> None:
    rasa.writes("8栋2单元501", "nlu_fallback", 0.4, saf_noise=0.2)
    await rasa.runs("action_offer_choices")
    assert rasa.slots["address"]["building"] == "8"
    assert rasa.slots.get("doubt") is None


async def test_in_doubt_rasas_ranking_is_offered(rasa: RasasPart) -> None:
    rasa.writes("楼上吵死了家里还漏水", "nlu_fallback", 0.4, law_mediation=0.2, hom_leak=0.15, saf_noise=0.1)
    await rasa.runs("action_offer_choices")
    assert next(p for p in rasa.buttons.values() if "press_item" in p).endswith('"value": "law_mediation"}')
    rasa.sends(next(p for p in rasa.buttons.values() if "saf_noise" in p))
    await rasa.runs("action_pick_item")
    assert rasa.slots["needs"][0]["item"] == "saf_noise"


async def test_a_command_is_not_taken_for_words(rasa: RasasPart, town: House) -> None:
    rasa.sends("/human")
    await rasa.runs("action_ask_human")
    assert not any("/human" in str(m) for m in await town.sent(ADMIN))
    rasa.sends("/privacy")
    assert "怎么保管" in await rasa.runs("action_privacy")


async def test_what_was_not_understood_is_counted_until_something_is(rasa: RasasPart) -> None:
    rasa.writes("哈哈哈嘿", "noise")
    await rasa.runs("action_noise")
    assert rasa.slots["lost"] == 1
    rasa.writes("你好", "greet")
    await rasa.runs("action_greet")
    assert rasa.slots["lost"] is None


async def test_a_message_of_later_is_not_lost(rasa: RasasPart, town: House) -> None:
    await _filed(rasa)
    async with town.db.transaction(town.community_id) as uow:
        later = town.frame.clock.now() + timedelta(hours=2)
        await uow.outbox.add(ANNA, "SendMessage", {"text": "later"}, not_before=later)
        await uow.commit()
    rasa.writes("你好", "greet")
    assert "later" not in await rasa.runs("action_greet")
