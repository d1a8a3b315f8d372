"""What the reader had heard, in words: for workers all of it, for a lead only the need that is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.entities import HistoryEntry, Request
from casework.readings import KeptReading
from casework.transitions import Action
from handlers.kit.cards import Cards
from handlers.kit.context import Context
from handlers.kit.texts import Markup
from handlers.ports import Bars

_BAR = 8
_MOST_TIMES = 1000.0
#: Checks that are told without numbers.
_UNNUMBERED = ("clear", "one_item")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Why:
    """Tells of one kept reading. `everything`: also of the other needs in the same message."""

    context: Context
    request: Request
    kept: KeptReading
    everything: bool

    @property
    def told(self) -> Told:
        """The reader's own words."""
        return self.kept.told

    @property
    def part(self) -> Told:
        """What it said of this need; of the main one where a person had it filed as something else."""
        parts: list[Told] = self.told["parts"]
        wanted = self.kept.heard or self.kept.filed_as
        return next((part for part in parts if part["intent"] == wanted), parts[0])

    def text(self, history: tuple[HistoryEntry, ...]) -> Markup:
        """All of it."""
        return Markup("\n".join(self._lines(history)))

    def name(self, intent: str) -> str:
        """An item or an act as people call it."""
        from nlu.names import names

        catalogue = self.context.community.catalogue
        if intent in catalogue:
            return catalogue.item(intent).name
        key = f"act-{intent}"
        return self.context.texts.plain(key) if self.context.texts.has(key) else names().of(intent)

    def _lines(self, history: tuple[HistoryEntry, ...]) -> Iterator[Markup]:
        say, part = self.context.texts, self.part
        danger = self.told["danger"]["urgent"]
        heard = self.name(self.kept.filed_as if danger else part["intent"])
        yield say("why-head-urgent" if danger else "why-head", item=heard)
        yield say("why-number", number=self.request.number, chance=self.percent(part["chance"]))
        if len(self.told["parts"]) > 1:
            yield say("why-part", words=part["text"])
        yield from self._people(history)
        yield Markup("")
        yield from self._words(part)
        if self._whole:
            yield self._second()
            yield Markup("")
            yield from self._checks()
        if self.everything or self.request.urgent:
            yield from self._danger()
        yield from self._needs()

    @property
    def _whole(self) -> bool:
        """Whether what is said of the whole message may be told."""
        return self.everything or len(self.told["parts"]) == 1

    def _people(self, history: tuple[HistoryEntry, ...]) -> Iterator[Markup]:
        """Who had it filed as something else, and who refiled it later."""
        say = self.context.texts
        filed, heard = self.kept.filed_as, self.kept.heard
        if heard and filed != heard:
            yield say("why-by-resident", heard=self.name(heard), filed=self.name(filed))
        elif self.told["decision"] == "ask" and not self.told["danger"]["urgent"]:
            yield say("why-by-choice", filed=self.name(filed))
        cards = Cards(say, self.context.community)
        for entry in history:
            if entry.action == Action.RECATEGORISE.value:
                old, _, rest = entry.reason.partition("→")
                new = rest.split(" ")[0]
                when = cards.when(entry.at, self.context.now)
                yield say("why-by-worker", when=when, old=self.name(old), new=self.name(new))

    def _words(self, part: Told) -> Iterator[Markup]:
        say = self.context.texts
        words = [(w["text"], w["share"]) for w in part["words"]]
        if abs(part["meaning"]) >= 0.005:
            words.append((say.plain("why-meaning"), part["meaning"]))
        for text, share in sorted(words, key=lambda w: (w[1] < 0, -abs(w[1]))):
            bar = "▇" * max(1, round(abs(share) * _BAR))
            key = "why-for" if share > 0 else "why-against"
            yield say(key, bar=bar, words=text, share=self.percent(abs(share)))
        for rule in part["rules"]:
            yield self._rule(rule)

    def _rule(self, rule: Told) -> Markup:
        say = self.context.texts
        if rule["name"] == "vague":
            return say("why-rule-vague", words=rule["words"])
        key = "why-rule-more" if rule["boost"] >= 0 else "why-rule-less"
        return say(key, words=rule["words"], what=self.name(rule["name"]))

    def _second(self) -> Markup:
        say, rival = self.context.texts, self.told["rival"]
        times = rival["times"]
        if times >= _MOST_TIMES:
            behind = say.plain("why-behind-far")
        elif times >= 1.05:
            behind = say.plain("why-behind-times", times=_number(times))
        else:
            behind = say.plain("why-behind-close")
        item = self.name(rival["intent"])
        if not rival["words"]:
            return say("why-second", item=item, behind=behind)
        return say("why-second-words", item=item, behind=behind, words="、".join(rival["words"]))

    def _checks(self) -> Iterator[Markup]:
        say = self.context.texts
        if self.told["danger"]["urgent"]:
            return
        for check in self.told["checks"]:
            if check["name"] in _UNNUMBERED:
                yield say(f"why-check-{check['name']}")
                continue
            tell = self.times if check["name"] == "file_lead" else self.percent
            yield say(
                "why-check-passed" if check["passed"] else "why-check-failed",
                what=say.plain(f"why-check-{check['name']}"),
                value=tell(check["value"]),
                limit=tell(check["limit"]),
            )
        yield say(f"why-decision-{self.told['decision']}")

    def _danger(self) -> Iterator[Markup]:
        from nlu.names import names

        say, danger = self.context.texts, self.told["danger"]
        score, limit = f"{danger['score']:+.1f}", f"{danger['limit']:+.1f}"
        if danger["urgent"]:
            yield say("why-alarm", score=score, limit=limit, numbers="、".join(danger["hotlines"]))
        else:
            yield say("why-calm", score=score, limit=limit)
        for rule in danger["rules"]:
            key = "why-danger-more" if rule["boost"] >= 0 else "why-danger-less"
            yield say(key, words=rule["words"], about=names().rules.get(rule["name"], ""))
        if danger["words"]:
            yield say("why-danger-words", words="、".join(w["text"] for w in danger["words"]))

    def _needs(self) -> Iterator[Markup]:
        say, parts = self.context.texts, self.told["parts"]
        if len(parts) == 1:
            yield say("why-one")
        elif self.everything:
            yield say("why-several", count=len(parts))
            for n, part in enumerate(parts, start=1):
                yield say("why-several-line", n=n, item=self.name(part["intent"]), words=part["text"])
        else:
            yield say("why-several-hidden", count=len(parts))

    def bars(self) -> Bars:
        """The same as a picture."""
        say, part = self.context.texts, self.part
        words = [(w["text"], w["share"]) for w in part["words"]]
        words.append((say.plain("why-meaning"), part["meaning"]))
        heaviest = sorted((w for w in words if abs(w[1]) >= 0.005), key=lambda w: -abs(w[1]))
        candidates = [(self.name(c["intent"]), round(100 * c["chance"])) for c in self.told["candidates"]]
        limits = [round(100 * c["limit"]) for c in self.told["checks"] if c["name"] == "file_item"]
        limit = limits[0] if limits else 0
        return Bars(
            title=say.plain("why-chart-title", item=self.name(part["intent"])),
            subtitle=self.request.number,
            candidates_title=say.plain("why-chart-candidates"),
            candidates=tuple(
                (name, chance) for n, (name, chance) in enumerate(candidates) if n < 2 or chance
            ),
            limit=limit,
            limit_label=say.plain("why-chart-limit", limit=limit),
            words_title=say.plain("why-chart-words"),
            words=tuple((text, round(100 * share)) for text, share in heaviest),
        )

    def percent(self, value: float) -> str:
        """Such as 98%."""
        say = self.context.texts
        if 0 < value < 0.005:
            return say.plain("why-percent-little")
        return say.plain("why-percent", value=round(100 * value))

    def times(self, value: float) -> str:
        """Such as 12 倍."""
        say = self.context.texts
        if value >= _MOST_TIMES:
            return say.plain("why-times-many")
        return say.plain("why-times", value=_number(value))


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
