"""Joint grids: the order on the road told apart from the series' own.

Two ways in which reports do so. A driver is set "hors classement": he holds his place on the road, and those who are named
behind him go on with the series' order. Or the series' order is told after the road's ("pour le classement français, A gagne un
rang"): then what was told before it is the road, and exactly one of those ahead is a guest.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from racing.reading.candidates import Candidate, place, runners_from, subject_of
from racing.reading.story import Clause, Scene, Story, who_is_meant
from racing.terms import OVERALL, TRACK, FactKind

NAME = "roads"
_ORDERS = (FactKind.FINISH, FactKind.QUALIFYING)


def tell_roads_apart(story: Story, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates with guests marked, and road and series told apart where the text does it."""
    found = list(candidates)
    guests: set[int] = set()
    for scene in story.told():
        for clause in scene.clauses:
            if "g" in clause.signs:
                found, aside = _outside(story, scene, clause, found)
                guests |= aside
            if "^" in clause.signs and "s" in clause.signs:
                found, aside = _moved_up(story, scene, clause, found)
                guests |= aside
    return _mark_guests(found, guests)


def guests_of(story: Story, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Give whom the text sets outside the series."""
    return frozenset(one for found in tell_roads_apart(story, candidates) if found.guest for one in found.people)


def mark_guests(candidates: Sequence[Candidate], guests: Set[int]) -> list[Candidate]:
    """Mark the places of guests; whose ranking is which stays."""
    return [
        replace(one, guest=one.guest or (one.kind in _ORDERS and bool(guests & set(one.people)))) for one in candidates
    ]


def _mark_guests(candidates: Sequence[Candidate], guests: set[int]) -> list[Candidate]:
    """Mark the places of guests; an order that has a guest in it is the road's."""
    roads = {(c.kind, c.race) for c in candidates if c.ranking == OVERALL and guests & set(c.people)}
    marked = []
    for candidate in candidates:
        if candidate.kind in _ORDERS:
            guest = bool(guests & set(candidate.people))
            on_road = (candidate.kind, candidate.race) in roads and candidate.ranking == OVERALL
            on_road = on_road and (candidate.kind is FactKind.QUALIFYING or guest)
            candidate = replace(candidate, guest=guest, ranking=TRACK if on_road else candidate.ranking)
        marked.append(candidate)
    return marked


def _outside(
    story: Story, scene: Scene, clause: Clause, candidates: list[Candidate]
) -> tuple[list[Candidate], set[int]]:
    """Read "Hors classement, G était suivi par A et B" behind an order of n places: A and B have the next ones."""
    at = clause.signs.index("g")
    person = next((n for n in range(at, len(clause.signs)) if clause.signs[n] in "PV"), None)
    beside = re.search(r"([PV]),_{0,2}$", clause.signs[:at])
    if beside:
        return candidates, set(who_is_meant(story, clause.mentions[beside.start()], scene))
    linked = person is not None and not set(clause.signs[at + 1 : person]) & set("AWFOK")
    subject = None if linked else subject_of(story, scene, clause, at)
    if person is None or subject is not None:
        return candidates, set(subject.people) if subject else set()
    guests, end = runners_from(story, scene, clause, person)
    aside = {number for runner in guests for number in runner.people}
    last = _last_before(candidates, scene)
    ahead = clause.signs.find("A", end)
    if last is None or last.position is None or ahead < 0:
        return candidates, aside
    runners, _ = runners_from(story, scene, clause, ahead + 1)
    placed = [place(scene, clause, guest, TRACK, last.position + 1 + n, NAME, 0.7) for n, guest in enumerate(guests)]
    placed += [
        place(scene, clause, runner, OVERALL, last.position + 1 + n, NAME, 0.8)
        for n, runner in enumerate(runners)
        if runner.people
    ]
    return [*candidates, *placed], aside


def _last_before(candidates: Sequence[Candidate], scene: Scene) -> Candidate | None:
    """Give the last place of the order that the sentence before told."""
    before = [
        c
        for c in candidates
        if c.ranking == OVERALL and _same_race(c, scene) and c.evidence[0].end <= scene.sentence.span.start
    ]
    if not before:
        return None
    nearest = max(c.evidence[0] for c in before)
    close = scene.sentence.span.start - nearest.end < 4
    return max((c for c in before if c.evidence[0] == nearest), key=lambda c: c.position or 0) if close else None


def _moved_up(
    story: Story, scene: Scene, clause: Clause, candidates: list[Candidate]
) -> tuple[list[Candidate], set[int]]:
    """Read "pour le classement de la série, A gagne un rang": A's place was the road's, and one ahead of him is a guest."""
    runner = subject_of(story, scene, clause, clause.signs.index("^"))
    own = [
        c for c in candidates if _same_race(c, scene) and c.ranking == OVERALL and c.evidence[0] != scene.sentence.span
    ]
    on_road = next((c for c in own if runner and c.people == runner.people and c.position), None)
    if runner is None or on_road is None or on_road.position is None or on_road.position < 2:
        return candidates, set()
    place_on_road = on_road.position
    ahead = [c for c in own if c.position is not None and c.position < place_on_road]
    strangers = {c.people for c in ahead if not _of_series(c.people, scene, candidates)}
    moved = [replace(c, ranking=TRACK) if c in own else c for c in candidates]
    moved.append(place(scene, clause, runner, OVERALL, place_on_road - 1, NAME, 0.85))
    if len(strangers) != 1:
        return moved, set()
    guest = next(iter(strangers))
    guest_place = min(c.position or 0 for c in ahead if c.people == guest)
    for other in ahead:
        if other.people != guest and other.position is not None:
            shift = 1 if other.position > guest_place else 0
            moved.append(replace(other, position=other.position - shift, sure=other.sure - 0.05))
    return moved, set(guest)


def _same_race(candidate: Candidate, scene: Scene) -> bool:
    return candidate.kind is FactKind.FINISH and candidate.race == scene.race and candidate.position is not None


def _of_series(people: tuple[int, ...], scene: Scene, candidates: Sequence[Candidate]) -> bool:
    """Tell whether the text gives somebody a place elsewhere: in another race, a class or qualifying."""
    return any(
        set(people) & set(c.people)
        and (c.race != scene.race or c.ranking != OVERALL or c.kind in (FactKind.QUALIFYING, FactKind.CLAIM))
        for c in candidates
    )
