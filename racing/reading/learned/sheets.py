"""Sentences laid out for the making of features, and what is counted once for a whole text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from racing.reading.candidates import Candidate
from racing.reading.learned.options import Crews, Entity, Runner, Source
from racing.reading.learned.pairing import token
from racing.reading.story import Scene, Story
from racing.terms import FactKind

#: Words that are nothing in particular.
QUIET = frozenset(("word", "small"))
_STRONG = frozenset(("break", "semicolon", "who"))
#: Kinds whose presence in a sentence says what it is about.
_TOPICS = (
    "win", "finish", "complete", "top", "ahead", "behind", "followed", "beside", "lead", "interim", "flag", "start_place",
    "until", "negation", "wish", "conditional", "other_year", "already", "pole", "poleman", "qualifying", "front_row",
    "fastest_lap", "race", "day", "penalty", "retirement", "next_meeting", "championship", "leader", "points", "gap", "rank",
    "class_place", "class", "general", "hors_classement", "series_order", "moves_up", "time", "crew_word", "copula", "each",
    "several_races", "first_person", "foot", "take_from",
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """A sentence laid out for the making of features. `spots_of` has the numbers of its mentions by their kind."""

    scene: Scene
    tokens: list[str]
    words: list[str]
    kinds: list[str]
    base: dict[str, float]
    clause_of: list[int]
    runners: list[Runner] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    spots_of: dict[str, list[int]] = field(default_factory=dict)
    rules: list[Candidate] = field(default_factory=list)
    proposed: dict[tuple[Entity, int], set[str]] = field(default_factory=dict)
    places_of: dict[int, set[int]] = field(default_factory=dict)
    owners: dict[int, set[Entity]] = field(default_factory=dict)
    after: set[tuple[Entity, Entity]] = field(default_factory=set)


def count_between(spots: Sequence[int], first: int, last: int) -> int:
    """Count the spots, which are sorted, from `first` on before `last`."""
    return max(0, bisect_left(spots, last) - bisect_left(spots, first))


class Book:
    """A whole text laid out for the making of features."""

    def __init__(self, story: Story, crews: Crews, rules: Sequence[Candidate]) -> None:
        self.story, self.crews = story, crews
        scenes = story.scenes
        self.told = sum(1 for scene in scenes if not scene.sentence.quoted)
        self.paragraphs = max((scene.sentence.paragraph for scene in scenes), default=0) + 1
        people = [m for scene in scenes for m in scene.mentions if m.kind == "person"]
        self.counted = Counter(number for m in people for number in m.who)
        crewed = sum(bool(m.crew) for m in people)
        self.crew_share = crewed / max(1, len(people))
        self.first_seen: dict[int, int] = {}
        for number, scene in enumerate(scenes):
            for m in scene.mentions:
                for who in m.who:
                    self.first_seen.setdefault(who, number)
        races = {m.value for scene in scenes for m in scene.mentions if m.kind == "race"}
        self.general = {
            "doc_crews": self.crew_share,
            "doc_people": len(self.counted),
            "doc_sentences": len(scenes),
            "doc_races": len(races),
            "doc_classes": len({m.value for scene in scenes for m in scene.mentions if m.kind == "class"}),
        }
        by_scene: dict[int, list[Candidate]] = {}
        self.kinds = [Counter(m.kind for m in scene.mentions) for scene in scenes]
        starts = {scene.sentence.span.start: n for n, scene in enumerate(scenes)}
        for candidate in rules:
            if candidate.evidence and candidate.kind in (FactKind.FINISH, FactKind.QUALIFYING):
                n = starts.get(candidate.evidence[0].start)
                if n is not None:
                    by_scene.setdefault(n, []).append(candidate)
        self.sheets = [self._sheet(number, scene, by_scene.get(number, [])) for number, scene in enumerate(scenes)]

    def _sheet(self, number: int, scene: Scene, rules: list[Candidate]) -> Sheet:
        row = scene.mentions
        tokens = [token(m) for m in row]
        kinds = [m.kind for m in row]
        counted = self.kinds[number]
        base: dict[str, float] = dict(self.general)
        for kind in _TOPICS:
            if counted[kind]:
                base["s:" + kind] = counted[kind]
        sentence = scene.sentence
        base |= {
            "heading": float(sentence.heading),
            "listed": float(sentence.listed),
            "quoted": float(sentence.quoted),
            "repeated": float(sentence.repeated),
            "first_part": float(sentence.paragraph <= 1),
            "where": number / max(1, len(self.story.scenes)),
            "length": len(row),
            "session:" + scene.session: 1,
            "race_known": float(scene.race is not None),
            "persons": counted["person"],
            "commas": counted["comma"],
            "speaker": float(bool(scene.speaker)),
        }
        for step in (-1, 1):
            n = number + step
            if 0 <= n < len(self.story.scenes):
                other = self.story.scenes[n]
                near = self.kinds[n]
                for kind in (
                    "qualifying",
                    "pole",
                    "championship",
                    "points",
                    "win",
                    "rank",
                    "next_meeting",
                    "lead",
                    "interim",
                    "other_year",
                ):
                    if near[kind]:
                        base[f"n{step}:{kind}"] = 1
                base[f"n{step}listed"] = float(other.sentence.listed)
                base[f"n{step}heading"] = float(other.sentence.heading)
                if other.sentence.heading or step < 0:
                    base[f"n{step}s:" + other.session] = 1
        clause, clause_of = 0, []
        for kind in kinds:
            clause += kind in _STRONG
            clause_of.append(clause)
        sheet = Sheet(scene, tokens, [m.value if m.kind in QUIET else "" for m in row], kinds, base, clause_of)
        for at, kind in enumerate(kinds):
            sheet.spots_of.setdefault(kind, []).append(at)
        sheet.people = [at for at, kind in enumerate(kinds) if kind in ("person", "pronoun", "car")]
        sheet.rules = rules
        for candidate in rules:
            entity = tuple(sorted(set(candidate.people)))
            if candidate.position is not None:
                sheet.proposed.setdefault((entity, candidate.position), set()).add(
                    candidate.recogniser + "." + candidate.kind.name[0]
                )
                for one in entity:
                    sheet.places_of.setdefault(one, set()).add(candidate.position)
                sheet.owners.setdefault(candidate.position, set()).add(entity)
            if candidate.after:
                sheet.after.add((tuple(sorted(set(candidate.after))), entity))
        return sheet
