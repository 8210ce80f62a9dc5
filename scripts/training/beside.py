"""Rows for what is told beside results: fastest laps, penalties, retirements, and the championship."""

from collections.abc import Iterator, Mapping
from typing import Any

from racing.reading.candidates import Candidate
from racing.reading.learned import championship, incidents
from racing.reading.learned.ground import Ground
from racing.reading.learned.options import Entity
from racing.terms import TRACK, FactKind
from scripts.training.labels import Labels, Report, plain_ranking, same_crew, same_people

Row = tuple[dict[str, float], int, float]
Fact = Mapping[str, Any]


def speaking_of(name: str, features: Mapping[str, float]) -> dict[str, float]:
    """Leave out what is known of other kinds of incident than this: with few examples it leads astray."""
    others = tuple(f":{one.name}" for one in incidents.INCIDENTS if one.name != name)
    return {key: value for key, value in features.items() if not any(other in key for other in others)}


class Told:
    """What people read in a report beside results, scene by scene."""

    def __init__(self, report: Report, labels: Labels, ground: Ground, rules: list[Candidate]) -> None:
        self.report, self.labels, self.ground = report, labels, ground
        self.rules: dict[int, list[Candidate]] = {}
        for rule in rules:
            self.rules.setdefault(ground.scene_at(rule.evidence[0]), []).append(rule)
        optional = report["gold"].get("optional") or {}
        self.doubtful = [*(optional.get("standings") or ()), *(f for f in self._standings() if f.get("inferred"))]

    def _standings(self) -> list[Fact]:
        return list(self.report["gold"].get("standings") or ())

    def facts(self, scene: int, kind: str) -> list[Fact]:
        """Give the facts of a kind that a scene states."""
        found = (self.report["facts"][number] for number in sorted(self.labels.told[scene]))
        return [fact for fact in found if fact["kind"] == kind and fact.get("drivers")]

    def incident_rows(self, name: str) -> Iterator[Row]:
        """Give runners with whether an incident of this name is told of them in their sentence."""
        kinds = {one.kind for one in incidents.INCIDENTS}
        for scene, sheet in enumerate(self.ground.book.sheets):
            rules = [rule for rule in self.rules.get(scene, ()) if rule.kind in kinds]
            facts = self.facts(scene, name)
            for runner in incidents.once(sheet.runners):
                label = any(self._meant(runner.entity, fact) for fact in facts)
                features = incidents.features_of(self.ground, scene, runner, rules)
                yield speaking_of(name, features), int(label), 1.0

    def _meant(self, entity: Entity, fact: Fact) -> bool:
        """Tell whether a fact is told of an entity: of all of its drivers, or of one of a crew that shares a car."""
        names, drivers = self.labels.named(entity), fact["drivers"]
        if not same_people(names, drivers):
            return False
        return len(names) <= len(drivers) or any(
            same_crew(names, one.get("drivers") or ()) for one in self.report["facts"]
        )

    def _questions(self) -> Iterator[tuple[championship.Question, list[Fact]]]:
        for scene in range(len(self.ground.book.sheets)):
            rules = [rule for rule in self.rules.get(scene, ()) if rule.kind is FactKind.CLAIM]
            asked = championship.question(self.ground, scene, rules)
            if asked is not None:
                yield asked, self.facts(scene, "standings")

    def _of(self, facts: list[Fact], entity: Entity) -> list[Fact]:
        names = self.labels.named(entity)
        return [fact for fact in facts if same_crew(names, fact["drivers"])]

    def said_rows(self) -> Iterator[Row]:
        """Give runners with whether the championship is told of them."""
        for asked, facts in self._questions():
            for runner, features in asked.runners:
                yield features, int(bool(self._of(facts, runner.entity))), 1.0

    def figures_rows(self) -> Iterator[Row]:
        """Give figures with whether they are a runner's points (1) or his gap (2)."""
        for asked, facts in self._questions():
            for runner, figure, features in asked.figures:
                label = 0
                for fact in self._of(facts, runner.entity):
                    gap = (fact.get("gap") or {}).get("points")
                    if fact.get("points") is not None and float(fact["points"]) == float(figure.value):
                        label = championship.POINTS
                    elif gap is not None and abs(float(gap)) == float(figure.value):
                        label = championship.GAP
                yield features, label, 1.0

    def places_rows(self) -> Iterator[Row]:
        """Give options with whether they are a runner's place in the championship."""
        for asked, facts in self._questions():
            for option, features in asked.options:
                mine = self._of(facts, option.runner.entity)
                yield features, int(any(fact.get("position") == option.source.position for fact in mine)), 1.0

    def links_rows(self) -> Iterator[Row]:
        """Give links with whether the one is a place behind the other in a table."""
        for asked, facts in self._questions():
            for link, features in asked.links:
                pairs = (
                    (ahead, behind)
                    for ahead in self._of(facts, link.other.entity)
                    for behind in self._of(facts, link.runner.entity)
                )
                label = any(
                    ahead["ranking"] == behind["ranking"]
                    and (ahead.get("position") or -9) + 1 == behind.get("position")
                    for ahead, behind in pairs
                )
                yield features, int(label), 1.0

    def rankings_rows(self) -> Iterator[Row]:
        """Give the tables that a claim may be about, with whether it is."""
        for asked, facts in self._questions():
            for runner, _ in asked.runners:
                gold = {plain_ranking(fact["ranking"]) for fact in self._of(facts, runner.entity)}
                if gold:
                    for name in self.ground.rankings(asked.number):
                        if name != TRACK:
                            features = dict(self.ground.ranking(asked.number, runner, name))
                            yield features, int(plain_ranking(name) in gold), 1.0

    def standings_rows(self) -> Iterator[Row]:
        """Give standings put together from all sentences, with whether they are right to the point."""
        found = championship.together(championship.claims(self.ground, [asked for asked, _ in self._questions()]))
        championship.compare(self.ground, found)
        gold = [fact for fact in self._standings() if not fact.get("inferred") and fact.get("drivers")]
        for one in found:
            label = int(any(self._is(one, fact) for fact in gold))
            doubtful = not label and any(self._is(one, fact) for fact in self.doubtful if fact.get("drivers"))
            yield one.features, label, float(not doubtful)

    def _is(self, one: championship.Standing, fact: Fact) -> bool:
        """Tell whether a standing is a fact: table, place, points, gap and drivers."""
        gap = (fact.get("gap") or {}).get("points")
        figures = ((one.points, fact.get("points")), (one.gap, gap if gap is None else abs(float(gap))))
        return (
            plain_ranking(one.ranking) == plain_ranking(fact["ranking"])
            and one.position == fact.get("position")
            and all((mine and float(mine.value)) == (theirs and float(theirs)) for mine, theirs in figures)
            and same_crew(self.labels.named(one.entity), fact["drivers"])
        )
