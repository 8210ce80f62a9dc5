"""The hearing of a text: its options and links are scored, then rankings, then claims; what is likely enough holds.

Each step gives features and takes scores, so that training goes through the same steps with scores from other reports.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from racing.reading.candidates import Candidate
from racing.reading.learned.chains import Stated, places_in
from racing.reading.learned.hints import Hints
from racing.reading.learned.options import (
    Crews,
    Link,
    Option,
    crews_of,
    links_of,
    options_of,
    runners_of,
    sources_of,
)
from racing.reading.learned.rankings import Rankings
from racing.reading.learned.sheets import Book
from racing.reading.learned.sight import RACES
from racing.reading.learned.solver import Claims, Entry, Key, again, choose, claims_of, features_of
from racing.reading.learned.trees import Features, Scores, forest
from racing.reading.learned.view import View
from racing.reading.mentions import Mention
from racing.reading.story import Story
from racing.terms import FactKind

#: Fainter places of a sentence are no entries.
_FAINT = 0.04
#: A sentence is about a race from this share on; a report tells of one race where others have less than this part of it.
_ABOUT, _ELSEWHERE = 0.5, 0.1
#: Where nothing in the text says which race it was, it takes so much of another to believe in two.
_UNTOLD = 0.35
#: A race less likely than this is none.
_FAINT_RACE = 0.04
#: A race that the sentence names has so much of all shares, whatever the net says.
_BY_NAME = 0.8
#: Where a pole and a win are told together, those behind are behind the winner: their places on the grid lose so much.
_BEHIND_A_WINNER = 0.2
#: Which figure of an option's scores is which kind of fact.
KINDS = ((1, FactKind.FINISH), (2, FactKind.QUALIFYING))
#: A claim as likely as this holds.
ENOUGH = 0.4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """A place of a sentence whose ranking is still to be scored."""

    scene: int
    kind: FactKind
    entity: tuple[int, ...]
    position: int
    stated: Stated
    rankings: tuple[str, ...]


class Hearing:
    """A story on its way through the steps."""

    def __init__(self, story: Story, rules: Sequence[Candidate], view: View) -> None:
        self.story, self.view, self.rules = story, view, list(rules)
        self.crews: Crews = crews_of(story)
        self.book = Book(story, self.crews, rules)
        self.hints = Hints(self.book)
        self.rankings = Rankings(self.book)
        self.only = self._only_race()
        self.options: list[tuple[int, Option, Features]] = []
        self.links: list[tuple[int, Link, Features]] = []
        for number, scene in enumerate(story.scenes):
            if not scene.sentence.repeated:
                self._lay_out(number)

    def span(self, number: int) -> Span:
        """Give where a scene's sentence begins and ends."""
        span = self.story.scenes[number].sentence.span
        return span.start, span.end

    def _lay_out(self, number: int) -> None:
        """Make the options and links of a sentence."""
        scene, sheet, span = self.story.scenes[number], self.book.sheets[number], self.span(number)
        sheet.runners = runners_of(self.story, scene, self.crews)
        if not sheet.runners:
            return
        sheet.sources = sources_of(self.story, scene)
        sheet.spots = sorted({source.at for source in sheet.sources})
        sheet.base |= self._scope(span)
        who = {id(one): self.hints.runner(sheet, one, number) | self.seen(span, one.spans) for one in sheet.runners}
        what = {source: self.hints.source(sheet, source) for source in {*sheet.sources}}
        for option in options_of(sheet.runners, sheet.sources):
            source = what.get(option.source) or self.hints.source(sheet, option.source)
            at = option.source.at
            where = _span(scene.mentions[at]) if 0 <= at < len(scene.mentions) else None
            features = self.hints.option(sheet, option, who[id(option.runner)], source)
            features |= self.view.option(span, option.runner.spans, where, option.source.position)
            self.options.append((number, option, features))
        for link in links_of(sheet.runners):
            features = self.hints.link(sheet, link, who[id(link.runner)])
            features |= self.view.link(span, link.runner.spans, link.other.spans)
            self.links.append((number, link, features))

    def _scope(self, span: Span) -> dict[str, float]:
        scope = self.view.scope(span)
        out = {"ns:" + name: value for name, value in scope["session"].items()}
        out["nr:several"] = scope["race"]["several"]
        out["nr:max"] = max(scope["race"].values())
        return out

    def seen(self, span: Span, spans: Sequence[Span]) -> dict[str, float]:
        """Give what the net says of a runner."""
        rows = self.view.at(span, spans) if spans else []
        if not rows:
            return {"nm:none": 1.0}
        row = max(rows, key=lambda one: one["p"]["results"] + one["p"]["qualifying"])
        groups = (("nm:", row["p"]), ("npl:", row["place"]), ("nrk:", row["rank"]))
        return {prefix + name: value for prefix, group in groups for name, value in group.items()}

    def drafts(self, options: Scores, links: Scores) -> tuple[list[Draft], list[Features]]:
        """Give the places that sentences state, and the features of each of their rankings, one row a ranking."""
        by_scene: dict[int, tuple[list[int], list[int]]] = {}
        for at, (number, _, _) in enumerate(self.options):
            by_scene.setdefault(number, ([], []))[0].append(at)
        for at, (number, _, _) in enumerate(self.links):
            by_scene.setdefault(number, ([], []))[1].append(at)
        drafts: list[Draft] = []
        rows: list[Features] = []
        for number, (own, between) in sorted(by_scene.items()):
            linked = [(self.links[at][1], float(links[at]), self.links[at][2]) for at in between]
            for column, kind in KINDS:
                scored = [(self.options[at][1], float(options[at][column]), self.options[at][2]) for at in own]
                won = kind is FactKind.QUALIFYING and "win" in self.book.sheets[number].kinds
                for (entity, position), stated in places_in(scored, linked).items():
                    if won and position > 1:
                        stated.sure *= _BEHIND_A_WINNER
                    if stated.sure >= _FAINT:
                        names = tuple(self.rankings.candidates(number))
                        drafts.append(Draft(number, kind, entity, position, stated, names))
                        rows += [self.ranking(number, stated, position, name) for name in names]
        return drafts, rows

    def ranking(self, number: int, stated: Stated, position: int, name: str) -> Features:
        """Give what is known of one ranking for a place of a sentence."""
        sheet, row = self.book.sheets[number], self.story.scenes[number].mentions
        own = self.rankings.features(number, sheet, stated.runner, stated.at, position, name, stated.source)
        spans = [_whole(row[at]) for at, known in self.rankings.rows[number] if known == name]
        return own | self.view.ranking(self.span(number), stated.runner.spans, spans)

    def ranking_of(self, number: int, option: Option, name: str) -> Features:
        """Give what is known of one ranking for an option."""
        source = option.source
        stated = Stated(1.0, 1.0, 0.0, source.at, source.kind, option.runner)
        return self.ranking(number, stated, source.position, name)

    def entries(self, drafts: Sequence[Draft], rankings: Scores) -> list[Entry]:
        """Give the places with how likely each ranking and each race is."""
        found, at, met = [], 0, self.story.met
        for draft in drafts:
            scores = [float(score) for score in rankings[at : at + len(draft.rankings)]]
            at += len(draft.rankings)
            total = sum(scores)
            scale = min(1.0, max(total, *scores)) / max(total, 1e-6)
            shares = {name: score * scale for name, score in zip(draft.rankings, scores, strict=True)}
            if met and draft.kind is FactKind.FINISH and not met.is_whole(draft.entity):
                continue
            if met:
                shares = met.shift_rankings(draft.entity, shares)
            races = self.races(draft.scene, draft.stated.runner.spans)
            found.append(Entry(draft.scene, draft.kind, draft.entity, draft.position, draft.stated, shares, races))
        return found

    def _only_race(self) -> tuple[int | None, ...]:
        """Give the race of a report that tells of one alone, None where it does not say which; () where it tells of several."""
        mass: Counter[int] = Counter()
        for scope in self.view.scopes:
            if scope["session"]["race"] > _ABOUT:
                mass.update({race: scope["race"][str(race)] for race in range(1, RACES + 1)})
        told = {scene.race for scene in self.story.told() if scene.race is not None and "P" in scene.signs}
        if len(told) == 1 and self._names_no_other(*told):
            return tuple(told)
        most = mass.most_common(2)
        second = most[1][1] if len(most) > 1 else 0.0
        if len(told) > 1 or second > (_ELSEWHERE if told else _UNTOLD) * mass.total():
            return ()
        return tuple(told) or (None,)

    def _names_no_other(self, race: int) -> bool:
        """Tell whether the text names this race ahead of whatever it tells of drivers in it, and no other nor several."""
        marks = {(one.kind, one.value) for scene in self.story.scenes for one in scene.mentions}
        named = {value for kind, value in marks if kind == "race" and value.isdigit()}
        ahead = all(scene.race == race for scene in self.story.told() if scene.session == "race" and "P" in scene.signs)
        return ahead and named == {str(race)} and not any(kind == "several_races" for kind, _ in marks)

    def race_known(self, number: int) -> tuple[int | None, ...]:
        """Give the race of a scene where the nets are not asked: there is but one, or one of a number that they hardly met."""
        race = self.story.scenes[number].race
        return (race,) if race is not None and race >= RACES else self.only

    def races(self, number: int, spans: Sequence[Span]) -> dict[int | None, float]:
        """Give the races that a statement about somebody named at `spans` may be of, with their shares.

        Where the sentence speaks of several, what leans to none of two may be of both.
        """
        known = self.race_known(number)
        if known:
            return {known[0]: 1.0}
        likely = self.view.race(self.span(number), spans)
        total = sum(likely.values()) or 1.0
        shares: dict[int | None, float] = {race: share / total for race, share in likely.items()}
        named = self._named_race(number)
        if named:
            shares = {race: share * (1 - _BY_NAME) for race, share in shares.items()}
            shares[named] = shares.get(named, 0.0) + _BY_NAME
        else:
            several = self.view.scope(self.span(number))["race"]["several"]
            shares = {race: share + several * (min(1.0, 2 * share) - share) for race, share in shares.items()}
        return {race: share for race, share in shares.items() if share > _FAINT_RACE}

    def _named_race(self, number: int) -> int:
        """Give the one race that a sentence names, 0 where it names none or several."""
        scene = self.story.scenes[number]
        named = {mention.value for mention in scene.mentions if mention.kind == "race" and mention.value.isdigit()}
        return int(*named) if len(named) == 1 and {str(scene.race)} == named else 0

    def claims(self, entries: Sequence[Entry]) -> tuple[Claims, list[dict[str, float]]]:
        """Give what is claimed and what is known of each claim."""
        claims = claims_of(entries)
        crews = dict(self.crews.counted)
        return claims, features_of(claims, self.story.scenes, crews, self.book.crew_share)


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _whole(mention: Mention) -> Span:
    """Give where a mention stands, what is in brackets behind it included."""
    return mention.start, max([mention.end, *(inner.end for inner in mention.aside)])


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim that holds: how likely it is, and the statements for it, the strongest first."""

    key: Key
    sure: float
    entries: tuple[Entry, ...]


def judge(hearing: Hearing, enough: float = ENOUGH) -> tuple[list[Verdict], dict[Key, float]]:
    """Give the places that a story states, from its options and from what rules propose, and how likely each claim is."""
    if not hearing.options:
        return [], {}
    options = forest("options").scores([features for _, _, features in hearing.options])
    links = forest("links").scores([features for _, _, features in hearing.links])
    drafts, rows = hearing.drafts(options, links)
    if not drafts:
        return [], {}
    claims, features = hearing.claims(hearing.entries(drafts, forest("rankings").scores(rows)))
    keys = list(claims)
    if not keys:
        return [], {}
    first = forest("claims").scores(features)
    scores = forest("claims_again").scores(again(claims, first, features))
    chosen = choose(claims, scores, enough)
    verdicts = [Verdict(key, score, tuple(vote.entry for vote in claims[key])) for score, key in chosen]
    return verdicts, {key: float(score) for key, score in zip(keys, scores, strict=True)}
