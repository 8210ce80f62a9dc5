"""Later meetings and their days: "se retrouvera au Paul Ricard du 7 au 9 octobre", "Next stop: Zolder, 9 till 11 July"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from racing.reading.candidates import Candidate
from racing.reading.dates import Days, days_in
from racing.reading.facts import Span
from racing.reading.gazetteer import Spot, called, circuits, pattern_for, words_for
from racing.reading.lexicon import Lexicon, whereabouts
from racing.reading.story import Scene, Story
from racing.terms import FactKind

NAME = "meetings"
#: From this part of a text on, days are those to come; a sentence that says so may stand earlier.
_LATE, _MIDDLE = 0.5, 0.3
#: A sentence with a result, a place or another year tells what has been.
_PAST = frozenset("WKNZyY")
#: The report's own day stands in the first lines.
_OPENING = 600
#: Meetings so many days before the report's own day are of the same season, and past.
_SEASON = 150
#: So few sentences before a list stands the line that announces it.
_LIST = 14
_YEAR = re.compile(r"\b20[0-4]\d\b")
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]+"
_LINK = r"[ -](?:(?:de|du|sur|la|le|di|del|en|sous) )?"
_NAME = rf"(?:the |le |la |les |l[’']|el |los )?({_CAPITAL}(?:{_LINK}{_CAPITAL}){{0,3}})"


def recognise(story: Story, scene: Scene) -> Iterator[Candidate]:
    """Give later meetings that have a place and days.

    At the end of a report a place with days is a later meeting even where no word says so: "Verdict au Castellet du 19 au 21
    novembre !". The place may stand in the sentence beside it. What lies before the report's own day has been.
    """
    span, language = scene.sentence.span, story.lexicon.language
    if not any(character.isdigit() for character in story.text[span.start : span.end]):
        return
    told = days_in(story.lexicon, story.text, story.folded, span)
    if not told:
        return
    strength = _announced(story, scene, told)
    if not strength:
        return
    own = _own_day(story)
    ahead = own is not None and any(own.year < int(year) for year in _YEAR.findall(story.text, span.start, span.end))
    own = None if ahead and own and own.year else own
    later = [days for days in told if not _aside(story, span, days) and not _before(days, own)]
    if words_for("moved", language)(story.folded[span.start : span.end]) and len(later) > 1:
        later = later[-1:]
    for days, spot in _paired(story, scene, later, strength):
        details = {"circuit": called(story.text, story.folded, spot), "start": days.start, "end": days.end}
        evidence = (span, spot.span, days.span)
        yield Candidate(FactKind.MEETING, (), evidence, None, sure=strength, recogniser=NAME, details=details)


def _announced(story: Story, scene: Scene, told: Sequence[Days]) -> float:
    """Say how surely a sentence tells of a meeting to come, 0 where it does not."""
    span, language = scene.sentence.span, story.lexicon.language
    place = span.start / max(1, len(story.text))
    folded = story.folded[span.start : span.end]
    if "E" in scene.signs:
        return 0.9
    been = "y" in scene.signs or any(mention.kind == "took_place" for mention in scene.mentions)
    been = been or any(pattern_for("been", language).search(story.folded, *_near(span, days)) for days in told)
    if words_for("next", language)(folded) and place >= _MIDDLE and not been:
        return 0.85
    if _in_list(story, scene):
        return 0.8
    if place < _LATE or been or set(scene.signs) & _PAST or _is_dateline(story, span, told):
        return 0.0
    return 0.7


def _near(span: Span, days: Days) -> tuple[int, int]:
    """Give the surroundings of a date in its sentence."""
    return max(span.start, days.span.start - 60), min(span.end, days.span.end + 40)


def _is_dateline(story: Story, span: Span, told: Sequence[Days]) -> bool:
    """Tell whether a sentence is a place and one day alone, as under a letter: "Dijon, le 12 mai 2019"."""
    if len(told) > 1 or told[0].first != told[0].last:
        return False
    return len(story.folded[span.start : told[0].span.start].split()) <= 3 and told[0].span.end >= span.end - 1


def _in_list(story: Story, scene: Scene) -> bool:
    """Tell whether a line stands in a list under a heading that announces: "Prochains rendez-vous", "Calendar"."""
    at = _place_of(story, scene)
    for other in reversed(story.scenes[max(0, at - _LIST) : at]):
        folded = story.folded[other.sentence.span.start : other.sentence.span.end]
        if any(character.isdigit() for character in folded):
            if len(folded) > 120:
                return False
            continue
        headed = other.sentence.heading or folded.endswith(":")
        return headed and len(folded) < 80 and ("E" in other.signs or words_for("list", story.lexicon.language)(folded))
    return False


def _place_of(story: Story, scene: Scene) -> int:
    """Give the number of a scene in its story."""
    return bisect_left(story.scenes, scene.sentence.span.start, key=lambda each: each.sentence.span.start)


def _aside(story: Story, span: Span, days: Days) -> bool:
    """Tell whether a date is that of tests, of a deadline or of another show."""
    start, end = _near(span, days)
    return bool(pattern_for("aside", story.lexicon.language).search(story.folded, start, min(end, days.span.end + 15)))


def _own_day(story: Story) -> Days | None:
    """Give the last day of the first date in the opening: that of the report or of its meeting."""
    opening = Span(0, min(_OPENING, len(story.text) // 3))
    dated = days_in(story.lexicon, story.text, story.folded, opening)
    return dated[0] if dated else None


def _before(days: Days, own: Days | None) -> bool:
    """Tell whether days are not behind the report's own; without years only those shortly before are taken as past."""
    if own is None:
        return False
    if days.year and own.year and days.year != own.year:
        return days.year < own.year
    distance = (days.first[0] - own.last[0]) * 31 + days.first[1] - own.last[1]
    return (distance <= 0) if days.year and own.year else -_SEASON <= distance <= 0


def _spots(story: Story, span: Span) -> list[Spot]:
    """Give the circuits that a sentence names with a capital."""
    found = circuits().spots(story.text, story.flat, span.start, span.end)
    return [spot for spot in found if any(c.isupper() for c in story.text[spot.span.start : spot.span.end])]


def _paired(story: Story, scene: Scene, told: Sequence[Days], strength: float) -> Iterator[tuple[Days, Spot]]:
    """Give each date with its place: the nearest in the sentence, else that of the sentence beside it."""
    span = scene.sentence.span
    spots = _spots(story, span)
    if not spots:
        spots = _unlisted(story, span, told) if strength > 0.75 else []
    if not spots and strength > 0.75:
        spots = _beside(story, scene)
    if not spots:
        return
    if len(spots) == len(told):
        yield from zip(told, spots, strict=True)
        return
    taken: dict[Span, tuple[int, Days, Spot]] = {}
    for days in told:
        spot = min(spots, key=lambda each: _distance(each.span, days.span))
        far = _distance(spot.span, days.span)
        if spot.span not in taken or far < taken[spot.span][0]:
            taken[spot.span] = (far, days, spot)
    for _, days, spot in taken.values():
        yield days, spot


def _distance(one: Span, other: Span) -> int:
    """Give how many characters lie between two spans."""
    return max(one.start - other.end, other.start - one.end, 0)


def _beside(story: Story, scene: Scene) -> list[Spot]:
    """Give the circuit of the sentence before, or behind, where that one announces a meeting and has no date."""
    at = _place_of(story, scene)
    for other in (*story.scenes[max(0, at - 1) : at], *story.scenes[at + 1 : at + 2]):
        span = other.sentence.span
        if abs(other.sentence.paragraph - scene.sentence.paragraph) > 1 or other.sentence.quoted:
            continue
        told = "E" in other.signs or words_for("next", story.lexicon.language)(story.folded[span.start : span.end])
        if told and not set(other.signs) & _PAST and not days_in(story.lexicon, story.text, story.folded, span):
            spots = _spots(story, span)
            if spots:
                return spots[-1:] if span.start < scene.sentence.span.start else spots[:1]
    return []


@cache
def _behind(language: str) -> re.Pattern[str]:
    """Give the pattern of a name behind "at", or between a colon and a comma."""
    words = sorted(whereabouts(language)["at"], key=len, reverse=True)
    at = "|".join(rf"{re.escape(word)}{'' if word.endswith(chr(39)) else ' '}" for word in words)
    return re.compile(
        rf"(?<!\w)(?i:{at.replace('a ', '[aà] ')})(?-i:{_NAME})|[:–] ?{_NAME}(?=\s?[,(:–])|^\W*{_NAME}(?=\s?[,(:–])"
    )


def _unlisted(story: Story, span: Span, told: Sequence[Days]) -> list[Spot]:
    """Give the places behind "at" that no list has, each nearest to a date: "à Essay, les 8 et 9 octobre"."""
    found: list[Spot] = []
    for match in _behind(story.lexicon.language).finditer(story.text, span.start, span.end):
        group = next(n for n in (1, 2, 3) if match[n])
        start, end = match.span(group)
        if _is_place(story, start, end, told):
            found.append(Spot(match[group], story.folded[start:end], Span(start, end)))
    if not found:
        return []
    nearest = {min(found, key=lambda spot: _distance(spot.span, days.span)) for days in told}
    return sorted((spot for spot in nearest), key=lambda spot: spot.span)


def _is_place(story: Story, start: int, end: int, told: Sequence[Days]) -> bool:
    """Tell whether a name may be a place: no person, no month or day, no land, no word of the sport."""
    words: Lexicon = story.lexicon
    parts = re.split(r"[\s-]+", story.folded[start:end])
    if any(days.span.start < end and start < days.span.end for days in told) or start in story.cast.at:
        return False
    known = words.not_names | words.stop | words.months.keys() | words.nationalities.keys() | words.makes
    return not (set(parts) & (known | frozenset(whereabouts(words.language)["weekdays"]))) and len(parts[0]) > 2
