"""Charts must show Chinese on a machine that has no fonts of its own."""

from __future__ import annotations

from bot.communities import list_communities, load_community
from bot.fonts import chart_font


def test_chart_font_has_every_common_character_and_every_name_of_the_communities() -> None:
    from matplotlib.ft2font import FT2Font

    common = {
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    }
    names = {
        character
        for profile in list_communities()
        for organisation in load_community(profile)[1]
        for character in organisation.name
    }
    wanted = common | names | set("0123456789 −%·…—，。：；（）《》“”")
    has = FT2Font(str(chart_font())).get_charmap()
    assert {character for character in wanted if ord(character) not in has} == set()
