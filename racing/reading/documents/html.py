"""A web page: what it tells, without what surrounds it."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from racing.reading.documents.txt import decode

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
#: What is no part of a report wherever it stands.
_NEVER = (
    "script, style, noscript, template, iframe, object, svg, canvas, audio, video, button, select, textarea, input, "
    "dialog, nav, aside, footer, [hidden], [aria-hidden=true], [role=navigation], [role=complementary], "
    "[role=contentinfo], [role=dialog], [role=alertdialog], [role=search]"
)
#: Words in an id or a class that name a page's furniture.
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|rgpd|newsletter|breadcrumbs?|social|share|sharing|partage|comments?|respond"
    r"|related|sidebar|menu|navbar|popup|modal|banner|advert|ads?|sponsors?)(?:[-_\s]|$)",
    re.I,
)
#: Furniture is small: an element with more than this share of the page's words is its content, whatever its class.
_FURNITURE_SHARE = 0.4
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|form|h[1-6]|header|hgroup"
    "|hr|html|legend|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
#: Deeper than any page is written; guards the walk against a page made to exhaust it.
_DEPTH_MAX = 200


def extract_html(data: bytes) -> str:
    """Give the text of a page, a line for each heading, paragraph, item of a list and row of a table."""
    declared = _CHARSET.search(data[:2048])
    tree = LexborHTMLParser(decode(data, declared[1].decode("ascii") if declared else ""))
    title = tree.css_first("title")
    title_line = _words(title.text()) if title else ""
    tree.strip_tags(_NEVER.split(", "))
    body = tree.body
    if body is None:
        return ""
    _drop_furniture(body)
    root = _content(body)
    lines = [*_outside(body, root), *_lines(root)]
    if title_line and not body.css_first("h1"):
        lines.insert(0, title_line)
    return "\n".join(lines)


def _drop_furniture(body: LexborNode) -> None:
    """Take out cookie banners, share buttons and the like, known by their id or class, and the page's own header."""
    whole = len(body.text())
    for node in body.css("[id], [class]"):
        named = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}"
        if node.tag not in ("html", "body", "main", "article") and _FURNITURE.search(named):
            _drop_unless_large(node, whole)
    for node in body.css("body > header"):
        if not node.css_first("h1"):
            _drop_unless_large(node, whole)


def _drop_unless_large(node: LexborNode, whole: int) -> None:
    if len(node.text()) < _FURNITURE_SHARE * whole and not node.css_first("main, article"):
        node.decompose()


def _content(body: LexborNode) -> LexborNode:
    """Give the element that holds the report: `main`, else the only `article`, unless most of the page is elsewhere."""
    whole = len(body.text())
    for found in (body.css("main, [role=main]"), body.css("article")):
        if len(found) == 1 and len(found[0].text()) > 0.4 * whole:
            return found[0]
    return body


def _outside(body: LexborNode, root: LexborNode) -> list[str]:
    """Give the page's headline and its tables where they stand outside of what holds the report."""
    inside = {node.mem_id for node in root.css("h1, table")}
    if root.mem_id == body.mem_id:
        return []
    return [line for node in body.css("h1, table") if node.mem_id not in inside for line in _lines(node)]


def _lines(root: LexborNode) -> list[str]:
    """Give the lines of an element that hold anything."""
    lines = "".join(_pieces(root, 0)).split("\n")
    return [line for line in ("\t".join(map(_words, line.split("\t"))).rstrip("\t") for line in lines) if line.strip()]


def _pieces(node: LexborNode, depth: int) -> Iterator[str]:
    """Give the text of an element in pieces: "\\n" at the edges of blocks, a tab between cells."""
    if depth > _DEPTH_MAX:
        # Whatever is nested so deep is given without its form rather than lost.
        yield re.sub(r"\s+", " ", node.text())
        return
    number = _first_number(node)
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag == "-text":
            # A tab or an end of line in the source is a blank on the page.
            yield re.sub(r"\s+", " ", child.text_content or "")
        elif tag == "br":
            yield " " if _in_cell(child) else "\n"
        elif tag in ("td", "th"):
            yield re.sub(r"\s+", " ", "".join(_pieces(child, depth + 1))) + "\t"
        elif tag == "li" and number is not None:
            number = _number(child.attributes.get("value")) or number
            yield f"\n{number}. "
            yield from _pieces(child, depth + 1)
            yield "\n"
            number += 1
        elif _BLOCKS.fullmatch(tag):
            yield "\n"
            yield from _pieces(child, depth + 1)
            yield "\n"
        else:
            yield from _pieces(child, depth + 1)


def _first_number(node: LexborNode) -> int | None:
    """A numbered list shows numbers that its text does not hold: in a classification they are the places."""
    if node.tag != "ol" or "reversed" in node.attributes:
        return None
    return _number(node.attributes.get("start")) or 1


def _number(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[0-9]{1,4}", value) else None


def _in_cell(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag in ("td", "th")


def _words(text: str) -> str:
    return " ".join(text.split())
