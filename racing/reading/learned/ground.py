"""What is known of a sentence and of a runner in it, for whatever is to be scored besides results."""

from racing.reading.facts import Span
from racing.reading.learned.hearing import Hearing
from racing.reading.learned.options import Option, Runner, Source
from racing.reading.learned.trees import Features

#: What the net makes of a runner and his sentence that speaks for or against the championship.
OF_CHAMPIONSHIP = ("nm:standings", "nm:results", "ns:championship", "ns:race")


class Ground:
    """A hearing, asked for features by the number of a scene."""

    def __init__(self, hearing: Hearing) -> None:
        self.story = hearing.story
        self.book = hearing.book
        self.hints = hearing.hints
        self._hearing = hearing
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
        known = self._hearing.race_known(number)
        if known:
            return known[0], 1.0
        races = self._hearing.view.race(self._hearing.span(number), runner.spans)
        total = sum(races.values())
        if not races or total <= 0:
            return None, 0.5
        best = max(races, key=lambda race: races[race])
        return best, races[best] / total

    def rankings(self, number: int) -> list[str]:
        """Give the rankings that a sentence could speak of."""
        return self._hearing.rankings.candidates(number)

    def ranking(self, number: int, runner: Runner, name: str) -> Features:
        """Give what is known of a ranking for a runner of whom the championship is told."""
        return self._hearing.ranking_of(number, Option(runner, Source(-1, "standing", 1)), name)
