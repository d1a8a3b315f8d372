"""What the conversations need from outside beside casework: somewhere to put replies and memories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from casework.ports import UnitOfWork
from casework.promises.quiet import HeldMessages

if TYPE_CHECKING:
    from handlers.drawings import Drawing
    from nlu.learning import Outcome
    from nlu.near import Twin
    from nlu.versions import Card, Pointer

#: (field of the method, file name, content)
OutgoingFile = tuple[str, str, bytes]


class Undeliverable(Protocol):
    """A message that the messenger refused for good."""

    @property
    def chat_id(self) -> int: ...
    @property
    def error(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...


class Outbox(Protocol):
    """Messages to be sent after the transaction has committed."""

    async def add(
        self,
        chat_id: int,
        method: str,
        payload: dict[str, Any],
        *,
        key: str | None = None,
        not_before: datetime | None = None,
        file: OutgoingFile | None = None,
        reveals: int | None = None,
    ) -> None:
        """`method` is a Bot-API method class, `payload` its fields; a repeated `key` adds nothing.

        `reveals` is the request whose phone, door or words the message shows a lead: it is folded later.
        """

    async def add_to_each(
        self, chat_ids: Iterable[int], method: str, payload: dict[str, Any], key_prefix: str
    ) -> None:
        """The same message to many; `chat_id` is put into the payload, `<prefix><chat>` is each one's key."""

    async def count_by_key_prefix(self, prefix: str) -> dict[str, int]:
        """How many rows whose key begins so are `pending`, `sent` and `dead`; `blocked` where any are."""

    async def failures(self, limit: int = 20) -> Sequence[Undeliverable]:
        """Messages that the messenger will never take, newest first."""


class Trackers(Protocol):
    """One JSON document a chat."""

    async def load(self, chat_id: int) -> dict[str, Any] | None: ...

    async def save(self, chat_id: int, document: dict[str, Any]) -> None: ...


class DeadLetter(Protocol):
    """An update that could not be handled."""

    @property
    def id(self) -> int: ...
    @property
    def update_id(self) -> int: ...
    @property
    def chat_id(self) -> int | None: ...
    @property
    def error(self) -> str: ...
    @property
    def received_at(self) -> datetime: ...


class Inbox(Protocol):
    """The part of the inbox that workers may look into."""

    async def dead(self, limit: int = 20) -> Sequence[DeadLetter]:
        """Updates that could not be handled, newest first."""

    async def retry(self, item_id: int) -> bool:
        """Put a dead update back in line; False when it is not dead."""


class ChatUnitOfWork(UnitOfWork, Protocol):
    """Casework's unit of work, with replies and memories committed in the same transaction."""

    @property
    def outbox(self) -> Outbox: ...
    @property
    def trackers(self) -> Trackers: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def held(self) -> HeldMessages: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a deferred outbox row turned into when its turn came."""

    method: str
    payload: dict[str, Any]
    file: OutgoingFile | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A report as a picture: all words are ready to be drawn, all numbers are counts.

    `figures` are (big number, label), `days` and `groups` (label, count), `rates`
    (label, numerator, denominator).
    """

    title: str
    subtitle: str
    figures: tuple[tuple[str, str], ...]
    days_title: str
    days: tuple[tuple[str, int], ...]
    groups_title: str
    groups: tuple[tuple[str, int], ...]
    rates_title: str
    rates: tuple[tuple[str, int, int], ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Candidates (label, percent) with the threshold one had to reach (percent, 0: none), best first, and
    words (label, percent; below 0: against), heaviest first. All words are ready to be drawn."""

    title: str
    subtitle: str
    candidates_title: str
    candidates: tuple[tuple[str, int], ...]
    limit: int
    limit_label: str
    words_title: str
    words: tuple[tuple[str, int], ...]


class ChartDrawer(Protocol):
    """Draws charts."""

    async def draw(self, chart: Drawing) -> bytes:
        """A PNG, 1080 pixels wide. Raises RuntimeError when it cannot be drawn."""


@dataclass(frozen=True, slots=True)
class School:
    """What is known of the model in use. `step` is what a training is doing now (empty: none runs), `done`
    how far it is (0..1); `names` are the names of the figures by code."""

    card: Card
    pointer: Pointer | None
    last: Outcome | None
    names: dict[str, str]
    step: str = ""
    done: float = 0.0


class Learning(Protocol):
    """How the reader of this process learns anew."""

    def school(self) -> School:
        """As it stands now."""

    async def near(self, text: str) -> Twin | None:
        """The message of training or tests that is nearly this one."""

    def begin(self, chat_id: int, message_id: int | None) -> bool:
        """Start a training whose progress is shown in this message; False while one is running."""

    async def roll_back(self) -> Pointer:
        """Use the model before this one. Raises nlu.model.ModelError in plain Chinese."""

    def lessons_changed(self) -> None:
        """Somebody decided on a lesson: those accepted are written down for the next training."""
