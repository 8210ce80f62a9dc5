"""Points and gaps of the championship: which figure of a sentence is whose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from racing.reading.learned.options import Runner
from racing.reading.learned.sheets import Sheet
from racing.reading.mentions import Mention

#: More figures than this are a table of another kind.
_MOST = 40
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}")
_AROUND, _STEM, _WIDEST, _WORDS = 3, 6, 4, 10
_BESIDE = ("gap", "points", "ahead", "behind", "leader", "lead", "championship")
#: A season lies between these years.
_YEARS = (1950, 2035)
_TENS, _MOST_TENS = 10, 25


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at mention `at`, or at `inner` of what stands in brackets behind that (-1: at the mention itself)."""

    at: int
    inner: int
    value: Decimal
    kind: str
    mention: Mention


def figures_in(row: Sequence[Mention]) -> list[Figure]:
    """Give every number of a sentence that may be points."""
    found: list[Figure] = []
    for at, mention in enumerate(row):
        for inner, one in ((-1, mention), *enumerate(mention.aside)):
            value = _value(one)
            if value is not None:
                found.append(Figure(at, inner, value, "decimal" if one.kind == "time" else one.kind, one))
    return found[:_MOST]


def _value(mention: Mention) -> Decimal | None:
    text = mention.value.strip().replace(",", ".")
    if mention.kind == "time" and not _DECIMAL.fullmatch(text):
        return None
    if mention.kind not in ("number", "gap", "starters", "time") or not text[:1].isdigit():
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def features_of(
    sheet: Sheet, runner: Runner, figure: Figure, figures: Sequence[Figure], known: dict[str, float]
) -> dict[str, float]:
    """Give what is known of a figure as the points or the gap of a runner; `known` is what is known of the runner."""
    row, at = sheet.scene.mentions, figure.at
    value = float(figure.value)
    found = {
        "kind:" + figure.kind: 1.0, "value": value, f"tens:{min(int(value) // _TENS, _MOST_TENS)}": 1, "form:" + runner.form: 1,
        "aside": float(figure.inner >= 0), "year": float(_YEARS[0] < value < _YEARS[1]), "figures": len(figures),
        "bigger": sum(other.value > figure.value for other in figures),
        "smaller": sum(other.value < figure.value for other in figures),
        **known,
    }  # fmt: skip
    mine = runner.first <= at < runner.last
    if figure.inner >= 0:
        kinds = [inner.kind for inner in row[at].aside]
        found["mine"] = float(mine)
        found["aside size"] = len(kinds)
        found["aside next:" + (kinds[figure.inner + 1] if figure.inner + 1 < len(kinds) else "$")] = 1
        found["aside before:" + (kinds[figure.inner - 1] if figure.inner else "^")] = 1
    _around(sheet, at, found)
    ahead = at >= runner.last
    first, last = (runner.last, at) if ahead else (at + 1, max(0, runner.first))
    if figure.inner >= 0 and mine:
        first = last = 0
    side = "R" if ahead else "L"
    found["far" + side] = last - first
    found["people" + side] = sum(first <= person < last for person in sheet.people)
    found["figures" + side] = sum(first <= other.at < last for other in figures)
    if last - first <= _WIDEST:
        found[f"between{side}:" + " ".join(sheet.tokens[first:last])] = 1
    for kind in set(sheet.kinds[first:last]):
        found[f"has{side}:{kind}"] = 1
    for word in sheet.words[first : min(last, first + _WORDS)]:
        if word:
            found["word:" + word[:_STEM]] = 1
    for kind in _BESIDE:
        found["beside:" + kind] = float(kind in sheet.kinds)
    return found


def _around(sheet: Sheet, at: int, found: dict[str, float]) -> None:
    for step in range(1, _AROUND + 1):
        left, right = at - step, at + step
        found[f"l{step}:" + (sheet.tokens[left] if left >= 0 else "^")] = 1
        found[f"r{step}:" + (sheet.tokens[right] if right < len(sheet.tokens) else "$")] = 1
        if left >= 0 and sheet.words[left]:
            found[f"lw{step}:{sheet.words[left][:_STEM]}"] = 1
        if right < len(sheet.words) and sheet.words[right]:
            found[f"rw{step}:{sheet.words[right][:_STEM]}"] = 1
