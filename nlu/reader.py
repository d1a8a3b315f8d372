"""The reader: one pure function from a message and a now to an Understanding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlu import details, needs, reading, settings, urgency, vectors
from nlu.details.masking import mask
from nlu.model import Model
from nlu.normalise import Plain, align, normalise
from nlu.reading import Reading
from nlu.settings import Thresholds
from nlu.understanding import Decision, Details, Need, Ranked, Understanding

if TYPE_CHECKING:
    from nlu.explaining import Explanation

REQUEST = "request"
_RANKED = 5
# Where nothing in an emergency tells the item, the one that serves the hotline called.
_EMERGENCY_ITEMS = {
    "120": ("aid_rescue", "med_accompany", "eld_visit", "env_pest"),
    "119": ("saf_fire", "aid_rescue", "way_elevator", "hom_electric"),
    "110": ("saf_patrol", "law_family", "aid_missing", "law_antifraud"),
    "12356": ("med_psych",),
}
#: A greeting before what is wanted says nothing about it.
_GREETING = re.compile(
    r"^(?:(?:哎|喂|嗨|诶|同志|师傅|老师|社区)*(?:你|您|侬|大家)们?好(?:啊|呀|哇|哈)?[,.! ]*)+"
)
_SHORTEST_HEART = 4
#: Phones, doors, and the name somebody gives.
_FACTS = re.compile(
    r"(?:住在?|电话(?:是|:)?|手机(?:号?是|号?:)?)?"
    r"(?:[\u4e00-\u9fff]{1,4}(?:小区|花园|家园|新村|公寓|苑))?"
    r"(?:(?:[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|号院|栋|幢|座|单元|层|室|号)){1,4}[0-9]{0,4}"
    r"|[0-9][0-9 -]{2,})"
    r"|我(?:名字)?叫[\u4e00-\u9fff]{2,3}(?![\u4e00-\u9fff])"
)


class Reader:
    """Reads messages with a trained model; safe to share, it keeps nothing of a message."""

    def __init__(
        self, model: Model, *, compounds: Iterable[str] = (), thresholds: Thresholds | None = None
    ) -> None:
        self.model = model
        self.thresholds = thresholds or settings.read_thresholds()
        self._rules = settings.read_rules(settings.INTENTS)
        self._dangers = settings.read_rules(settings.DANGERS)
        self.compounds = compounds
        vectors.warm_up()
        _ = model.rows

    @classmethod
    def load(
        cls,
        path: Path | None = None,
        *,
        compounds: Iterable[str] = (),
        thresholds: Path = settings.THRESHOLDS,
    ) -> Reader:
        """The reader with the model in `path` (default: the data directory).

        It is trained first where the model is missing, damaged or older than code and data.
        Raises CorpusError for a mistake in data, rules or thresholds.
        """
        from nlu.versions import ready

        return cls(ready(path), compounds=compounds, thresholds=settings.read_thresholds(thresholds))

    @property
    def compounds(self) -> tuple[str, ...]:
        """The names of the community's compounds, by which misspelt ones are recognised."""
        return self._compounds

    @compounds.setter
    def compounds(self, names: Iterable[str]) -> None:
        self._compounds = tuple(names)
        self._known = details.known(self._compounds)

    def details(self, text: str, now: datetime, expected: details.Expected | None = None) -> Details:
        """The facts in an answer; `expected` is what was asked."""
        return details.read_plain(align(text), now, self._known, expected)

    def understand(self, text: str, now: datetime) -> Understanding:
        """Read one message: any string, any length; `now` is the moment times are resolved against."""
        aligned, told, alarm = self._look(text)
        return self._understood(aligned, told, alarm, text, now)

    def _look(self, text: str) -> tuple[Plain, Reading, urgency.Alarm]:
        aligned = align(text)
        told = self._read(_heart(aligned.text))
        return aligned, told, self._alarm(aligned.text, told)

    def _understood(
        self, aligned: Plain, told: Reading, alarm: urgency.Alarm, text: str, now: datetime
    ) -> Understanding:
        act, confidence = self._act(told, alarm.urgent)
        items = self._emergency_items(told.items, alarm) if alarm.urgent else told.items
        ranking = self._rank(items)
        found = self._needs(aligned, told, ranking) if act == REQUEST else ()
        decision = Decision.FILE if alarm.urgent else self._decide(act, told, ranking, found)
        why = (*told.why, *(alarm.why if len(alarm.why) > 1 or alarm.urgent else ()))
        return Understanding(
            text=text,
            masked=mask(aligned),
            act=act,
            act_confidence=round(confidence, 4),
            needs=found if decision is not Decision.DECLINE else (),
            ranking=ranking,
            decision=decision,
            urgent=alarm.urgent,
            hotlines=alarm.hotlines,
            details=details.read_plain(aligned, now, self._known),
            why=(
                *why,
                f"request={told.request:.2f}",
                f"top={ranking[0].item}:{ranking[0].confidence:.2f}",
            ),
        )

    def _alarm(self, plain: str, told: Reading) -> urgency.Alarm:
        return urgency.judge(plain, told.scores, self._dangers, self.thresholds, self._quiet(told))

    def _quiet(self, told: Reading) -> bool:
        """Whether it asks for nothing, or surely for what is no matter of life."""
        best = int(np.argmax(told.scores.intents))
        if best >= len(self.model.items):
            return True
        sure = float(told.scores.intents[best]) >= self.thresholds.calm_item
        return sure and self.model.items[best] not in urgency.RISKY_ITEMS

    def explain(self, text: str, now: datetime) -> Explanation:
        """Why `understand` answers as it does."""
        from nlu.explaining import Explainer, Seen

        aligned, told, alarm = self._look(text)
        read = self._understood(aligned, told, alarm, text, now)
        seen = Seen(read, aligned, told.plain, told.scores, told.items, told.request, alarm)
        return Explainer(self.model, self.thresholds, self._rules, self._dangers).explain(seen)

    def chances(self, text: str) -> dict[str, float]:
        """How likely each item and act is what is meant (0..1, together 1)."""
        told = self._read(_heart(normalise(text)))
        joint = [*told.joint, *told.scores.intents[len(self.model.items) :]]
        return dict(zip(self.model.intents, map(float, joint), strict=True))

    def _read(self, plain: str) -> Reading:
        return reading.read(self.model, self._rules, plain)

    def _act(self, told: Reading, urgent: bool) -> tuple[str, float]:
        acts = told.scores.intents[len(self.model.items) :]
        best = int(np.argmax(acts))
        if urgent or told.request * self.thresholds.request_weight >= float(acts[best]):
            return REQUEST, max(told.request, 0.5) if urgent else told.request
        return self.model.acts[best], float(acts[best])

    def _rank(self, items: NDArray[np.float64]) -> tuple[Ranked, ...]:
        best = np.argsort(-items)[:_RANKED]
        return tuple(Ranked(self.model.items[i], round(float(items[i]), 4)) for i in best)

    def _needs(self, plain: Plain, told: Reading, ranking: Sequence[Ranked]) -> tuple[Need, ...]:
        parts = [] if told.vague else needs.split(told, self.thresholds.another_need)
        if not parts:
            return (Need(ranking[0].item, ranking[0].confidence, plain.original),)
        greeting = len(plain.text) - len(told.plain)
        found = [
            Need(self.model.items[p.item], round(p.chance, 4), _words(plain, p, greeting)) for p in parts
        ]
        # What the whole message is most about comes first, the others as they were told.
        return tuple(sorted(found, key=lambda need: need.item != ranking[0].item))

    def _decide(self, act: str, told: Reading, ranking: Sequence[Ranked], found: Sequence[Need]) -> Decision:
        limits = self.thresholds
        if act != REQUEST:
            return Decision.ASK if told.request >= limits.ask_request else Decision.DECLINE
        if told.request < limits.file_request or told.vague:
            return Decision.ASK
        if len(found) > 1:
            return Decision.FILE if all(n.confidence >= limits.file_item for n in found) else Decision.ASK
        if found[0].item != ranking[0].item:
            return Decision.ASK
        sure = ranking[0].confidence >= limits.file_item
        ahead = ranking[0].confidence >= limits.file_lead * ranking[1].confidence
        return Decision.FILE if sure and ahead else Decision.ASK

    def _emergency_items(self, items: NDArray[np.float64], alarm: urgency.Alarm) -> NDArray[np.float64]:
        if float(items.max()) >= self.thresholds.file_item or not alarm.hotlines:
            return items
        fitting = {i for h in alarm.hotlines for i in _EMERGENCY_ITEMS[h]}
        weights = np.array([1.0 if item in fitting else 0.05 for item in self.model.items])
        lifted = items * weights
        return np.asarray(lifted / lifted.sum())


def _heart(plain: str) -> str:
    """The message without the greeting that it opens with, and with blanks for doors and phones.

    They speak of neighbouring matters to the model. Where little else is said they stay.
    """
    rest = _GREETING.sub("", plain)
    rest = rest if len(rest) >= _SHORTEST_HEART else plain
    blank = _FACTS.sub(_blank, rest)
    return blank if sum(map(str.isalnum, blank)) >= _SHORTEST_HEART else rest


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _words(plain: Plain, part: needs.Part, greeting: int) -> str:
    return "，".join(plain.words(greeting + start, greeting + end) for start, end in part.spans)
