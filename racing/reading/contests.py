"""Which series a report is about: its title's, the one named most often, not those that it names in passing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from racing.reading.facts import Span, Stated
from racing.reading.folding import fold
from racing.reading.gazetteer import Spot, series
from racing.reading.lexicon import competitions
from racing.reading.story import Story

#: What stands in the first lines says what the report is about.
_OPENING, _TITLE = 400, 110
#: A series whence a driver came is named behind words that say so, so many characters before it.
_BEFORE = 34
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = r"[A-ZÀ-Þ0-9][\w’'-]{0,20}"
_RUN = re.compile(rf"{_WORD}(?: (?:de la |de |d[’']|du |des |of |di |del |della )?{_WORD}){{1,5}}")
_ARTICLES = frozenset(
    ("the", "la", "le", "les", "el", "il", "die", "der", "das", "los", "in", "en", "au", "im", "nella", "della", "del")
)
_LONGEST = 7
#: A name of so many words is more than a mark.
_WHOLE = 3
#: A model of car in a name: "911 GT3 Cup", "488 Challenge".
_CAR = re.compile(r"\d{3}$|gt3$")
_COUNTED = re.compile(r"\d{1,2} |[A-ZÀ-Þ][\w-]+ (?:des|der|della|del|dell['’]|de la|du|of the) (?=[A-ZÀ-Þ])")


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    return {row["name"]: row for row in competitions()["known"]}


@cache
def _elsewhere() -> re.Pattern[str]:
    """Give the pattern of the words before a series that the report is not about."""
    words = sorted(map(fold, competitions()["elsewhere"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)[^.;:!?]*$")


def series_of(story: Story) -> Stated | None:
    """Give the series of a report, None where it names none."""
    scores: defaultdict[str, float] = defaultdict(float)
    spots: dict[str, list[Spot]] = {}
    for spot in story.spots(series()):
        scores[spot.name] += _weight(story, spot.span)
        spots.setdefault(spot.name, []).append(spot)
    generic = {name for name in scores if _rows()[name].get("generic")}
    known = {name: scores[name] for name in scores if name not in generic}
    best = min(known, key=lambda name: (-known[name], spots[name][0].span), default="")
    unlisted = _unlisted(story, [spot.span for rows in spots.values() for spot in rows])
    if best and not (unlisted and unlisted[1] > known[best] and known[best] < 1):
        best = next((name for name in known if _is_part(name, best) and known[name] >= 1), best)
        return Stated(_as_written(story, best, spots[best]), (spots[best][0].span,), 0.9)
    if unlisted:
        return unlisted[0]
    for name in sorted(generic, key=lambda each: (-scores[each], spots[each][0].span)):
        home = _rows()[name].get("at_home", {}).get(story.lexicon.language)
        return Stated(home or name, (spots[name][0].span,), 0.7)
    return None


def _is_part(name: str, whole: str) -> bool:
    """Tell whether a series is a part of another, which a report calls by the name of both: "... Europe Sprint Cup"."""
    rest = fold(name).removeprefix(fold(whole)).split()
    return len(whole.split()) >= _WHOLE and 0 < len(rest) <= 2 and set(rest) <= {"sprint", "endurance", "cup"}


def _weight(story: Story, span: Span) -> float:
    """Say what a mention is worth: most in the title, next to nothing where somebody came from there."""
    before = story.folded[max(0, span.start - _BEFORE) : span.start].rsplit("\n", 1)[-1]
    if _elsewhere().search(before):
        return 0.2
    first = story.text[: span.start].count("\n", 0, _TITLE) == 0 and span.start < _TITLE
    return 4.0 if first else 2.5 if span.start < _OPENING else 1.0


def _as_written(story: Story, name: str, spots: list[Spot]) -> str:
    """Give the name in the form that the text writes, where that is a name in its own right, else the usual one."""
    kept = {fold(form).replace("-", " "): form for form in (name, *_rows()[name].get("kept", ()))}
    written = {spot.form for spot in spots} & kept.keys()
    return kept[max(written, key=lambda form: (len(form), form))] if written else name


def _unlisted(story: Story, taken: list[Span]) -> tuple[Stated, float] | None:
    """Give the run of capitalised words that begins or ends as a series' name does, the weightiest, and its weight."""
    scores: defaultdict[str, float] = defaultdict(float)
    where: dict[str, Span] = {}
    starts = {span.start: span.end for span in taken}
    for name, span in _runs(story):
        words = fold(name).split()
        if not _is_shaped(words) or name.isupper() or _is_prize(story, words):
            continue
        if any(span.start <= start and end <= span.end for start, end in starts.items()):
            continue
        scores[name] += _weight(story, span)
        where.setdefault(name, span)
    if not scores:
        return None
    name = min(scores, key=lambda value: (-scores[value], where[value]))
    return Stated(name, (where[name],), 0.6), scores[name]


def _runs(story: Story) -> Iterator[tuple[str, Span]]:
    """Give runs of capitalised words, without a year at their end and an article at their beginning."""
    for match in _RUN.finditer(story.text):
        name, start = match[0], match.start()
        year = _YEAR.search(name)
        if year:
            name = name[: year.start()] if year.start() else name[year.end() :]
            start += 0 if year.start() else year.end()
        while " " in name and fold(name.split(" ", 1)[0]) in _ARTICLES:
            start += len(name.split(" ", 1)[0]) + 1
            name = name.split(" ", 1)[1]
        counted = _COUNTED.match(name)
        if counted and not _set("heads") & {fold(name.split(" ", 1)[0])}:
            name, start = name[counted.end() :], start + counted.end()
        start += len(name) - len(name.lstrip())
        name = name.strip()
        if name:
            yield name, Span(start, start + len(name))


def _is_shaped(words: list[str]) -> bool:
    """Tell whether words are built as a series' name is: "Coupe Radical", "Twin Cup", "Fun Cup Belgium", "TCR Baltic"."""
    if not 2 <= len(words) <= _LONGEST or any(_CAR.match(word) for word in words[:-1]):
        return False
    lands, tails = _set("lands"), _set("tails")
    core = list(words)
    while len(core) > 1 and core[-1] in lands:
        core.pop()
    if len(core) < len(words) and (core[-1] in tails or (len(core) == 1 and core[0] in _set("families"))):
        return True
    return words[0] in _set("heads") or words[-1] in tails


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(map(fold, competitions()[key]))


def _is_prize(story: Story, words: list[str]) -> bool:
    """Tell whether a name is that of a class: "Coupe Féminine", "Trophée Junior", "Silver Cup", "Lamborghini Cup"."""
    shapes = _set("heads") | _set("tails")
    if all(word in _set("prizes") or word in shapes or word in story.lexicon.stop for word in words):
        return True
    found = story.lexicon.phrases_at(words, 0)
    return found is not None and found.kind == "class" and found.last == len(words)
