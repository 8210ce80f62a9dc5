"""The text's outer shape: paragraphs and their kind, what is quoted, what is repeated, and sentences."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from racing.reading.facts import Span
from racing.reading.folding import fold

#: An abbreviation or a number before the stop is no end of a sentence, nor is a single letter ("J. Andlauer").
_BLANK = re.compile(r"\s*")
_STOP = re.compile(r"[.!?…]{1,6}[\"»”“‘'«)\]]{0,3}(?=\s+[\"«“„‚»(\[]?\s?[^\W\d_a-z]|\s+\d|\s*$)")
_DATED = re.compile(r"\b\d{1,2}$")
_WORD_BEHIND = re.compile(r"\s+([^\W\d_]+)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|n|no|nr|mr?|dr|st|ste|ca|env|cf|vs|etc)$|(?:^|[:;,–-]\s)\d{1,2}$", re.I
)
#: "Aug. 23-25", "le 5 sept. 2020": a month's short form before a number ends no sentence.
_MONTH = re.compile(
    r"(?<!\w)(?:jan|janv|feb|fev|fevr|févr|fév|mar|avr|apr|abr|aug|ago|sept?|set|oct|okt|ott|nov|dec|déc|dez|dic|juil|jul|jun)$",
    re.I,
)
_NUMBER = re.compile(r" \d")
_LIST_LINE = re.compile(
    r"\s*(?:[-•*–]\s*)?(?:[Pp#])?\d{1,2}\s?(?:[.):/–-]|°|️⃣|(?:er|[eè]|[eè]me|st|nd|rd|th)(?=\s*[:–-]|\s+[A-ZÀ-Þ]))\s*[-–:]?\s*\S"
)
_SPEAKER = re.compile(r"^[^.!?«“\"\n]{3,90}:\s*[«“\"„]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a line of its own. `quoted` sentences speak with a person's own mouth; `repeated` ones were read before."""

    span: Span
    paragraph: int
    heading: bool = False
    listed: bool = False
    quoted: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int


def _lines(text: str) -> Iterator[_Block]:
    start = 0
    for piece in text.splitlines(keepends=True):
        stripped = piece.strip()
        if stripped:
            first = start + piece.index(stripped[0])
            yield _Block(first, first + len(stripped))
        start += len(piece)


def _is_wrapped(lines: list[_Block]) -> bool:
    """Tell whether lines were broken at a column, as text out of a PDF is."""
    lengths = [line.end - line.start for line in lines]
    return len(lengths) > 5 and max(lengths) <= 110 and sum(length > 45 for length in lengths) * 2 > len(lengths)


def _paragraphs(text: str) -> list[_Block]:
    """Put lines together where a line break stands within a sentence."""
    blocks: list[_Block] = []
    lines = list(_lines(text))
    wrapped = _is_wrapped(lines)
    widest = max((line.end - line.start for line in lines), default=0)
    before: _Block | None = None
    for line in lines:
        if before and blocks and _continues(text, before, line, widest if wrapped else 0):
            blocks[-1] = _Block(blocks[-1].start, line.end)
        else:
            blocks.append(line)
        before = line
    return blocks


def _continues(text: str, before: _Block, line: _Block, width: int) -> bool:
    """Tell whether a line goes on with the sentence of the line before it."""
    if text.count("\n", before.end, line.start) > 1 or _LIST_LINE.match(text[line.start : line.end]):
        return False
    last, first = text[before.end - 1], text[line.start]
    if first.islower() and last not in ".!?:;":
        return True
    return bool(width) and before.end - before.start > width * 0.7


def quotes(text: str) -> list[Span]:
    """Find what is quoted: more than three words between quotation marks, or from a speaker's colon to the paragraph's end."""
    found: list[Span] = []
    for block in _paragraphs(text):
        piece = text[block.start : block.end]
        speaker = _SPEAKER.match(piece)
        if speaker:
            found.append(Span(block.start + speaker.end() - 1, block.end))
            continue
        found += [Span(block.start + a, block.start + b) for a, b in _marked(piece) if len(piece[a:b].split()) > 3]
    return found


#: „Gänsefüßchen“ and »Spitzen« of German open with what closes elsewhere, or close with what opens.
_CLOSING = {"«": "»”", "“": "»”", '"': "»”", "„": "“”", "»": "«"}


def _marked(piece: str) -> Iterator[tuple[int, int]]:
    """Give (start, end) between quotation marks; a straight mark after a digit means seconds."""
    opened: int | None = None
    for at, mark in enumerate(piece):
        after_digit = at > 0 and piece[at - 1].isdigit()
        german = opened is not None and piece[opened] in "„»"
        if (mark in "«“„" and not german) or (mark == '"' and opened is None and not after_digit):
            opened = at if opened is None else opened
        elif mark == "»" and opened is None and piece[at + 1 : at + 2].isalnum():
            opened = at
        elif opened is not None and (mark in _CLOSING[piece[opened]] or (mark == '"' and not after_digit)):
            yield opened, at + 1
            opened = None
    if opened is not None and piece[opened] != '"':
        yield opened, len(piece)


#: Nobody writes longer sentences; text without stops is cut, so that reading stays linear.
_LONGEST = 1500


def _cut(text: str, block: _Block, ordinal_nouns: Set[str]) -> Iterator[Span]:
    """Cut a paragraph into sentences."""
    for span in _cut_at_stops(text, block, ordinal_nouns):
        start = span.start
        while span.end - start > _LONGEST:
            blank = text.rfind(" ", start + 1, start + _LONGEST)
            end = blank if blank > start else start + _LONGEST
            yield Span(start, end)
            start = end
        yield Span(start, span.end)


def _is_ordinal(text: str, stop: re.Match[str], ordinal_nouns: Set[str]) -> bool:
    """Tell whether a stop makes an ordinal of the number before it: "auf dem 2. Platz", "am 5. Mai"."""
    behind = _WORD_BEHIND.match(text, stop.end())
    return bool(behind and _DATED.search(text[max(0, stop.start() - 4) : stop.start()])
                and fold(behind[1]) in ordinal_nouns)  # fmt: skip


def _cut_at_stops(text: str, block: _Block, ordinal_nouns: Set[str]) -> Iterator[Span]:
    start = block.start
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop[0] == "." and _ABBREVIATION.search(text[max(start, stop.start() - 6) : stop.start()]):
            continue
        if (
            stop[0] == "."
            and _MONTH.search(text, max(start, stop.start() - 6), stop.start())
            and _NUMBER.match(text, stop.end())
        ):
            continue
        if stop[0] == "." and _is_ordinal(text, stop, ordinal_nouns):
            continue
        yield Span(start, stop.end())
        blank = _BLANK.match(text, stop.end(), block.end)
        start = blank.end() if blank else stop.end()
    if start < block.end:
        yield Span(start, block.end)


#: Shorter lines may be said again of another race ("Pole position : A").
_COPIED = 60
#: Two races may end in one order of a class: "Rookies : 1. A ; 2. B" stands twice by right.
_ORDER = re.compile(r"\b1\s?[.)]\s[^;,]{1,80}[;,]\s?2\s?[.)]\s")


def sentences(text: str, ordinal_nouns: Set[str] = frozenset()) -> list[Sentence]:
    """Give the sentences in their order; before one of `ordinal_nouns` a number and its stop end none ("2. Platz")."""
    found: list[Sentence] = []
    seen: set[str] = set()
    quoted = quotes(text)
    quote = 0
    for number, block in enumerate(_paragraphs(text)):
        listed = block.end - block.start < 200 and bool(_LIST_LINE.match(text[block.start : block.end]))
        heading = not listed and _is_heading(text[block.start : block.end])
        for span in [Span(block.start, block.end)] if listed else _cut(text, block, ordinal_nouns):
            while quote < len(quoted) and quoted[quote].end <= span.start:
                quote += 1
            inside = quote < len(quoted) and _mostly_inside(span, quoted[quote])
            key = " ".join(fold(text[span.start : span.end]).split())
            repeated = len(key) > _COPIED and key in seen and not (listed or _ORDER.search(key))
            seen.add(key)
            found.append(Sentence(span, number, heading, listed, inside, repeated))
    return found


def _mostly_inside(span: Span, quote: Span) -> bool:
    shared = min(span.end, quote.end) - max(span.start, quote.start)
    return shared * 2 > span.end - span.start


def _is_heading(line: str) -> bool:
    """Tell whether a line is a title: short, and without a sentence's end."""
    return len(line) < 90 and len(line.split()) <= 12 and line.rstrip()[-1:] not in ".;,"
