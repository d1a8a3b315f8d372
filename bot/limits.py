"""How fast the messenger may be written to: a bot, a private chat, a group. Times are monotonic seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Bucket:
    """Lets `burst` through at once and `rate` a second in the long run."""

    __slots__ = ("_at", "_burst", "_level", "_rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = now

    def level(self, now: float) -> float:
        """How many may go now."""
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        return self._level

    def take(self, now: float) -> None:
        """One goes, even if it should not have."""
        self._level = self.level(now) - 1

    def free_at(self, now: float) -> float:
        """When the next may go."""
        return now + max(0.0, 1 - self.level(now)) / self._rate

    def full(self, now: float) -> bool:
        """Whether nothing went for so long that it may be forgotten."""
        return self.level(now) >= self._burst


#: (rate a second, burst). In any minute a group gets at most 5 + 15 = 20.
PRIVATE = (1.0, 5.0)
GROUP = (0.25, 5.0)
_FORGET_ABOVE = 1000
#: So many chats told to pause within so many seconds mean the whole bot, which then pauses, but not long.
_MANY = 3
_AT_ONCE = 10.0
_LONGEST_PAUSE = 30.0
#: What was sent longer ago than this, in seconds, touches no limit any more.
LOOKS_BACK = 60.0


class Limits:
    """The bot's own limit and one for each chat. `clock` gives monotonic seconds.

    `chats` makes a chat's limit so many times as wide, for a messenger that is not Telegram.
    """

    def __init__(self, per_second: float, clock: Callable[[], float], chats: float = 1.0) -> None:
        self._clock = clock
        self._rate = per_second
        self._wide = chats
        self._bot = self._bucket(clock())
        self._chats: dict[int, Bucket] = {}
        self._resting: dict[int, float] = {}
        self._refused: dict[int, float] = {}
        self._paused_until = clock()

    def room(self) -> int:
        """How many messages the whole bot may send now."""
        now = self._clock()
        return 0 if now < self._paused_until else int(self._bot.level(now))

    def remember(self, sent: Iterable[tuple[int, float]]) -> None:
        """What another process sent lately, as (chat, seconds ago), counts as if we had sent it."""
        now = self._clock()
        self._bot = self._bucket(now - LOOKS_BACK)
        self._chats.clear()
        for chat_id, ago in sorted(sent, key=lambda one: -one[1]):
            self._took(chat_id, now - min(max(ago, 0.0), LOOKS_BACK))

    def took(self, chat_id: int) -> None:
        """A message to this chat is on its way."""
        self._took(chat_id, self._clock())

    def _bucket(self, now: float) -> Bucket:
        return Bucket(self._rate, max(1.0, self._rate / 2), now)

    def _took(self, chat_id: int, now: float) -> None:
        self._bot.take(now)
        bucket = self._chats.get(chat_id)
        if bucket is None:
            rate, burst = PRIVATE if chat_id > 0 else GROUP
            bucket = self._chats[chat_id] = Bucket(rate * self._wide, burst * self._wide, now)
        bucket.take(now)
        free_at = bucket.free_at(now)
        if free_at > now:
            self._resting[chat_id] = max(free_at, self._resting.get(chat_id, 0.0))
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {c: b for c, b in self._chats.items() if not b.full(now)}

    def rest(self, chat_id: int, seconds: float) -> None:
        """The messenger asked for a pause."""
        now = self._clock()
        self._resting[chat_id] = now + seconds
        self._refused = {c: at for c, at in self._refused.items() if at > now - _AT_ONCE} | {chat_id: now}
        if len(self._refused) >= _MANY:
            self._paused_until = now + min(seconds, _LONGEST_PAUSE)

    def resting(self) -> set[int]:
        """Chats that must wait."""
        now = self._clock()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return set(self._resting)

    def next_change(self) -> float | None:
        """Seconds until a resting chat, or the bot itself, may go on; None when nothing waits."""
        now = self._clock()
        waits = [until - now for until in self._resting.values()]
        if now < self._paused_until:
            waits.append(self._paused_until - now)
        if self._bot.level(now) < 1:
            waits.append(self._bot.free_at(now) - now)
        return max(0.0, min(waits)) if waits else None
