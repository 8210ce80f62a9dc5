"""What is known of a sentence and of a runner in it, for whatever is to be scored besides results."""

from racing.reading.facts import Span
from racing.reading.learned.hearing import Hearing
from racing.reading.learned.options import Option, Runner, Source
from racing.reading.learned.trees import Features

#: What the net makes of a runner and his sentence that speaks for or against the championship.
OF_CHAMPIONSHIP = ("nm:standings", "nm:results", "ns:championship", "ns:race")

#: Where a name begins and ends in the text.
Spot = tuple[int, int]


class Ground:
    """A hearing, asked for features by the number of a scene."""

    def __init__(self, hearing: Hearing) -> None:
        self.story = hearing.story
        self.book = hearing.book
        self.hints = hearing.hints
        self._hearing = hearing
        self._told: dict[tuple[int, str], dict[Spot, float]] = {}
        self._where: dict[str, dict[int, list[tuple[int, float, dict[int | None, float]]]]] = {}
        self._starts = {scene.sentence.span.start: number for number, scene in enumerate(self.story.scenes)}

    def scene_at(self, span: Span) -> int:
        """Give the scene whose sentence a candidate's first evidence is; -1 where it is none."""
        return self._starts.get(span.start, -1)

    def sentence(self, number: int) -> Features:
        """Give what is known of a sentence that names runners."""
        return self.book.sheets[number].base

    def seen(self, number: int, runner: Runner) -> Features:
        """Give what the net makes of a runner."""
        return self._hearing.seen(self._hearing.span(number), runner.spans)

    def runner(self, number: int, runner: Runner) -> dict[str, float]:
        """Give what is known of a runner in his sentence."""
        return {**self.hints.runner(self.book.sheets[number], runner, number), **self.seen(number, runner)}

    def championship(self, number: int) -> float:
        """Give how likely a sentence speaks of the championship."""
        return float(self._hearing.view.scope(self._hearing.span(number))["session"]["championship"])

    def race(self, number: int, runner: Runner) -> tuple[int | None, float]:
        """Give the likeliest race that is told of a runner, and its share; (None, 0.5) where there is none."""
        races = self._hearing.races(number, runner.spans)
        best = max(races, key=lambda race: races[race], default=None)
        return best, races.get(best, 0.5)

    def told(self, number: int, kind: str) -> dict[Spot, float]:
        """Give how likely the net holds that a kind of fact is told of each who is named in a sentence."""
        key = (number, kind)
        if key not in self._told:
            runners = self.book.sheets[number].runners
            self._told[key] = {spot: share for one in runners for spot, share in self.own(number, one, kind).items()}
        return self._told[key]

    def own(self, number: int, runner: Runner, kind: str) -> dict[Spot, float]:
        """Give how likely the net holds that a kind of fact is told of a runner, at each of his names in the sentence."""
        rows = self._hearing.view.at(self._hearing.span(number), runner.spans) if runner.spans else ()
        return {(row["start"], row["end"]): row["p"][kind] for row in rows}

    def elsewhere(self, number: int, runner: Runner, kind: str) -> tuple[float, float]:
        """Give how likely a kind of fact is told of a runner in another sentence: of the same race, and of any."""
        here = self._shares(number, runner)
        same = of_any = 0.0
        for person in runner.entity:
            for scene, share, races in self._named(kind).get(person, ()):
                if scene != number:
                    of_any = max(of_any, share)
                    same = max(same, share * sum(here.get(race, 0.0) * part for race, part in races.items()))
        return same, of_any

    def _shares(self, number: int, runner: Runner) -> dict[int | None, float]:
        return self._hearing.races(number, runner.spans)

    def _named(self, kind: str) -> dict[int, list[tuple[int, float, dict[int | None, float]]]]:
        """Give where each person is named: the scene, the net's share that a kind is told of him, the shares of races."""
        if kind not in self._where:
            found: dict[int, list[tuple[int, float, dict[int | None, float]]]] = {}
            for number, sheet in enumerate(self.book.sheets):
                for runner in sheet.runners:
                    own = self.own(number, runner, kind) if len(runner.entity) == 1 else {}
                    if own:
                        row = (number, max(own.values()), self._shares(number, runner))
                        found.setdefault(runner.entity[0], []).append(row)
            self._where[kind] = found
        return self._where[kind]

    def rankings(self, number: int) -> list[str]:
        """Give the rankings that a sentence could speak of."""
        return self._hearing.rankings.candidates(number)

    def ranking(self, number: int, runner: Runner, name: str) -> Features:
        """Give what is known of a ranking for a runner of whom the championship is told."""
        return self._hearing.ranking_of(number, Option(runner, Source(-1, "standing", 1)), name)
