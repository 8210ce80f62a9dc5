"""Of which year a report's season is: the year of its dates and of what it calls a season, not one of the past."""

import re
from collections import defaultdict

from racing.reading.dates import Days, days_in
from racing.reading.facts import Span, Stated
from racing.reading.gazetteer import circuits, pattern_for, series, words_for
from racing.reading.story import Scene, Story

_YEAR = re.compile(
    r"(?<![\d.,:/-])(?<!\w)(20[0-4]\d)(?![\d%€$]|[.,:]\d|\w| ?(?:m|km|tr|ch|cv|ps|hp|cc|cm3|spectat\w*|euros?)\b)"
)
#: What stands in the first lines is the report's own.
_OPENING, _TITLE = 400, 110
#: A weight under this is no year: "champion 2018" alone tells no season.
_ENOUGH = 0.9
#: From this part of a text on, what is to come may be of another year.
_LATE = 0.5
_BEFORE, _AFTER = 28, 16


def season_of(story: Story) -> Stated | None:
    """Give the year of the season, None where neither the text nor a date in it tells one."""
    scores: defaultdict[int, float] = defaultdict(float)
    where: dict[int, Span] = {}
    named = {spot.span.end for spot in story.spots(series())}
    places = {spot.span.end for spot in story.spots(circuits())}
    for scene in story.scenes:
        for year, span, weight in _years(story, scene, named):
            if span.end in places:
                continue
            scores[year] += weight
            if weight >= _ENOUGH or year not in where:
                where[year] = min(where.get(year, span), span)
    if not scores:
        return None
    year = min(scores, key=lambda value: (-scores[value], where[value]))
    return Stated(str(year), (where[year],), 0.9) if scores[year] >= _ENOUGH else None


def _years(story: Story, scene: Scene, named: set[int]) -> list[tuple[int, Span, float]]:
    """Give the years of a sentence with what each is worth."""
    span = scene.sentence.span
    if not any(character.isdigit() for character in story.text[span.start : span.end]):
        return []
    dated = [days for days in days_in(story.lexicon, story.text, story.folded, span) if days.year]
    found = [(days.year, days.span, _dated(story, scene, days)) for days in dated]
    for match in _YEAR.finditer(story.folded, span.start, span.end):
        if not any(days.span.start <= match.start() < days.span.end for days in dated):
            found.append((int(match[1]), Span(match.start(), match.end()), _bare(story, scene, match, named)))
    return found


def _dated(story: Story, scene: Scene, days: Days) -> float:
    """Say what the year of a date is worth: less in a quote, of a meeting to come or of something else."""
    start = max(scene.sentence.span.start, days.span.start - _BEFORE)
    if pattern_for("aside", story.lexicon.language).search(story.folded, start, days.span.start):
        return 0.2
    if _is_next(story, scene):
        return 0.9
    if days.span.start < _OPENING:
        return 4.0
    return 0.3 if "y" in scene.signs else 1.2


def _is_next(story: Story, scene: Scene) -> bool:
    """Tell whether a sentence of the second half speaks of what is to come."""
    span = scene.sentence.span
    soon = "E" in scene.signs or words_for("next", story.lexicon.language)(story.folded[span.start : span.end])
    return soon and span.start > len(story.text) * _LATE


def _bare(story: Story, scene: Scene, match: re.Match[str], named: set[int]) -> float:
    """Say what a year without a day is worth, by the words beside it."""
    start, end = match.span()
    language = story.lexicon.language
    before = story.folded[max(scene.sentence.span.start, start - _BEFORE) : start].rstrip(" -–:(\"'«")
    after = story.folded[end : min(scene.sentence.span.end, end + _AFTER)].lstrip(" -'")
    if "©" in before or "(c)" in before or after.startswith("©"):
        return 0.0
    last = " ".join(before.split()[-3:])
    if pattern_for("season", language).search(last) or pattern_for("season", language).match(after):
        return 1.0 if "y" in scene.signs else 0.9 if _is_next(story, scene) else 3.0
    if start - 1 in named or start - 2 in named or end + 1 in named:
        return 2.0 if not pattern_for("champions", language).search(last) else 0.2
    if pattern_for("other_years", language).search(before.split()[-1] if before else "") or "y" in scene.signs:
        return 0.3
    if pattern_for("champions", language).search(last) or pattern_for("champions", language).match(after):
        return 0.2
    if scene.sentence.quoted:
        return 0.3
    if start < _TITLE:
        return 2.5
    return 1.0 if scene.sentence.heading or start < _OPENING else 0.5
