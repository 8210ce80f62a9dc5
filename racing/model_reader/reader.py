"""From what the model wrote to a `Reading`: `read` is the table of contents.

Problems that are listed, by code:
- "model_cut": the answer broke off; the facts before that are whole;
- "model_misshapen": some of it has not the shape of a fact; `detail` is how many;
- "model_not_in_text": a fact whose driver or place the text does not name; `detail` says which;
- "model_place_twice", "model_driver_twice": two facts of one answer that cannot both hold;
- "model_against_offline", "readers_disagree": what one reader says and the other is sure is otherwise;
- "model_orders": a passage that speaks to the machine; `span` is its place;
- "model_too_long": the text's end was not sent; `span` is it;
- "model_found_nothing": the model states nothing where the offline reader does, whose facts stand.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from racing.model_reader.checking import contradictions, once
from racing.model_reader.comparing import Difference, beside, joined
from racing.model_reader.endpoint import Endpoint, Unanswered
from racing.model_reader.grounding import Ground, people_of
from racing.model_reader.naming import same_person
from racing.model_reader.parts import Part, parts_of
from racing.model_reader.shape import Answer, answer_of
from racing.reading.facts import Fact, Heading, Person, Problem, Reading, Span, Stated
from racing.terms import FactKind, Reader

#: What the model wrote about a part: JSON, and whether it is whole.
Written = tuple[dict[str, Any], bool]
#: The share of a report's problems that are listed one by one; the rest is counted.
_MOST_PROBLEMS = 40
#: No report of any length states more.
_MOST_FACTS = 1_500
#: What the offline reader says of its own reading, and what the model's reading has an answer of its own to.
_OFFLINE_ONLY = frozenset({"unknown_language", "no_results", "not_understood"})
_TITLE_SURE = 0.9


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A reading, which reader it is by, and where the readers differ, if two have read."""

    reading: Reading
    reader: Reader = Reader.OFFLINE
    differences: tuple[Difference, ...] = ()


def read(text: str, offline: Reading, endpoint: Endpoint, ask: Callable[[Part], Written], reader: Reader) -> ReadBy:
    """Read a text that the offline reader has read. `ask` gives what the model wrote about a part.

    Where the model does not answer (`ask` raises Unanswered) the offline reading stands, with a problem that says why.
    """
    if reader == Reader.OFFLINE or not text.strip():
        return ReadBy(offline)
    parts, end = parts_of(text, endpoint.part_characters, endpoint.parts)
    try:
        written = [ask(part) for part in parts]
    except Unanswered as reason:
        return ReadBy(_with(offline, [Problem(reason.code, detail=reason.detail)]))
    answers = [answer_of(data, number) for number, (data, _whole) in enumerate(written, 1)]
    # What was not sent proves nothing.
    ground = Ground(text[:end])
    proved = (ground.prove(one) for one in islice((one for answer in answers for one in answer.said), _MOST_FACTS))
    said = once(one for one in proved if one)
    facts, problems = contradictions(said)
    problems = [*_about(answers, written), *ground.problems, *problems]
    problems += [Problem("model_orders", span) for span in ground.passages.orders]
    problems += [Problem("model_too_long", Span(end, len(text)), f"{end}")] if end < len(text) else []
    if not facts and offline.facts:
        return ReadBy(_with(offline, [*problems, Problem("model_found_nothing")]))
    if reader == Reader.BOTH:
        whole = all(sound for _data, sound in written) and not any(answer.misshapen for answer in answers)
        facts, differences, disputes = joined(facts, offline.facts, whole=whole and end == len(text))
    else:
        facts, differences, disputes = beside(facts, offline.facts)
    facts.sort(key=_in_order)
    heading = _heading(ground, answers, offline.heading)
    people = tuple(_people(ground, facts, offline.people))
    problems = [*problems, *disputes, *_left(offline.problems, facts, reader)]
    language = next((answer.language for answer in answers if answer.language), offline.language)
    reading = Reading(language, heading, tuple(facts), people, tuple(_bounded(problems)))
    return ReadBy(reading, reader, tuple(differences))


def _with(reading: Reading, problems: Iterable[Problem]) -> Reading:
    return replace(reading, problems=(*reading.problems, *_bounded(problems)))


def _about(answers: Sequence[Answer], written: Sequence[Written]) -> Iterator[Problem]:
    if not all(whole for _data, whole in written):
        yield Problem("model_cut")
    if count := sum(answer.misshapen for answer in answers):
        yield Problem("model_misshapen", detail=str(count))


def _bounded(problems: Iterable[Problem]) -> list[Problem]:
    """Give the problems, each once, and of very many the first."""
    rows = list(dict.fromkeys(problems))
    rest = len(rows) - _MOST_PROBLEMS
    return rows if rest <= 0 else [*rows[:_MOST_PROBLEMS], Problem("model_more", detail=str(rest))]


def _left(problems: Iterable[Problem], facts: Sequence[Fact], reader: Reader) -> Iterator[Problem]:
    """Give what the offline reader left open and no fact has an answer to; of a model's reading its own findings tell."""
    proofs = [fact.evidence[0] for fact in facts if fact.evidence]
    for problem in problems:
        span = problem.span
        open_still = span and not any(proof.start < span.end and span.start < proof.end for proof in proofs)
        if problem.code not in _OFFLINE_ONLY or (reader == Reader.BOTH and open_still):
            yield problem
    if not any(fact.kind is FactKind.FINISH for fact in facts):
        yield Problem("no_results")


def _in_order(fact: Fact) -> tuple[Any, ...]:
    """Facts stand by race, kind, ranking and place, so that reading twice gives the same rows."""
    kinds = list(FactKind)
    return (
        fact.race or 0,
        kinds.index(fact.kind),
        fact.ranking,
        fact.position or 0,
        fact.drivers,
        fact.start,
        fact.points,
    )


def _heading(ground: Ground, answers: Sequence[Answer], offline: Heading) -> Heading:
    """Give the heading as the model says it and the text proves it; what is missing as the offline reader says it."""
    series = next((answer.series for answer in answers if answer.series), "")
    season = next((answer.season for answer in answers if answer.season), "")
    circuit = next((answer.circuit for answer in answers if answer.circuit), "")
    year = ground.year(season) if season else None
    place = ground.place(circuit) if circuit else []
    return Heading(
        _stated(series, ground.title(series)) or offline.series,
        _stated(season, year) or offline.season,
        _stated(circuit, place[0] if place else None) or offline.circuit,
        offline.starters,
    )


def _stated(value: str, span: Span | None) -> Stated | None:
    return Stated(value, (span,), _TITLE_SURE) if value and span else None


def _people(ground: Ground, facts: list[Fact], known: Sequence[Person]) -> Iterator[Person]:
    """Give everybody whom the facts name: as the offline reader describes them, else with what the facts say."""
    for name in people_of(facts):
        named = ground.who(name)
        mentions = named.mentions if named else ()
        own = [fact for fact in facts if len(fact.drivers) == 1 and same_person(fact.drivers[0], name)]
        team, number, car = (
            next((value for fact in own if (value := getattr(fact, what))), "") for what in ("team", "number", "car")
        )
        person = next((person for person in known if same_person(person.name, name)), Person(name, mentions))
        longer = max(person.name, name, key=len)
        yield replace(
            person,
            name=longer,
            mentions=person.mentions or mentions,
            team=person.team or team,
            number=person.number or number,
            car=person.car or car,
        )
