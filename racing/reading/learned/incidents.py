"""Fastest laps, penalties and retirements by learned scores: of whom each is told.

Every runner of a sentence (see `options.py`) is scored for each kind by what stands around him, what the net makes of him and
what the recognisers say. Statements of one person and race are put together, however often the report repeats them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from racing.reading.candidates import Candidate
from racing.reading.facts import Span
from racing.reading.learned.ground import Ground
from racing.reading.learned.options import Entity, Runner
from racing.reading.learned.sheets import Sheet
from racing.reading.learned.trees import Features, forest
from racing.reading.mentions import Mention
from racing.terms import OVERALL, FactKind

NAME = "incidents"
#: A runner and the number of his sentence.
Asked = tuple[int, Runner]


@dataclass(frozen=True, slots=True)
class Incident:
    """A kind of incident: its forest's name, the mentions that speak of it, and the least share that makes a fact."""

    kind: FactKind
    name: str
    cues: tuple[str, ...]
    least: float


INCIDENTS = (
    Incident(FactKind.FASTEST_LAP, "fastest_laps", ("fastest_lap",), 0.3),
    Incident(FactKind.PENALTY, "penalties", ("penalty", "no_penalty"), 0.35),
    Incident(FactKind.RETIREMENT, "retirements", ("retirement",), 0.3),
)
#: Shorter words say little, longer ones are told by their beginning.
_SHORT, _STEM = 3, 7
#: How far behind a runner words are noted as his own.
_NEAR = 7
#: What stands between a runner and a cue is noted whole where it is no more than this.
_CLOSE = 5
_SPEAKING = frozenset(("word", "small", "retirement", "penalty", "fastest_lap"))
#: What a value of a cue is cut to.
_VALUE = 20
_FAINT = 0.05


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence's word that somebody had an incident."""

    sure: float
    scene: int
    runner: Runner


def features_of(ground: Ground, number: int, runner: Runner, rules: Sequence[Candidate]) -> dict[str, float]:
    """Give what is known of a runner in his sentence, for all kinds; `rules` are the recognisers' candidates in it."""
    sheet = ground.book.sheets[number]
    found = {**ground.sentence(number), **ground.runner(number, runner)}
    for incident in INCIDENTS:
        _cues(ground, sheet, runner, incident, found)
        _heard(ground, number, runner, incident.name, found)
        if any(rule.kind is incident.kind and set(rule.people) & set(runner.entity) for rule in rules):
            found["rule:" + incident.name] = 1
    found["same:results"], found["any:results"] = ground.elsewhere(number, runner, "results")
    _words(sheet, runner, found)
    return found


def _heard(ground: Ground, number: int, runner: Runner, name: str, found: dict[str, float]) -> None:
    """Note how likely the net holds that the incident is told of the runner, beside all others of the sentence."""
    told, mine = ground.told(number, name), ground.own(number, runner, name)
    own = max(mine.values(), default=0.0)
    found["own:" + name] = own
    found["lead:" + name] = own - max((share for spot, share in told.items() if spot not in mine), default=0.0)
    found["likelier:" + name] = sum(share > own for share in told.values())
    found["same:" + name], found["any:" + name] = ground.elsewhere(number, runner, name)


def _cues(ground: Ground, sheet: Sheet, runner: Runner, incident: Incident, found: dict[str, float]) -> None:
    """Note the nearest mention that speaks of the incident, and what stands between it and the runner."""
    spots = [at for at, kind in enumerate(sheet.kinds) if kind in incident.cues]
    if not spots:
        return
    name = incident.name
    at = min(spots, key=lambda spot: min(abs(spot - runner.first), abs(spot - runner.last)))
    behind = at >= runner.last
    first, last = (runner.last, at) if behind else (at + 1, max(0, runner.first))
    found[f"cue:{name}"] = 1
    found[f"far:{name}"] = at - runner.last + 1 if behind else at - runner.first
    found[f"people:{name}"] = sum(first <= person < last for person in sheet.people)
    for kind in set(sheet.kinds[first:last]):
        found[f"between:{name}:{kind}"] = 1
    side = "behind" if behind else "before"
    found[f"{side}:{name}"] = 1
    if last - first <= _CLOSE:
        found[f"path:{name}:{side}:" + " ".join(kind for kind in sheet.kinds[first:last] if kind != "small")] = 1
    _clauses(sheet, runner, at, name, found)
    mention = sheet.scene.mentions[at]
    found[f"by:{name}:" + ground.story.folded[mention.start : mention.end][:_STEM]] = 1
    found[f"before:{name}:" + (sheet.tokens[at - 1] if at else "^")] = 1
    found[f"after:{name}:" + (sheet.tokens[at + 1] if at + 1 < len(sheet.tokens) else "$")] = 1
    found[f"value:{name}:{sheet.scene.mentions[at].value[:_VALUE]}"] = 1


def _clauses(sheet: Sheet, runner: Runner, at: int, name: str, found: dict[str, float]) -> None:
    """Note whether the runner stands in the cue's clause, who else does, and how many stand nearer to it."""
    own = sheet.clause_of[min(max(runner.first, 0), len(sheet.clause_of) - 1)]
    found[f"clauses:{name}"] = sheet.clause_of[at] - own
    beside = [person for person in sheet.people if sheet.clause_of[person] == sheet.clause_of[at]]
    found[f"beside:{name}"] = len(beside)
    far = abs(at - runner.first)
    found[f"nearer:{name}"] = sum(abs(at - person) < far for person in sheet.people)
    found[f"first:{name}"] = float(bool(beside) and beside[0] == runner.first)
    found[f"last:{name}"] = float(bool(beside) and beside[-1] == runner.first)


def _words(sheet: Sheet, runner: Runner, found: dict[str, float]) -> None:
    """Note the words of the runner's clause, of the rest of the sentence, and those just behind him."""
    clauses = sheet.clause_of
    own = clauses[min(max(runner.first, 0), len(clauses) - 1)] if clauses else 0
    for at, mention in enumerate(sheet.scene.mentions):
        if sheet.kinds[at] in _SPEAKING and len(mention.value) > _SHORT:
            stem = mention.value[:_STEM]
            found[("clause:" if clauses[at] == own else "sentence:") + stem] = 1
            if runner.last <= at < runner.last + _NEAR:
                found["next:" + stem] = 1


def incidents(ground: Ground, rules: Iterable[Candidate]) -> list[Candidate]:
    """Give fastest laps, penalties and retirements as candidates with the share that each is right as `sure`.

    `rules` are what the recognisers found of these kinds: features, and where the wording and the times come from.
    """
    by_scene: dict[int, list[Candidate]] = {}
    for rule in rules:
        by_scene.setdefault(ground.scene_at(rule.evidence[0]), []).append(rule)
    asked: list[Asked] = []
    rows: list[Features] = []
    for number, sheet in enumerate(ground.book.sheets):
        for runner in once(sheet.runners):
            asked.append((number, runner))
            rows.append(features_of(ground, number, runner, by_scene.get(number, ())))
    scored = {incident.name: forest(incident.name).scores(rows) for incident in INCIDENTS}
    return [found for incident in INCIDENTS for found in held(ground, incident, asked, scored[incident.name], by_scene)]


def held(
    ground: Ground,
    incident: Incident,
    asked: Sequence[Asked],
    scores: Iterable[float],
    rules: Mapping[int, Sequence[Candidate]],
) -> list[Candidate]:
    """Give the incidents of a kind that hold, from the scores of those asked about; `rules` are the recognisers', by scene."""
    said: dict[tuple[int | None, Entity], list[_Said]] = {}
    for (number, runner), score in zip(asked, scores, strict=True):
        if score > _FAINT:
            race, sure = ground.race(number, runner)
            said.setdefault((race, runner.entity), []).append(_Said(float(score) * sure**0.5, number, runner))
    return list(_facts(ground, incident, said, rules))


def once(runners: Iterable[Runner]) -> Iterator[Runner]:
    """Give runners, each reading of the same words once."""
    seen: set[tuple[Entity, int]] = set()
    for runner in runners:
        if (runner.entity, runner.first) not in seen:
            seen.add((runner.entity, runner.first))
            yield runner


def _facts(
    ground: Ground,
    incident: Incident,
    said: Mapping[tuple[int | None, Entity], Sequence[_Said]],
    rules: Mapping[int, Sequence[Candidate]],
) -> Iterator[Candidate]:
    """Give the surest statements that do not exclude each other: nobody twice in a race, one fastest lap for all."""
    together = {key: 1 - prod(1 - one.sure for one in ones) for key, ones in said.items()}
    taken: set[tuple[int | None, int]] = set()
    laps: set[tuple[int | None, str]] = set()
    for key in sorted(together, key=lambda key: (-together[key], -max(one.sure for one in said[key]))):
        race, entity = key
        if together[key] < incident.least:
            return
        if any((race, person) in taken for person in entity):
            continue
        best = max(said[key], key=lambda one: one.sure)
        told = _told_by(rules.get(best.scene, ()), incident, best.runner)
        lap = incident.kind is FactKind.FASTEST_LAP
        ranking = (told[0].ranking if told else _ranking(ground, best)) if lap else ""
        if ranking and (race, ranking) in laps:
            continue
        laps.add((race, ranking))
        taken |= {(race, person) for person in entity}
        yield _candidate(ground, incident, best, race, ranking, together[key], told)


def _told_by(rules: Sequence[Candidate], incident: Incident, runner: Runner) -> list[Candidate]:
    """Give what the recognisers say of the same incident of the same people."""
    return [rule for rule in rules if rule.kind is incident.kind and set(rule.people) & set(runner.entity)]


def _ranking(ground: Ground, said: _Said) -> str:
    """Give whose fastest lap it is: of the class that the laps' words stand beside, else of all."""
    row = ground.book.sheets[said.scene].scene.mentions
    for at, mention in enumerate(row):
        if mention.kind == "fastest_lap":
            near = [m for m in row[at + 1 : at + 4] if m.kind == "class"]
            if near:
                return near[0].value
    return OVERALL


def _candidate(
    ground: Ground,
    incident: Incident,
    said: _Said,
    race: int | None,
    ranking: str,
    sure: float,
    told: Sequence[Candidate],
) -> Candidate:
    scene = ground.story.scenes[said.scene]
    cue = _nearest(scene.mentions, said.runner, incident.cues)
    details = dict(told[0].details) if told else _details(ground, incident, scene.mentions, cue)
    spans = [Span(*span) for span in said.runner.spans]
    evidence = (scene.sentence.span, *spans, *([cue.span] if cue else []))
    strikes = any(rule.strikes for rule in told) or (cue is not None and cue.value == "out")
    return Candidate(
        incident.kind, said.runner.entity, evidence, race, ranking, None, round(min(sure, 0.99), 3), NAME,
        details=details, strikes=strikes and incident.kind is FactKind.PENALTY,
    )  # fmt: skip


def _nearest(row: Sequence[Mention], runner: Runner, kinds: Sequence[str]) -> Mention | None:
    spots = [at for at, mention in enumerate(row) if mention.kind in kinds]
    return row[min(spots, key=lambda at: abs(at - runner.first))] if spots else None


def _details(ground: Ground, incident: Incident, row: Sequence[Mention], cue: Mention | None) -> dict[str, str]:
    """Give the words of a penalty, and the time of a lap, where the sentence has them."""
    text = ground.story.text
    if incident.kind is FactKind.PENALTY and cue is not None:
        end = next(
            (m.start for m in row if m.start > cue.start and (m.kind in ("comma", "colon") or m.value == ".")), 0
        )
        return {"text": " ".join(text[cue.start : end or row[-1].end].split())[:160]}
    if incident.kind is FactKind.FASTEST_LAP:
        times = [m for mention in row for m in (mention, *mention.aside) if m.kind == "time" and ":" in m.value]
        return {"time": text[times[0].start : times[0].end]} if times else {}
    return {}
