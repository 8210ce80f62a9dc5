"""Classes as sheets abbreviate them, by their usual names: "PAM" with its legend, "PRO", "GT3 PRO-AM", "(R)"."""

import re
from collections.abc import Iterable, Mapping

from racing.reading.folding import fold
from racing.reading.lexicon import lexicon

ROOKIE = "Rookie"
_PIECES = re.compile(r"\s*(?:;|•|·|\||,\s(?=[^,]{1,9}\s*[:=])|\s-\s|\s–\s)\s*")
_PAIR = re.compile(r"[(\[]?([\w.*†+ -]{1,10}?)[)\]]?\s*[:=]\s*(\S.{1,60})")
_LINE_LONGEST = 1_000
_WORD = re.compile(r"[^\s/]+")


def legend_of(lines: Iterable[str]) -> dict[str, str]:
    """Give what abbreviations mean, as lines explain them: "PAM : Pro-Am ; (R) : Rookie"."""
    legend: dict[str, str] = {}
    for line in lines:
        for piece in _PIECES.split(" ".join(line[:_LINE_LONGEST].split())):
            pair = _PAIR.fullmatch(piece.strip(" .()"))
            if pair:
                legend.setdefault(fold(pair[1]).strip(" ."), pair[2].strip(" )."))
    return legend


def usual_class(written: str, legend: Mapping[str, str] = {}) -> str:
    """Give a class's usual name; a name that is not known stays as it is written."""
    written = " ".join(written.split()).strip("()[]\"'")
    written = legend.get(fold(written), written)
    known = _known(written)
    if known:
        return known
    return _WORD.sub(lambda match: (_known(match[0]) or match[0]) if match[0].isupper() else match[0], written)


def is_class(written: str) -> bool:
    """Say whether words are the name of a class that is known."""
    return bool(_known(written))


def marked_class(mark: str, legend: Mapping[str, str] = {}) -> str:
    """Give the class that a mark behind a name stands for; "" for a mark that is none."""
    meant = legend.get(fold(mark).strip(" ."), "")
    if meant:
        return _known(meant)
    return ROOKIE if fold(mark) in ("r", "rookie", "rk", "roo") else ""


def _known(written: str) -> str:
    words = fold(written).replace("-", " ").split()
    if not words:
        return ""
    found = lexicon("en").phrases_at(words, 0)
    return found.value if found and found.kind == "class" and found.last == len(words) else ""
