"""At which circuit a report's meeting was: not the last, not the next, and not where somebody lives."""

import re
from collections import defaultdict

from racing.reading.facts import Fact, Span, Stated
from racing.reading.gazetteer import Spot, called, circuits, pattern_for, told_by
from racing.reading.story import Story
from racing.terms import FactKind

#: What stands in the first lines says where the meeting was; a circuit named later may be an earlier or a later one.
_OPENING, _TITLE = 400, 110
#: A word that makes a place another's stands so near before it, a word of what is to come so near on either side.
_BEFORE, _AROUND = 26, 60
_BREAK = re.compile(r"[.;:!?\n]")


def circuit_of(story: Story, facts: tuple[Fact, ...]) -> Stated | None:
    """Give the circuit that a report tells of; a corner or a land's adjective tells it where no circuit is named."""
    later = {span for fact in facts if fact.kind is FactKind.MEETING for span in fact.evidence[:1]}
    past = sorted(later)
    scores: defaultdict[str, float] = defaultdict(float)
    where: dict[str, list[Spot]] = {}
    for spot in circuits().spots(story.text, story.folded):
        if not any(character.isupper() for character in story.text[spot.span.start : spot.span.end]):
            continue
        if any(span.start <= spot.span.start < span.end for span in past):
            continue
        scores[spot.name] += _weight(story, spot.span)
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


def _hints(story: Story) -> dict[str, list[Spot]]:
    """Give corners and lands, by the circuit that they tell."""
    found: dict[str, list[Spot]] = {}
    for spot in told_by().spots(story.text, story.folded):
        found.setdefault(spot.name, []).append(spot)
    return found


def _weight(story: Story, span: Span) -> float:
    """Say what a mention is worth: most in the title, little beside words of another time."""
    language = story.lexicon.language
    before = _BREAK.split(story.folded[max(0, span.start - _AROUND) : span.start])[-1]
    after = _BREAK.split(story.folded[span.end : span.end + _AROUND // 2])[0]
    if pattern_for("been", language).search(before[-_BEFORE:]) or pattern_for("ago", language).search(after):
        return 0.3
    if span.start < _TITLE and "\n" not in story.text[: span.start].strip():
        return 5.0
    if pattern_for("soon", language).search(before + " | " + after):
        return 0.3
    return 3.0 if span.start < _OPENING else 1.0
