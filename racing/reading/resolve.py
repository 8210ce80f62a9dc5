"""From candidates to facts: relative places are worked out, conflicts decided, each fact kept once. The one place for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from racing.reading.candidates import Candidate
from racing.reading.facts import Fact, Span
from racing.reading.people import in_order
from racing.reading.story import Story
from racing.terms import FactKind

Key = tuple[FactKind, int | None, str]


def resolve(story: Story, candidates: Iterable[Candidate]) -> tuple[Fact, ...]:
    """Give the facts that hold, in the order in which the text states them."""
    found = [candidate for candidate in candidates if candidate.people or candidate.kind is FactKind.MEETING]
    found = _work_out(found)
    found = _agree(found)
    found.sort(key=lambda candidate: (candidate.evidence[0], candidate.evidence[1:], candidate.position or 0))
    return tuple(_fact(story, candidate) for candidate in found)


def _key(candidate: Candidate) -> Key:
    return candidate.kind, candidate.race, candidate.ranking


def _work_out(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Give relative candidates their places, where that of the other is known; the rest is dropped."""
    known: dict[tuple[Key, tuple[int, ...]], int] = {}
    for candidate in candidates:
        if candidate.position is not None:
            known.setdefault((_key(candidate), candidate.people), candidate.position)
    settled = [c for c in candidates if c.position is not None or not c.after]
    for candidate in candidates:
        if candidate.position is None and candidate.after:
            base = known.get((_key(candidate), candidate.after))
            if base is not None and base + candidate.offset > 0:
                worked = replace(candidate, position=base + candidate.offset)
                known.setdefault((_key(worked), worked.people), base + candidate.offset)
                settled.append(worked)
    return settled


def _agree(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep of candidates that exclude each other the surer one; of equal ones the first, with the time or points of all."""
    kept: list[Candidate] = []
    taken: dict[tuple[object, ...], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: -c.sure):
        keys = _claims_on(candidate)
        rivals = [taken[key] for key in keys if key in taken]
        if not rivals:
            kept.append(candidate)
            taken.update(dict.fromkeys(keys, candidate))
        else:
            _lend(rivals[0], candidate)
    return kept


def _claims_on(candidate: Candidate) -> list[tuple[object, ...]]:
    """Give what a candidate takes for itself: a place can have one owner, and an owner one place."""
    key = _key(candidate)
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
        **candidate.details,  # type: ignore[arg-type]
    )


def _inside(span: Span, story: Story) -> bool:
    return 0 <= span.start < span.end <= len(story.text)
