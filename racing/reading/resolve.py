"""From candidates to facts: relative places are worked out, conflicts decided, each fact kept once. The one place for it."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from racing.reading.candidates import UNKNOWN_CLASS, Candidate
from racing.reading.facts import Fact, Span
from racing.reading.people import in_order
from racing.reading.roads import mark_guests, tell_roads_apart
from racing.reading.story import Story
from racing.terms import OVERALL, FactKind

Key = tuple[FactKind, int | None, str]
Owner = tuple[Key, tuple[int, ...]]


def resolve(story: Story, candidates: Iterable[Candidate], guests: Set[int] | None = None) -> tuple[Fact, ...]:
    """Give the facts that hold, in the order in which the text states them.

    Where `guests` are given, road and series have been told apart before.
    """
    found = settle(story, candidates, guests)
    found.sort(key=lambda candidate: (candidate.evidence[0], candidate.position or 0, candidate.evidence[1:]))
    return tuple(_fact(story, candidate) for candidate in found)


def settle(story: Story, candidates: Iterable[Candidate], guests: Set[int] | None = None) -> list[Candidate]:
    """Give the candidates that hold, relative places worked out and conflicts decided."""
    found = [candidate for candidate in candidates if candidate.people or candidate.kind is FactKind.MEETING]
    found = [candidate for candidate in found if candidate.ranking != UNKNOWN_CLASS]
    found = _work_out(found)
    found = tell_roads_apart(story, found) if guests is None else mark_guests(found, guests)
    return _agree(_after_penalties(_beside_classes(found)))


def _beside_classes(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Read "Quatrième, A gagne en Am devant B, sixième": a second place of the same driver in a class is his overall one."""
    first = {
        (key_of(c), c.people, c.evidence[0]): c
        for c in candidates
        if c.kind is FactKind.FINISH and c.recogniser == "winning"
    }
    result = []
    for candidate in candidates:
        other = first.get((key_of(candidate), candidate.people, candidate.evidence[0]))
        if (
            other
            and other is not candidate
            and candidate.ranking != OVERALL
            and (candidate.position or 0) > (other.position or 0)
        ):
            candidate = replace(candidate, ranking=OVERALL, sure=candidate.sure - 0.05)
        result.append(candidate)
    return result


def _after_penalties(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop the places that were told before their driver was disqualified: the last word wins."""
    out: dict[tuple[int | None, int], Span] = {}
    for candidate in candidates:
        if candidate.kind is FactKind.PENALTY and candidate.strikes:
            out.update(((candidate.race, person), candidate.evidence[0]) for person in candidate.people)
    behind = _penalised(candidates)
    return [
        c
        for c in candidates
        if c.kind is not FactKind.FINISH
        or not (
            any((c.race, person) in out and c.evidence[0] <= out[c.race, person] for person in c.people)
            or c.evidence[-1].end <= behind.get((c.people, c.evidence[0]), -1)
        )
    ]


def _penalised(candidates: Iterable[Candidate]) -> dict[tuple[tuple[int, ...], Span], int]:
    """Give for people and a sentence where their last penalty in it is told.

    A place before it does not hold: "septième, puis reçoit 30 secondes de pénalité".
    """
    found: dict[tuple[tuple[int, ...], Span], int] = {}
    for candidate in candidates:
        if candidate.kind is FactKind.PENALTY:
            key = (candidate.people, candidate.evidence[0])
            found[key] = max(found.get(key, -1), candidate.evidence[-1].start)
    return found


def key_of(candidate: Candidate) -> Key:
    """Give the order that a candidate speaks of."""
    return candidate.kind, candidate.race, candidate.ranking


def _work_out(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give relative candidates their places, where that of the other is known; the rest is dropped."""
    known = _Places()
    owners: dict[tuple[Key, int], tuple[int, ...]] = {}
    for candidate in sorted(candidates, key=lambda c: -c.sure):
        if candidate.position is None:
            continue
        owner = owners.setdefault((key_of(candidate), candidate.position), candidate.people)
        if owner == candidate.people:
            known.put(candidate, candidate.position)
    settled = [c for c in candidates if c.position is not None or not (c.after or c.among)]
    waiting = [c for c in candidates if c.position is None and (c.after or c.among)]
    for _ in range(3):
        left = []
        for candidate in waiting:
            position = _position(candidate, known)
            if position is None:
                left.append(candidate)
            else:
                known.put(candidate, position)
                settled.append(replace(candidate, position=position))
        if len(left) == len(waiting):
            break
        waiting = left
    return settled


class _Places:
    """The places that are known in each order, by who has them and by who else holds a place."""

    def __init__(self) -> None:
        self.of: dict[Owner, int] = {}
        self._holders: dict[tuple[Key, int], set[tuple[int, ...]]] = {}

    def put(self, candidate: Candidate, position: int) -> None:
        """Keep a place for people who had none in this order."""
        key = key_of(candidate)
        if (key, candidate.people) not in self.of:
            self.of[key, candidate.people] = position
            self._holders.setdefault((key, position), set()).add(candidate.people)

    def is_free(self, candidate: Candidate, position: int) -> bool:
        """Tell whether nobody but those of the candidate holds a place."""
        return not self._holders.get((key_of(candidate), position), set()) - {candidate.people}


def _position(candidate: Candidate, known: _Places) -> int | None:
    """Give the place that follows from what is known, None where nothing does."""
    if candidate.after:
        base = known.of.get((key_of(candidate), candidate.after))
        return base + candidate.offset if base is not None and base + candidate.offset > 0 else None
    free = [place for place in candidate.among if known.is_free(candidate, place)]
    return free[0] if len(free) == 1 else None


def _agree(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep of candidates that exclude each other the surer one, of equal ones the first, a crew before one of its drivers."""
    kept: list[Candidate] = []
    taken: dict[tuple[object, ...], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (-_weight(c, candidates), c.evidence[0])):
        keys = _takes(candidate)
        rivals = [taken[key] for key in keys if key in taken]
        if not rivals:
            kept.append(candidate)
            taken.update(dict.fromkeys(keys, candidate))
        else:
            _lend(rivals[0], candidate)
    return kept


def _weight(candidate: Candidate, others: Sequence[Candidate]) -> float:
    """Give how much a candidate counts: how sure it is, more where it names a whole crew."""
    return candidate.sure + 0.02 * (len(candidate.people) - 1)


def _takes(candidate: Candidate) -> list[tuple[object, ...]]:
    """Give what a candidate takes for itself: a place can have one owner, and an owner one place."""
    key = key_of(candidate)
    if candidate.kind in (FactKind.FINISH, FactKind.QUALIFYING):
        return [(key, candidate.position), *((key, "who", number) for number in candidate.people)]
    if candidate.kind is FactKind.MEETING:
        return [(key, candidate.details["circuit"])]
    if candidate.kind is FactKind.FASTEST_LAP:
        return [(key,)]
    return [(key, "who", number) for number in candidate.people]


def _lend(kept: Candidate, other: Candidate) -> None:
    """Let an equal statement add what it says more."""
    if kept.people == other.people and kept.position == other.position:
        for name, value in other.details.items():
            kept.details.setdefault(name, value)


def _fact(story: Story, candidate: Candidate) -> Fact:
    spans = tuple(dict.fromkeys(span for span in candidate.evidence if span.end > span.start))
    first, rest = spans[0], sorted(spans[1:])
    people = [story.cast.people[number] for number in candidate.people]
    person = people[0] if people else None
    return Fact(
        kind=candidate.kind,
        evidence=(first, *[span for span in rest if _inside(span, story)]),
        race=candidate.race,
        ranking=candidate.ranking,
        position=candidate.position,
        drivers=in_order(story.cast, candidate.people),
        sure=round(candidate.sure, 2),
        recogniser=candidate.recogniser,
        team=person.team if person else "",
        number=person.number if person else "",
        car=person.car if person else "",
        guest=candidate.guest,
        gap_to=in_order(story.cast, candidate.gap_to),
        **candidate.details,
    )


def _inside(span: Span, story: Story) -> bool:
    return 0 <= span.start < span.end <= len(story.text)
