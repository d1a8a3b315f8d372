"""A round from opening to results: workers, invited experts and residents score organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from casework.entities import Organisation, Rating, Request, Workload
from casework.errors import BadValue, NotAllowed, NotFound
from casework.judging.evaluation import (
    CRITERIA,
    LOOKS_BACK,
    Expert,
    Form,
    Party,
    Result,
    Round,
    Services,
    judged,
    results,
)
from casework.judging.judgement_events import ResidentQuestioned, RoundClosed, RoundOpened, RoundStillOpen
from casework.permissions import Actor, Permission
from casework.use_case import UseCase

YEAR = timedelta(days=365)
#: So many residents of an organisation are asked when a round opens, each of them once.
_ASKED_EACH = 5
#: Nobody is reminded of a round that is younger.
_YOUNG = timedelta(days=14)
#: The short question has three answers.
ANSWERS = (5, 3, 1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is: forms by party, organisations that each party has scored, residents asked."""

    round: Round
    forms: Mapping[Party, int]
    organisations: Mapping[Party, int]
    asked: int
    answered: int
    experts: tuple[Expert, ...]
    of: int


@dataclass(frozen=True, slots=True)
class ToScore:
    """An organisation before somebody who scores; `form` is what they said of it in this round."""

    organisation: Organisation
    workload: Workload
    services: Services
    form: Form | None


async def current_round(case: UseCase) -> Round:
    """The open round. Raises NotFound."""
    found = await case.uow.evaluations.current()
    if found is None:
        raise NotFound(what="round", id="")
    return found


class OpenRound(UseCase):
    """Begin a round: experts are asked, and of each organisation a few residents it has worked for."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor, title: str) -> Round:
        """While a round is open it is returned as it is. Raises BadValue for an empty title."""
        if not title.strip():
            raise BadValue(field="title")
        opened = await self.uow.evaluations.open_round(
            Round(0, self.community.id, title.strip(), self.now - LOOKS_BACK, self.now, actor.person_id or 0)
        )
        if opened is None:
            return await current_round(self)
        experts = await self.uow.evaluations.experts()
        self.uow.record(RoundOpened(opened, tuple(expert.person_id for expert in experts)))
        await self._ask_residents(opened)
        return opened

    async def _ask_residents(self, opened: Round) -> None:
        """Those who were helped lately and have not rated it, each about one organisation."""
        done = await self.uow.evaluations.confirmed_since(opened.since)
        rated = await self.uow.notes.ratings(request.id for request in done)
        asked: Counter[int] = Counter()
        seen: set[int] = set()
        for request in done:
            organisation = request.organisation_id
            if organisation is None or request.id in rated or request.resident_id in seen:
                continue
            if asked[organisation] < _ASKED_EACH and await self._ask(opened, request, organisation):
                asked[organisation] += 1
                seen.add(request.resident_id)

    async def _ask(self, opened: Round, request: Request, organisation_id: int) -> bool:
        person = await self.uow.people.get(request.resident_id)
        if person is None or not person.reachable or person.muted:
            return False
        if organisation_id in await self.uow.organisations.led_by(person.id):
            return False
        form = _resident_form(self, opened, organisation_id, person.id, {})
        if not await self.uow.evaluations.ask(form):
            return False
        organisation = await self.organisation(organisation_id)
        self.uow.record(ResidentQuestioned(opened, organisation, person.id))
        return True


def _resident_form(
    case: UseCase, of: Round, organisation_id: int, person_id: int, scores: Mapping[str, int]
) -> Form:
    party = Party.RESIDENTS
    return Form(of.id, case.community.id, organisation_id, party, person_id, scores, case.now)


async def count_stars(case: UseCase, request: Request, rating: Rating) -> None:
    """While a round is open, a resident's stars are their form; a lead's own stars are not counted."""
    opened = await case.uow.evaluations.current()
    organisation = request.organisation_id
    if opened is None or organisation is None:
        return
    if organisation in await case.uow.organisations.led_by(request.resident_id):
        return
    form = _resident_form(case, opened, organisation, request.resident_id, {"stars": rating.stars})
    await case.uow.evaluations.keep(form)


class AnswerQuestion(UseCase):
    """A resident answers the short question about an organisation."""

    permission = Permission.OWN_REQUEST

    async def __call__(self, actor: Actor, round_id: int, organisation_id: int, score: int) -> Organisation:
        """May be changed while the round is open. Raises NotFound for who was not asked or is too late."""
        if score not in ANSWERS:
            raise BadValue(field="score")
        opened = await current_round(self)
        person_id = actor.person_id or 0
        asked = await self.uow.evaluations.form(round_id, organisation_id, Party.RESIDENTS, person_id)
        if asked is None or asked.round_id != opened.id:
            raise NotFound(what="round", id=round_id)
        form = _resident_form(self, opened, organisation_id, person_id, {"stars": score})
        await self.uow.evaluations.keep(form)
        return await self.organisation(organisation_id)


def party_of(actor: Actor) -> Party:
    """As what somebody scores; a worker who was also invited as an expert is a worker."""
    return Party.WORKERS if actor.is_admin() else Party.EXPERTS


class ListToScore(UseCase):
    """The organisations that this person may score in the open round, with what they said so far."""

    permission = Permission.SCORE

    async def __call__(self, actor: Actor) -> tuple[Round, list[ToScore]]:
        """Without those they lead themselves; unscored ones first. Raises NotFound without a round."""
        opened = await current_round(self)
        person_id, party = actor.person_id or 0, party_of(actor)
        mine = await self.uow.evaluations.forms_of(opened.id, party, person_id)
        every = await self.uow.organisations.all(active_only=True)
        loads = await self.uow.organisations.workloads(o.id for o in every)
        services = await self.uow.evaluations.services(self.now - YEAR)
        found = [
            ToScore(o, loads.get(o.id, Workload()), services.get(o.id, Services()), mine.get(o.id))
            for o in every
            if not actor.leads(o.id)
        ]
        return opened, sorted(found, key=lambda one: (one.form is not None, one.organisation.id))


class ScoreOrganisation(UseCase):
    """A worker or expert fills in the form of one organisation."""

    permission = Permission.SCORE

    async def __call__(self, actor: Actor, organisation_id: int, scores: Mapping[str, int]) -> Form:
        """All criteria of the party, 1 to 5 each; again is a change. Raises NotAllowed for one's own
        organisation, BadValue for an incomplete form, NotFound without an open round."""
        opened = await current_round(self)
        organisation = await self.organisation(organisation_id)
        if actor.leads(organisation.id):
            raise NotAllowed(permission=Permission.SCORE)
        party = party_of(actor)
        if set(scores) != set(CRITERIA[party]) or any(not 1 <= s <= 5 for s in scores.values()):
            raise BadValue(field="scores")
        person_id = actor.person_id or 0
        form = Form(opened.id, self.community.id, organisation.id, party, person_id, dict(scores), self.now)
        await self.uow.evaluations.keep(form)
        return form


class ShowRound(UseCase):
    """How far the open round is."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> Progress | None:
        """None while no round is open."""
        opened = await self.uow.evaluations.current()
        if opened is None:
            return None
        forms = await self.uow.evaluations.forms(opened.id)
        said = [form for form in forms if form.scores]
        scored = {p: len({f.organisation_id for f in said if f.party is p}) for p in Party}
        return Progress(
            opened,
            {party: sum(form.party is party for form in said) for party in Party},
            scored,
            sum(form.party is Party.RESIDENTS for form in forms),
            sum(form.party is Party.RESIDENTS for form in said),
            tuple(await self.uow.evaluations.experts()),
            len(await self.uow.organisations.all(active_only=True)),
        )


class RemindOfRound(UseCase):
    """A round that is open for long is asked about each week, so that it does not depend on memory."""

    permission = Permission.RUN_TIMERS

    async def __call__(self, actor: Actor) -> None:
        """Nothing while it is young."""
        opened = await self.uow.evaluations.current()
        if opened is None or self.now - opened.opened_at < _YOUNG:
            return
        forms = await self.uow.evaluations.forms(opened.id)
        scored = Counter(form.person_id for form in forms if form.party is Party.EXPERTS)
        of = len(await self.uow.organisations.all(active_only=True))
        experts = await self.uow.evaluations.experts()
        waiting = tuple(e.person_id for e in experts if scored[e.person_id] < of)
        self.uow.record(RoundStillOpen(opened, (self.now - opened.opened_at).days, waiting))


class CloseRound(UseCase):
    """Count the forms: points, ranks and grades, kept as they are found now."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(self, actor: Actor) -> tuple[Round, list[Result]]:
        """Raises NotFound when no round is open (any more)."""
        opened = await current_round(self)
        by_organisation: dict[int, list[Form]] = {}
        for form in await self.uow.evaluations.forms(opened.id):
            by_organisation.setdefault(form.organisation_id, []).append(form)
        every = {o.id: o for o in await self.uow.organisations.all()}
        judging = self.community.policy.judging
        known = [
            judged(o.id, by_organisation.get(o.id, ()), judging)
            for o in every.values()
            if o.active or o.id in by_organisation
        ]
        services = await self.uow.evaluations.services(self.now - YEAR)
        found = results(opened, known, services, judging, self.now)
        if not await self.uow.evaluations.close(opened.id, self.now, found):
            raise NotFound(what="round", id=opened.id)
        told = tuple((every[result.organisation_id], result) for result in found)
        self.uow.record(RoundClosed(opened, told, sum(result.rank is not None for result in found)))
        return opened, found


class ShowResults(UseCase):
    """The results of a closed round; of the latest when none is named."""

    permission = Permission.MANAGE_ORGANISATIONS

    async def __call__(
        self, actor: Actor, round_id: int | None = None
    ) -> tuple[Round, list[tuple[Organisation, Result]]] | None:
        """By rank. None when there is none yet. Raises NotFound for a round that has no results."""
        evaluations = self.uow.evaluations
        shown = await (evaluations.latest_closed() if round_id is None else evaluations.round(round_id))
        if shown is None or shown.closed_at is None:
            if round_id is None:
                return None
            raise NotFound(what="round", id=round_id)
        every = {o.id: o for o in await self.uow.organisations.all()}
        return shown, [(every[r.organisation_id], r) for r in await evaluations.results(shown.id)]
