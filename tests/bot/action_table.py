"""What a program that drives our actions may cause by calling each of them out of the blue."""

from __future__ import annotations

#: These keep something about the person who is named as the sender, and only about them; all others answer
#: or ask. Nothing can be caused about somebody else, whatever the call says.
KEEPING = frozenset(
    {"action_abuse", "action_advert", "action_complain", "action_raise_emergency", "action_urge"}
)
