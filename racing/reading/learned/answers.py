"""From verdicts to candidates: places with the words that prove them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from racing.reading.candidates import Candidate
from racing.reading.facts import Span
from racing.reading.learned.hearing import Verdict
from racing.reading.learned.solver import Entry, Key
from racing.reading.story import Story
from racing.terms import OVERALL, TRACK, FactKind

#: Which recogniser's kind of sentence a source belongs to.
_RECOGNISERS = {
    "win": "winning", "rank": "places", "ordinal": "places", "class_place": "places", "foot": "podium", "top": "podium",
    "complete": "podium", "number": "numbered", "number_before": "numbered", "chain": "orders", "none": "orders",
}  # fmt: skip
ORDERS = (FactKind.FINISH, FactKind.QUALIFYING)


#: Where the judgement finds what rules read as likely as this, all in all, the report is written as rules expect:
#: then their orders stand, only what is likelier than `_SURELY` is added to them, and rules have the word for what is told
#: beside the orders.
_AGREED = 0.95
_SURELY = 0.8


def answers(
    story: Story,
    verdicts: Sequence[Verdict],
    scored: Mapping[Key, float],
    rules: Sequence[Candidate],
    settled: Sequence[Candidate],
) -> tuple[list[Candidate], bool]:
    """Give the candidates of verdicts, and whether the report is written as rules expect.

    What rules say more of the same place (a margin, a time) is kept. `scored` are all claims, `settled` what rules alone would
    make of the orders.
    """
    found = [_enriched(_candidate(story, verdict), rules) for verdict in verdicts]
    likely = {one: _likely(one, scored) for one in map(_Same, settled)}
    apart = _told_apart(settled)
    agreement = sum(likely.values()) / len(likely) if likely else 0.0
    if agreement >= _AGREED:
        found = [one for one in found if one.sure >= _SURELY]
    else:
        likely = {one: score for one, score in likely.items() if _order(one.candidate) in apart}
        found = [one for one in found if one.sure >= _SURELY or _order(one) not in apart]
    kept = [replace(same.candidate, sure=round(max(score, _SURELY), 3)) for same, score in likely.items()]
    return [*kept, *(one for one in found if not any(_clash(one, other) for other in kept))], agreement >= _AGREED


def _likely(same: "_Same", scored: Mapping[Key, float]) -> float:
    """Give how likely a place of the rules is; where they know no race, in the likeliest one."""
    key = _key(same)
    if key.race is not None:
        return scored.get(key, 0.0)
    races = {other.race for other in scored}
    return max((scored.get(key._replace(race=race), 0.0) for race in races), default=0.0)


def _told_apart(settled: Sequence[Candidate]) -> set[tuple[FactKind, int | None, str]]:
    """Give the orders of road and series that rules tell apart, where a text has guests: scores know these too seldom."""
    races = {(one.kind, one.race) for one in settled if one.ranking == TRACK}
    return {(*race, ranking) for race in races for ranking in (TRACK, OVERALL)}


def _order(one: Candidate) -> tuple[FactKind, int | None, str]:
    return one.kind, one.race, one.ranking


class _Same:
    """A candidate that is compared as itself, since candidates hold tables."""

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate


def _key(same: _Same) -> Key:
    one = same.candidate
    return Key(one.kind, one.race, one.ranking, tuple(sorted(set(one.people))), one.position or 0)


def _clash(one: Candidate, other: Candidate) -> bool:
    """Tell whether two cannot both hold: in one order the same place or the same driver.

    One sentence gives the same drivers no two places in a ranking, nor one place in two rankings.
    """
    if one.kind is other.kind and set(one.people) == set(other.people) and one.evidence[0] == other.evidence[0]:
        return one.ranking == other.ranking or one.position == other.position
    order = (one.kind, one.ranking) == (other.kind, other.ranking) and (
        one.race == other.race or None in (one.race, other.race)
    )
    return order and (one.position == other.position or bool(set(one.people) & set(other.people)))


def _candidate(story: Story, verdict: Verdict) -> Candidate:
    key, entry = verdict.key, verdict.entries[0]
    kind = key.kind is FactKind.QUALIFYING
    name = "qualifying" if kind else _RECOGNISERS.get(entry.stated.source.removeprefix("aside_"), "places")
    return Candidate(
        key.kind,
        _in_order(story, verdict),
        (story.scenes[entry.scene].sentence.span, *_words(story, entry)),
        key.race,
        key.ranking,
        key.position,
        round(verdict.sure, 3),
        name,
    )


def _in_order(story: Story, verdict: Verdict) -> tuple[int, ...]:
    """Give a crew in the order in which the text names it."""
    people = story.cast.people
    first = {
        one: min((span.start for span in people[one].mentions), default=len(story.text)) for one in verdict.key.entity
    }
    return tuple(sorted(verdict.key.entity, key=lambda one: (first[one], one)))


def _words(story: Story, entry: Entry) -> Iterator[Span]:
    """Give the words that name the drivers and those that tell the place."""
    yield from (Span(start, end) for start, end in entry.stated.runner.spans)
    row = story.scenes[entry.scene].mentions
    if 0 <= entry.stated.at < len(row):
        source = row[entry.stated.at]
        if source.kind != "person":
            yield source.span


def _enriched(candidate: Candidate, rules: Sequence[Candidate]) -> Candidate:
    """Add what rules say of the same drivers at the same place."""
    people = set(candidate.people)
    same = [
        rule for rule in rules
        if rule.kind is candidate.kind and rule.evidence[0] == candidate.evidence[0] and set(rule.people) == people
        and rule.position in (None, candidate.position)
    ]  # fmt: skip
    details = {name: value for rule in same for name, value in rule.details.items()}
    return replace(candidate, details=details)
