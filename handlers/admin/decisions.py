"""Why it was given to whom, in words, from the decisions as they were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casework.entities import Offer, ScorePart
from casework.giving.decisions import Decision, LeftOut, Option
from casework.statuses import OfferStatus
from casework.use_cases.reading import RequestView
from casework.use_cases.workers import ExplainMatch
from handlers.admin.desk import Desk
from handlers.admin.scores import behind, for_and_against, percent, sentence, weights_in_words
from handlers.kit.cards import Cards
from handlers.kit.reasons import decline_reason
from handlers.kit.texts import Markup

#: Candidates that were not asked are told in short, the best ones by name.
_OTHERS = 5
_NAMES = 8
#: Of a request that went through many hands the last decisions are told.
_DECISIONS = 6
_REASONS = 2


async def match_words(desk: Desk, view: RequestView) -> Markup | None:
    """Each decision with its candidates and what came of it; None when nobody was thought of yet."""
    match = await desk.context.cases(ExplainMatch)(desk.actor, view.request.id)
    decisions = match.decisions[-_DECISIONS:]
    if not match.offers and not decisions:
        return None
    teller = _Teller(desk, await _names(desk, match.offers, decisions))
    item = desk.context.community.catalogue.item(view.request.item).name
    parts = [desk.texts("admin-why-head", number=view.request.number, item=item)]
    told: set[int] = set()
    ends = [*(d.at for d in decisions[1:]), None]
    for decision, end in zip(decisions, ends, strict=True):
        mine = [o for o in match.offers if _belongs(o, decision, end) and o.id not in told]
        told |= {o.id for o in mine}
        parts.append(await teller.decision(decision, mine))
    # Offers from before decisions were kept, or whose decision is too long ago to be told.
    older = [o for o in match.offers if o.id not in told]
    parts[1:1] = [await teller.offer(offer, None) for offer in older]
    if decisions and decisions[-1].options:
        weights = weights_in_words(desk.texts, decisions[-1].weights)
        parts.append(desk.texts("why-weights", weights=weights))
    return Markup("\n\n".join(parts))


def _belongs(offer: Offer, decision: Decision, end: datetime | None) -> bool:
    """Whether the offer came of this decision: to somebody chosen, before the next was made."""
    after = decision.at <= offer.offered_at and (end is None or offer.offered_at < end)
    return offer.organisation_id in decision.chosen and after


async def _names(desk: Desk, offers: Sequence[Offer], decisions: Sequence[Decision]) -> dict[int, str]:
    wanted = {o.organisation_id for o in offers}
    for decision in decisions:
        wanted |= {*decision.chosen, *(o.organisation_id for o in decision.options)}
        wanted |= {left.organisation_id for left in decision.left_out}
    return {o.id: o.name for o in await desk.context.uow.organisations.all() if o.id in wanted}


class _Teller:
    """Puts one request's decisions into words."""

    def __init__(self, desk: Desk, names: dict[int, str]) -> None:
        self.desk = desk
        self.texts = desk.texts
        self.names = names
        self.cards = Cards(desk.texts, desk.context.community)

    async def decision(self, decision: Decision, offers: Sequence[Offer]) -> Markup:
        """When and how, who was chosen and why, who else was thought of, who could not be asked."""
        lines: list[str] = [
            self.texts(f"why-how-{decision.how}", when=self._when(decision), who=await self._by(decision))
        ]
        options = {o.organisation_id: o for o in decision.options}
        by_organisation = {o.organisation_id: o for o in offers}
        for its_id in decision.chosen:
            offer, option = by_organisation.get(its_id), options.get(its_id)
            if offer is not None:
                lines.append(await self.offer(offer, option))
            else:
                lines.append(Markup("\n".join(self._chosen(its_id, option, decision))))
        others = [o for o in decision.options if o.organisation_id not in decision.chosen]
        lines += self._others(others, options.get(decision.chosen[0]) if decision.chosen else None, decision)
        lines += self._left_out(decision.left_out)
        if decision.unfit:
            lines.append(self.texts("why-unfit", count=decision.unfit))
        return Markup("\n".join(lines))

    async def offer(self, offer: Offer, option: Option | None) -> Markup:
        """One organisation that was asked, with what came of it."""
        when = self.cards.when(offer.offered_at, self.desk.context.now)
        name = self.names.get(offer.organisation_id, "")
        lines: list[str] = [self.texts("admin-why-offer", when=when, name=name)]
        parts = option.parts if option else offer.parts
        if parts:
            lines += self._score(option.score if option else offer.score, parts, offer.offered_at)
        if not offer.parts:
            lines.append(self.texts("admin-why-no-score"))
        lines.append(await _outcome(self.desk, offer, self.cards))
        return Markup("\n".join(lines))

    def _chosen(self, its_id: int, option: Option | None, decision: Decision) -> list[str]:
        lines: list[str] = [self.texts("why-chosen", name=self.names.get(its_id, ""))]
        return lines + (self._score(option.score, option.parts, decision.at) if option else [])

    def _score(self, score: float, parts: Sequence[ScorePart], at: datetime) -> list[str]:
        pro, contra = for_and_against(self.texts, parts, at)
        lines: list[str] = [self.texts("admin-why-score", score=percent(score))]
        lines += [self.texts("admin-why-for", facts="；".join(pro))] if pro else []
        return lines + ([self.texts("admin-why-against", facts="；".join(contra))] if contra else [])

    def _others(self, others: Sequence[Option], best: Option | None, decision: Decision) -> list[str]:
        if not others:
            return []
        lines: list[str] = [self.texts("why-others")]
        for option in others[:_OTHERS]:
            lost = behind(option.parts, best.parts)[:_REASONS] if best else []
            why = "；".join(sentence(self.texts, part, decision.at) for part in lost)
            key = "why-other-behind" if why else "why-other"
            name = self.names.get(option.organisation_id, "")
            lines.append(self.texts(key, name=name, score=percent(option.score), why=why))
        if len(others) > _OTHERS:
            lines.append(self.texts("why-others-more", count=len(others) - _OTHERS))
        return lines

    def _left_out(self, left_out: Sequence[LeftOut]) -> list[str]:
        groups: dict[str, list[str]] = {}
        for left in left_out:
            groups.setdefault(left.why, []).append(self.names.get(left.organisation_id, ""))
        lines: list[str] = []
        for why, names in groups.items():
            shown = "、".join(names[:_NAMES])
            key = "why-left-out-many" if len(names) > _NAMES else "why-left-out"
            reason = self.texts.plain(f"why-out-{why}")
            lines.append(self.texts(key, why=reason, names=shown, count=len(names)))
        return lines

    def _when(self, decision: Decision) -> str:
        return self.cards.when(decision.at, self.desk.context.now)

    async def _by(self, decision: Decision) -> str:
        person = await self.desk.context.uow.people.get(decision.by) if decision.by else None
        if person is None or not person.name:
            return ""
        return self.texts.plain("admin-named", words="", name=person.name)


async def _outcome(desk: Desk, offer: Offer, cards: Cards) -> Markup:
    when = cards.when(offer.decided_at or offer.expires_at, desk.context.now)
    reason = offer.reason
    if offer.status is OfferStatus.DECLINED:
        reason = decline_reason(desk.texts, reason)
    elif offer.status is OfferStatus.WITHDRAWN:
        key = f"admin-withdrawn-{reason}"
        reason = desk.texts.plain(key if desk.texts.has(key) else "admin-withdrawn-other")
    by = await desk.context.uow.people.get(offer.decided_by) if offer.decided_by else None
    who = desk.texts.plain("admin-named", words="", name=by.name) if by and by.name else ""
    return desk.texts(f"admin-outcome-{offer.status}", when=when, reason=reason, who=who)
