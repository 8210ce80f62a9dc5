"""A web page: what it tells, without what surrounds it."""

import re
from collections import defaultdict
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from racing.reading.documents.cells import cell_text
from racing.reading.documents.places import Place, joined, placed, stops_of
from racing.reading.documents.txt import decode
from racing.reading.documents.webtables import is_layout, table_lines

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
#: What is no part of a report wherever it stands.
_NEVER = (
    "script, style, noscript, template, iframe, object, svg, canvas, audio, video, button, select, textarea, input, "
    "dialog, nav, aside, footer, [hidden], [aria-hidden=true], "
    "[style*='display:none'], [style*='display: none'], [role=navigation], [role=complementary], "
    "[role=contentinfo], [role=dialog], [role=alertdialog], [role=search]"
)
#: Words in an id or a class that name a page's furniture.
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|rgpd|newsletter|breadcrumbs?|social|share|sharing|partage|comments?|respond"
    r"|related|sidebar|menu|navbar|popup|modal|banner|advert|ads?|sponsors?|footer|pagination|toolbar|topbar|subscribe"
    r"|taglist)(?:[-_\s]|$)"
    # Programs that ask for consent name their boxes by themselves.
    r"|onetrust|didomi|tarteaucitron|axeptio|cookiebot|cookieconsent|cookienotice|cookielaw|usercentrics|quantcast|iubenda|klaro",
    re.I,
)
#: Furniture is small: an element with more than this share of the page's words is its content, whatever its class.
_FURNITURE_SHARE = 0.4
#: An element with less of the page's words than this does not hold the report, whatever it is called.
_CONTENT_SHARE = 0.4
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|form|h[1-6]|header|hgroup"
    "|hr|html|legend|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
#: Stands for a blank that is no mere space between words; no page holds it.
_KEPT = "\x00"
#: Stands around the numbers of a table and a row before what the row says; taken out of what pages hold.
_SIGN = "\x01"
_ROW_SIGN = re.compile(f"{_SIGN}([0-9]+) ([0-9]+){_SIGN}")
#: Deeper than any page is written; guards the walk against a page made to exhaust it.
_DEPTH_MAX = 200


def extract_html(data: bytes) -> str:
    """Give the text of a page, a line for each heading, paragraph, item of a list and row of a table."""
    declared = _CHARSET.search(data[:2048])
    tree = LexborHTMLParser(decode(data, declared[1].decode("ascii") if declared else ""))
    title = tree.css_first("title")
    title_line = _words(title.text()) if title else ""
    if tree.body is None:
        return title_line
    page = _Page(tree.body)
    root = page.content()
    lines = [*page.lines_outside(root), *page.lines(root)]
    if title_line and not tree.body.css_first("h1"):
        lines.insert(0, title_line)
    return joined(lines if page.tables > 1 else map(_of_the_only_table, lines))


def _named_as_furniture(body: LexborNode) -> Iterator[LexborNode]:
    for node in body.css("[id], [class]"):
        named = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
        if node.tag not in ("html", "body", "main", "article") and _FURNITURE.search(named):
            yield node


class _Page:
    """A page and what of it is no part of the report: that is left where it is and passed by, since taking nodes out of
    the tree while others point into them is how parsers crash."""

    def __init__(self, body: LexborNode) -> None:
        self.body = body
        #: How many tables have been given, and whether one is being given now.
        self.tables = 0
        self._in_table = False
        self.passed_by = {node.mem_id for node in body.css(_NEVER)}
        lengths = self._lengths()
        for node in [*_named_as_furniture(body), *body.css("body > header:not(:has(h1))")]:
            if (
                not node.css_first("main, article")
                and lengths.get(node.mem_id, 0) < _FURNITURE_SHARE * lengths[body.mem_id]
            ):
                self.passed_by.add(node.mem_id)

    def _lengths(self) -> dict[int, int]:
        """Give how many letters each element shows, by its id."""
        seen: list[tuple[int, int, int]] = []
        waiting = [(self.body, 0)]
        while waiting:
            node, parent = waiting.pop()
            own = len("".join((node.text_content or "").split())) if node.tag == "-text" else 0
            seen.append((node.mem_id, parent, own))
            children = (child for child in node.iter(include_text=True) if child.mem_id not in self.passed_by)
            waiting += [(child, node.mem_id) for child in children]
        lengths: dict[int, int] = defaultdict(int)
        # Parents stand before their children.
        for node_id, parent, own in reversed(seen):
            lengths[node_id] += own
            lengths[parent] += lengths[node_id]
        return lengths

    def content(self) -> LexborNode:
        """Give the element that holds the report: `main`, else the only `article`, unless most of the page is elsewhere."""
        lengths = self._lengths()
        for found in (self.body.css("main, [role=main]"), self.body.css("article")):
            if len(found) == 1 and lengths[found[0].mem_id] > _CONTENT_SHARE * lengths[self.body.mem_id]:
                return found[0]
        return self.body

    def lines_outside(self, root: LexborNode) -> Iterator[str]:
        """Give the page's headline and its tables where they stand outside of the element that holds the report."""
        told = {root.mem_id}
        for node in self.body.css("h1, table") if root.mem_id != self.body.mem_id else ():
            if not any(each.mem_id in told or each.mem_id in self.passed_by for each in _with_ancestors(node)):
                told.add(node.mem_id)
                yield from self.lines(node)

    def lines(self, root: LexborNode) -> list[str]:
        """Give the lines of an element that hold anything; those that are rows of a table know which."""
        lines = (_unsigned(line) for line in "".join(self.pieces(root, 0)).split("\n"))
        whole = (
            (place, "\t".join(map(_words, line.split("\t"))).rstrip("\t").replace(_KEPT, " ").rstrip())
            for place, line in lines
        )
        return [placed(line, place) if place else line for place, line in whole if line.strip()]

    def pieces(self, node: LexborNode, depth: int) -> Iterator[str]:
        """Give the text of an element in pieces: "\\n" at the edges of blocks, a tab between cells."""
        if depth > _DEPTH_MAX:
            # Whatever is nested so deep is given without its form rather than lost.
            yield re.sub(r"\s+", " ", node.text()).replace(_SIGN, "")
            return
        if node.tag == "table" and not is_layout(node):
            yield self._table(node, depth)
            return
        number = _first_number(node)
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if child.mem_id in self.passed_by:
                continue
            if tag == "-text":
                # A tab or an end of line in the source is a blank on the page.
                yield _blanks(child.text_content or "", child)
            elif tag == "br":
                yield "\n"
            elif tag == "li" and number is not None:
                number = _number(child.attributes.get("value")) or number
                yield f"\n{number}. "
                yield from self.pieces(child, depth + 1)
                yield "\n"
                number += 1
            elif _BLOCKS.fullmatch(tag):
                yield "\n"
                yield from self.pieces(child, depth + 1)
                yield "\n"
            else:
                yield from self.pieces(child, depth + 1)

    def _table(self, node: LexborNode, depth: int) -> str:
        """Give the rows of a table, a line each, with the signs of their numbers; a table in a cell of another has none."""

        def rows() -> list[tuple[int, str]]:
            return list(
                table_lines(node, lambda cell: cell_text("".join(self.pieces(cell, depth + 1))), self.passed_by)
            )

        if self._in_table:
            return "\n".join(line for _number, line in rows())
        self._in_table = True
        self.tables += 1
        signed = (f"{_SIGN}{self.tables} {number}{_SIGN}{line}" if number else line for number, line in rows())
        text = "\n".join(signed)
        self._in_table = False
        return text


def _unsigned(line: str) -> tuple[Place, str]:
    """Take the sign of a row off a line."""
    found = _ROW_SIGN.match(line)
    if found is None:
        return Place(), line
    return Place(row=int(found[2]), table=int(found[1])), line[found.end() :]


def _of_the_only_table(line: str) -> str:
    """Give a line of a page with a single table: it need not be told which."""
    return placed(line, Place(stops[0].place.row)) if (stops := stops_of(line)) else line


def _first_number(node: LexborNode) -> int | None:
    """A numbered list shows numbers that its text does not hold: in a classification they are the places."""
    if node.tag != "ol" or "reversed" in node.attributes:
        return None
    return _number(node.attributes.get("start")) or 1


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[0-9]{1,4}", value) else None


def _blanks(text: str, node: LexborNode) -> str:
    """Give a text with single blanks; its line ends count only where the page shows text as it is written."""
    text = text.replace(_SIGN, "")
    if not _as_written(node):
        return re.sub(r"\s+", " ", text)
    # Where blanks align a table, they are kept: they tell the columns.
    return re.sub(r"[^\S\n]{2,}", lambda match: _KEPT * len(match[0].expandtabs()), text)


def _as_written(node: LexborNode) -> bool:
    return any(each.tag == "pre" for each in _with_ancestors(node))


def _with_ancestors(node: LexborNode) -> Iterator[LexborNode]:
    above: LexborNode | None = node
    while above is not None:
        yield above
        above = above.parent


def _words(text: str) -> str:
    return " ".join(text.split())
