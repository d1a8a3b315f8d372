"""/why against the real process: filed by a resident's words, asked by worker and lead, with the picture."""

from __future__ import annotations

from tests.e2e.house import LEAD, RESIDENT, WORKER, House
from tests.e2e.test_story_http import HAIRCUT, filed


async def test_worker_and_lead_ask_why_and_a_picture_is_drawn(house: House) -> None:
    number = await filed(house, RESIDENT, HAIRCUT, "明天上午")
    await house.say(WORKER, f"/why {number}")
    await house.see(WORKER, "为什么听成“上门理发”", "▇", "门槛", "[📊 看图]", "为什么派给这些组织")
    await house.press(WORKER, "看图")
    await house.see(WORKER, f"{number} 为什么听成“上门理发”")
    await house.say(LEAD, f"/why {number}")
    await house.see(LEAD, "不是您手上")
    await house.press(LEAD, "接单")
    await house.say(LEAD, f"/why {number}")
    own = await house.see(LEAD, "您手上这件事是怎么分过来的")
    assert "为什么听成“上门理发”" in own
    assert "合适度" not in own
