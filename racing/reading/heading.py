"""What the report is about: series, season, circuit and how many cars started."""

import re
from collections import Counter
from collections.abc import Iterator

from racing.reading.facts import Fact, Heading, Span, Stated
from racing.reading.folding import fold
from racing.reading.lexicon import competitions, places
from racing.reading.story import Story
from racing.terms import FactKind

#: What stands in the first lines says where the meeting was; a circuit named later may be an earlier or a later one.
_OPENING = 400
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_RUN = re.compile(r"[A-ZÀ-Þ0-9][\w’'-]{0,20}(?: (?:de |d[’']|du |des |of )?[A-ZÀ-Þ0-9][\w’'-]{0,20}){1,5}")
#: So few cars are not a whole grid.
_FEW = 7


def heading_of(story: Story, facts: tuple[Fact, ...]) -> Heading:
    """Give the heading of a story; a value that the text does not state is None."""
    return Heading(_series(story), _season(story), _circuit(story, facts), _starters(story))


def _whole(folded: str, form: str) -> Iterator[Span]:
    """Give where a form stands as words of its own."""
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
            yield Span(start, end)
        start = folded.find(form, end)


def _series(story: Story) -> Stated | None:
    """Give the series named most often, where it stands first; a longer name hides the shorter in it."""
    counted: Counter[str] = Counter()
    where: dict[str, Span] = {}
    hidden: set[int] = set()
    rows = [(fold(form), row["name"]) for row in competitions()["known"] for form in (row["name"], *row["forms"])]
    for form, name in sorted(rows, key=lambda row: -len(row[0])):
        for span in _whole(story.folded, form):
            if span.start not in hidden and span.end not in hidden:
                hidden.update(range(span.start, span.end + 1))
                counted[name] += 1
                where[name] = min(where.get(name, span), span)
    generic = {row["name"] for row in competitions()["known"] if row.get("generic")}
    counted = Counter({name: count for name, count in counted.items() if name not in generic}) or counted
    if not counted:
        return _unlisted_series(story)
    name, _ = min(counted.items(), key=lambda item: (-item[1], where[item[0]]))
    return Stated(name, (where[name],), 0.9)


def _unlisted_series(story: Story) -> Stated | None:
    """Give the run of capitalised words that begins or ends as a series' name does, the commonest one."""
    heads, tails = frozenset(competitions()["heads"]), frozenset(competitions()["tails"])
    counted: Counter[str] = Counter()
    where: dict[str, Span] = {}
    for match in _RUN.finditer(story.text):
        words = fold(match[0]).split()
        if 2 <= len(words) <= 6 and (words[0] in heads or words[-1] in tails) and not match[0].isupper():
            name = _YEAR.sub("", match[0]).strip()
            counted[name] += 1
            where.setdefault(name, Span(match.start(), match.start() + len(name)))
    if not counted:
        return None
    name = min(counted, key=lambda value: (-counted[value], where[value]))
    return Stated(name, (where[name],), 0.6)


def _season(story: Story) -> Stated | None:
    """Give the year of the season: the one told most often outside quotes, not one of the past."""
    years: Counter[str] = Counter()
    where: dict[str, Span] = {}
    for scene in story.told():
        if "y" in scene.signs:
            continue
        for match in _YEAR.finditer(story.folded, scene.sentence.span.start, scene.sentence.span.end):
            years[match[1]] += 1
            where.setdefault(match[1], Span(match.start(), match.end()))
    if not years:
        return None
    year = min(years, key=lambda value: (-years[value], where[value]))
    return Stated(year, (where[year],), 0.9)


def _circuit(story: Story, facts: tuple[Fact, ...]) -> Stated | None:
    """Give the circuit named most often, the places of later meetings left out."""
    counted: Counter[str] = Counter()
    where: dict[str, Span] = {}
    later = [fact.evidence[0] for fact in facts if fact.kind is FactKind.MEETING]
    for name, forms in places().items():
        for form in forms:
            for span in _whole(story.folded, form):
                if (
                    any(other.start <= span.start < other.end for other in later)
                    or not story.text[span.start].isupper()
                ):
                    continue
                counted[name] += 3 if span.start < _OPENING else 1
                where[name] = min(where.get(name, span), span)
    if not counted:
        return None
    name = min(counted, key=lambda value: (-counted[value], where[value]))
    return Stated(name, (where[name],), 0.85)


def _starters(story: Story) -> Stated | None:
    """Give how many cars started, where a sentence speaks of cars on the grid."""
    for scene in story.told():
        kinds = {mention.kind for mention in scene.mentions}
        if "starters" in kinds and kinds & {"on_the_grid", "qualifying"}:
            for before, mention in zip((None, *scene.mentions), scene.mentions, strict=False):
                compound = before is not None and before.kind == "number"
                if (
                    mention.kind == "starters"
                    and not compound
                    and mention.value.isdigit()
                    and int(mention.value) > _FEW
                ):
                    return Stated(mention.value, (mention.span,), 0.85)
    return None
