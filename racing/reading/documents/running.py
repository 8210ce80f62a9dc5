"""What stands on every page: running heads, running feet, page numbers."""

import re
from collections import defaultdict

from racing.reading.documents.lines import Line

_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|folio|p\.?)\s*)?\d{1,4}(?:\s*(?:/|sur|of|von|de|di|-|–)\s*\d{1,4})?\W*", re.I
)
#: A page's number within a running head. Other digits may tell two headings apart: "Course 1", "Course 2".
_NUMBER_IN_HEAD = re.compile(
    r"\b(?:page|seite|pagina|página|folio|p\.)\s*\d{1,4}(?:\s*(?:/|sur|of|von|de|di)\s*\d{1,4})?"
    r"|\b\d{1,4}\s*(?:/|sur|of|von)\s*\d{1,4}\b|^\d{1,4}\s*[-–—|•·]|[-–—|•·]\s*\d{1,4}$",
    re.I,
)
_SURELY_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|seite|pagina|página|p\.)\s*\d|\d{1,4}\s*/\s*\d).*", re.I)
#: How many lines at the top and at the foot of a page may be a running head.
_EDGE_LINES = 4


def without_running(lines: list[Line]) -> list[Line]:
    """Give the lines without running feet, page numbers and all but the first of each running head, which comes first."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    heads, feet = _recurring(pages, top=True), _recurring(pages, top=False)
    told: set[str] = set()
    body: list[Line] = []
    for number, page in pages.items():
        edges = {id(line) for line in (*_edge(page, top=True), *_edge(page, top=False))}
        kept_heads: list[Line] = []
        rest: list[Line] = []
        for line in page:
            key = _key(line)
            if id(line) not in edges:
                rest.append(line)
            elif key in heads[number] and not _is_page_number(line, len(pages)):
                if key not in told:
                    told.add(key)
                    kept_heads.append(line)
            elif key not in feet[number] and not _is_page_number(line, len(pages)):
                rest.append(line)
        # A head may be written last in the file; it is read first.
        body += sorted(kept_heads, key=lambda line: -line.base) + rest
    return body


def _key(line: Line) -> str:
    """A running head changes in the number of its page alone."""
    return _NUMBER_IN_HEAD.sub("#", line.text)


def _edge(page: list[Line], *, top: bool) -> list[Line]:
    return sorted(page, key=lambda line: line.base, reverse=top)[:_EDGE_LINES]


def _recurring(pages: dict[int, list[Line]], *, top: bool) -> dict[int, set[str]]:
    """Give for each page the keys of the lines that stand at the same height of at least two pages, and two in five."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, page in pages.items():
        for line in _edge(page, top=top):
            for height in (round(line.base / 4), round(line.base / 4) + 1):
                seen[_key(line), height].add(number)
    recurring: dict[int, set[str]] = defaultdict(set)
    for (key, _), numbers in seen.items():
        # A row of a table may recur too; a running head says something.
        if len(numbers) >= max(2, 0.4 * len(pages)) and re.search(r"[^\W\d_]{2}", key):
            for number in numbers:
                recurring[number].add(key)
    return recurring


def _is_page_number(line: Line, pages: int) -> bool:
    pattern = _PAGE_NUMBER if pages > 1 else _SURELY_PAGE_NUMBER
    return bool(_PAGE_NUMBER.fullmatch(line.text) and pattern.fullmatch(line.text))
