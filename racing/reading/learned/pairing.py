"""Crews by learned scores: which of two drivers named beside each other share a car."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from racing.reading.crews import has_crews
from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.learned.trees import Scores, forest
from racing.reading.lexicon import competitions
from racing.reading.mentions import Mention

#: Two drivers with more between them are not named beside each other.
FAR = 5


#: Those with one of these between them share no car: "1. A ; 2. B".
_APART = frozenset(("semicolon", "number", "rank", "ahead", "behind", "followed", "win", "break", "complete"))


@dataclass(frozen=True, slots=True)
class Beside:
    """Two persons named one behind the other: mentions `left` and `right` of a row, or of the brackets of mention `aside`."""

    row: int
    left: int
    right: int
    aside: int = -1


def token(mention: Mention) -> str:
    """Name what a mention is, finer than its kind."""
    if mention.kind in _FINE:
        return f"{mention.kind}.{mention.value.partition(':')[0]}"
    if mention.kind == "mark":
        return "mark." + mention.value
    if mention.kind in ("word", "small") and mention.value == "team":
        return "team"
    return mention.kind


_FINE = frozenset(
    (
        "article",
        "preposition",
        "win",
        "ahead",
        "pole",
        "retirement",
        "pronoun",
        "and",
        "dash",
        "fastest_lap",
        "leader",
        "that",
        "class_link",
        "rank_noun",
    )
)


def beside_in(rows: Sequence[Sequence[Mention]]) -> Iterator[Beside]:
    for number, row in enumerate(rows):
        yield from _pairs(row, number, -1)
        for at, mention in enumerate(row):
            if mention.aside:
                yield from _pairs(mention.aside, number, at)


def _pairs(row: Sequence[Mention], number: int, aside: int) -> Iterator[Beside]:
    last = -1
    for at, mention in enumerate(row):
        if mention.kind == "person":
            near = last >= 0 and at - last <= FAR + 1
            if near and not any(between.kind in _APART for between in row[last + 1 : at]):
                yield Beside(number, last, at, aside)
            last = at


def _in_series(folded: str) -> bool:
    """Tell whether the text names a series whose cars are shared."""
    return any(row.get("crews") and fold(row["name"]) in folded for row in competitions()["known"])


class Pairing:
    """A text's rows as the finder of crews sees them."""

    def __init__(self, text: str, folded: str, rows: Sequence[tuple[Mention, ...]]) -> None:
        self.text, self.folded, self.rows = text, folded, rows
        self.found = list(beside_in(rows))
        kinds = Counter(token(m) for row in rows for m in row)
        self.joins: Counter[str] = Counter()
        self.pairs: Counter[tuple[int, ...]] = Counter()
        self.strokes: Counter[tuple[int, ...]] = Counter()
        self.partners: dict[int, set[int]] = {}
        for pair in self.found:
            left, right = self.mentions(pair)
            key = tuple(sorted({*left.who, *right.who}))
            join = self.join(pair)
            self.joins[join] += 1
            self.pairs[key] += 1
            self.strokes[key] += join in ("/", "-", "")
            for one in left.who:
                self.partners.setdefault(one, set()).update(right.who)
            for one in right.who:
                self.partners.setdefault(one, set()).update(left.who)
        people = sum(m.kind == "person" for row in rows for m in row)
        self.general: dict[str, float] = {
            "crew_words": kinds["crew_word"],
            "join_words": kinds["join_crew"],
            "cars": kinds["car"],
            "rule": float(has_crews(folded, rows)),
            "series": float(_in_series(folded)),
            "strokes": sum(self.strokes.values()),
            "people": people,
            "stroke_share": sum(self.strokes.values()) / max(1, people),
            "and_share": self.joins["and"] / max(1, people),
            "car_share": kinds["car"] / max(1, people),
            "asides": sum(pair.aside >= 0 for pair in self.found) / max(1, people),
            "bare_asides": sum(any(m.kind == "person" for m in mention.aside) for row in rows for mention in row)
            / max(1, people),
            "brothers": float("freres" in folded),
        }
        plural = sum(folded.count(word) for word in _DUO)
        self.general["duo"] = plural

    def row_of(self, pair: Beside) -> Sequence[Mention]:
        row = self.rows[pair.row]
        return row[pair.aside].aside if pair.aside >= 0 else row

    def mentions(self, pair: Beside) -> tuple[Mention, Mention]:
        row = self.row_of(pair)
        return row[pair.left], row[pair.right]

    def join(self, pair: Beside) -> str:
        """Say in short what stands between two names."""
        row = self.row_of(pair)
        between = row[pair.left + 1 : pair.right]
        if not between:
            return self.text[row[pair.left].end : row[pair.right].start].strip()
        if len(between) == 1 and between[0].value in ("/", "-", "–"):
            return between[0].value.replace("–", "-")
        return " ".join(token(m) for m in between)

    def features(self, pair: Beside) -> dict[str, float]:
        row = self.row_of(pair)
        left, right = row[pair.left], row[pair.right]
        key = tuple(sorted({*left.who, *right.who}))
        out = dict(self.general)
        join = self.join(pair)
        out["join:" + join] = 1
        between = row[pair.left + 1 : pair.right]
        for m in between:
            out["b:" + token(m)] = out.get("b:" + token(m), 0) + 1
            if m.kind in ("word", "small"):
                out["bw:" + m.value[:8]] = 1
        out["between"] = len(between)
        out["aside"] = float(pair.aside >= 0)
        out["laside"], out["raside"] = float(bool(left.aside)), float(bool(right.aside))
        for step in range(1, 5):
            n = pair.left - step
            out[f"l{step}:" + (token(row[n]) if n >= 0 else "^")] = 1
            if n >= 0 and step < 3 and row[n].kind in ("word", "small"):
                out[f"lw{step}:" + row[n].value[:7]] = 1
            n = pair.right + step
            out[f"r{step}:" + (token(row[n]) if n < len(row) else "$")] = 1
        out["car_before"] = float(any(m.kind == "car" for m in row[max(0, pair.left - 6) : pair.left]))
        if pair.aside >= 0:
            out["carrier:" + token(self.rows[pair.row][pair.aside])] = 1
        n = pair.left - 2
        out["listed_before"] = float(n >= 0 and row[n].kind == "person" and row[pair.left - 1].kind == "comma")
        out["listed_after"] = float(
            pair.right + 2 < len(row)
            and row[pair.right + 1].kind in ("comma", "and")
            and row[pair.right + 2].kind == "person"
        )
        out["pair"] = self.pairs[key]
        out["pair_strokes"] = self.strokes[key]
        out["same_join"] = self.joins[join]
        out["lpartners"] = max((len(self.partners.get(one, ())) for one in left.who), default=0)
        out["rpartners"] = max((len(self.partners.get(one, ())) for one in right.who), default=0)
        out["words"] = len(self.text[left.start : left.end].split())
        out["rwords"] = len(self.text[right.start : right.end].split())
        out["people_in_row"] = sum(m.kind == "person" for m in row)
        return out


_DUO = (
    "equipage",
    "duo",
    "tandem",
    "paire",
    "equipier",
    "co-equipier",
    "crew",
    "co-driver",
    "teammate",
    "team-mate",
    "equipaggio",
    "coppia",
    "pareja",
    "companero",
    "fahrerduo",
    "teamkolleg",
    "partage",
    "relais",
    "relay",
    "stint",
)


#: Two who are likelier than this to share a car do.
_ENOUGH = 0.5


def join_crews(
    text: str,
    folded: str,
    rows: Sequence[tuple[Mention, ...]],
    shift: Callable[["Pairing", Scores], Sequence[float] | Scores] = lambda _, scores: scores,
) -> list[tuple[Mention, ...]]:
    """Give the rows with each crew as one mention of a person; a crew in brackets stands behind the mention that has it.

    `shift` may change how likely two share a car, by what is known of them besides the text.
    """
    pairing = Pairing(text, folded, rows)
    scores = forest("crews").scores([pairing.features(pair) for pair in pairing.found])
    return joined_rows(pairing, shift(pairing, scores))


def joined_rows(pairing: Pairing, scores: Sequence[float] | Scores) -> list[tuple[Mention, ...]]:
    """Give the rows with each crew as one mention of a person; a crew in brackets stands behind the mention that has it."""
    rows = [list(row) for row in pairing.rows]
    joins: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for pair, score in zip(pairing.found, scores, strict=True):
        if score > _ENOUGH:
            spans = joins.setdefault((pair.row, pair.aside), [])
            if spans and spans[-1][1] == pair.left:
                spans[-1] = (spans[-1][0], pair.right)
            else:
                spans.append((pair.left, pair.right))
    result = []
    for number, row in enumerate(rows):
        inside = [_join(m.aside, joins.get((number, at), [])) if m.aside else () for at, m in enumerate(row)]
        held = [replace(m, aside=tuple(inside[at])) if m.aside else m for at, m in enumerate(row)]
        out: list[Mention] = []
        last = 0
        for start, end in joins.get((number, -1), []):
            out += [*held[last:start], _crew(held[start : end + 1])]
            last = end + 1
        out += held[last:]
        result.append(tuple(_unfold(out)))
    return result


def _join(row: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    out: list[Mention] = []
    last = 0
    for start, end in spans:
        out += [*row[last:start], _crew(row[start : end + 1])]
        last = end + 1
    return [*out, *row[last:]]


def _crew(mentions: Sequence[Mention]) -> Mention:
    people = [m for m in mentions if m.kind == "person"]
    crew = tuple(dict.fromkeys(number for m in people for number in m.who[:1]))
    last = mentions[-1]
    return replace(
        last, start=mentions[0].start, who=crew, crew=crew, parts=tuple(Span(m.start, m.end) for m in people)
    )


def _unfold(row: Sequence[Mention]) -> Iterator[Mention]:
    """Put the first driver or crew out of brackets that are not his own into the row: "la n° 4 (A / B)"."""
    for mention in row:
        yield mention
        if mention.kind != "person":
            yield from [m for m in mention.aside if m.kind == "person"][:1]
