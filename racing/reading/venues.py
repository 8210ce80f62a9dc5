"""At which circuit a report's meeting was: not the last, not the next, and not where somebody lives."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from racing.reading.facts import Fact, Span, Stated
from racing.reading.gazetteer import Spot, called, circuits, pattern_for, series, told_by
from racing.reading.story import Scene, Story
from racing.terms import FactKind

#: What stands in the first lines says where the meeting was; a circuit named later may be an earlier or a later one.
_OPENING, _TITLE = 400, 110
#: A word that makes a place another's stands so near before it, a word of what is to come so near on either side.
_BEFORE, _AROUND = 26, 60
#: From this part of a text on, a sentence that speaks of the next meeting tells no place of this one.
_LATE = 0.5
#: The last meeting of a season, in any of the languages.
_FINALE = "final"
_BREAK = re.compile(r"[.;:!?\n]")


def circuit_of(story: Story, facts: tuple[Fact, ...]) -> Stated | None:
    """Give the circuit that a report tells of; a corner or a land's adjective tells it where no circuit is named."""
    later = {span for fact in facts if fact.kind is FactKind.MEETING for span in fact.evidence[:1]}
    later |= {scene.sentence.span for scene in story.scenes if _is_next(story, scene)}
    titled = [spot.span for spot in story.spots(series())]
    aside, inside = _Inside(later), _Inside(titled)
    scores: defaultdict[str, float] = defaultdict(float)
    where: dict[str, list[Spot]] = {}
    for spot in story.spots(circuits()):
        if not any(character.isupper() for character in story.text[spot.span.start : spot.span.end]):
            continue
        if aside.has(spot.span.start):
            continue
        scores[spot.name] += 0.5 if inside.has(spot.span.start) else _weight(story, spot.span)
        where.setdefault(spot.name, []).append(spot)
    hints = _hints(story)
    for name in hints:
        scores[name] += 0.5 * min(2, len(hints[name]))
        where.setdefault(name, hints[name])
    if not scores:
        return None
    name = min(scores, key=lambda value: (-scores[value], where[value][0].span))
    if scores[name] < 0.5:
        return None
    spot = where[name][0]
    written = called(story.text, story.folded, spot) if spot not in hints.get(name, ()) else name
    return Stated(written, (spot.span,), 0.85 if scores[name] >= 1 else 0.6)


class _Inside:
    """Tells whether a place in the text lies within one of some spans that do not overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def has(self, at: int) -> bool:
        number = bisect_right(self._starts, at)
        return number > 0 and at < self._spans[number - 1].end


def _is_next(story: Story, scene: Scene) -> bool:
    """Tell whether a sentence of the second half speaks of the next meeting."""
    return "E" in scene.signs and scene.sentence.span.start > len(story.text) * _LATE


def _hints(story: Story) -> dict[str, list[Spot]]:
    """Give corners and lands, by the circuit that they tell."""
    found: dict[str, list[Spot]] = {}
    for spot in story.spots(told_by()):
        found.setdefault(spot.name, []).append(spot)
    return found


def _weight(story: Story, span: Span) -> float:
    """Say what a mention is worth: most in the title, little beside words of another time."""
    language = story.lexicon.language
    before = _BREAK.split(story.folded[max(0, span.start - _AROUND) : span.start])[-1]
    after = _BREAK.split(story.folded[span.end : span.end + _AROUND // 2])[0]
    past = any(pattern_for(use, language).search(before[-_BEFORE:]) for use in ("been", "after"))
    if past and _FINALE in before[-_BEFORE:]:
        return 0.6  # "dix jours après la finale de Charade": of the season as that meeting left it
    if past or pattern_for("ago", language).search(after):
        return 0.3
    if span.start < _TITLE and "\n" not in story.text[: span.start].strip():
        return 5.0
    if pattern_for("soon", language).search(before + " | " + after):
        return 0.3
    return 3.0 if span.start < _OPENING else 1.0
