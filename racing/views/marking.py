"""A report's text as HTML with the evidence marked. Whatever stands in the text is shown as text, never as a page."""

from collections.abc import Container, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from racing.evidence import Break, Piece


def marked(pieces: Iterable[Piece], in_doubt: Container[str] = ()) -> SafeString:
    """Give the pieces as HTML: names, ranks and beginnings are links to the list beside the text.

    What only facts `in_doubt` (by their anchors) rest on is drawn otherwise.
    """
    return format_html_join("", "{}", ((_one(piece, in_doubt),) for piece in pieces))


def _one(piece: Piece, in_doubt: Container[str]) -> SafeString | str:
    words = _words(piece, in_doubt)
    return format_html("{}{}", _opening(piece.opening), words) if piece.opening else words


def _opening(opening: Break) -> SafeString:
    """Give what stands before a page, a sheet, a table or a row: its name, its number in the margin."""
    title, row = SafeString(), SafeString()
    if opening.title:
        kind = "page-in-line" if opening.inside else "page-begins"
        title = format_html('<span class="{}">{}</span>', kind, opening.title)
    if opening.row:
        row = format_html('<span class="row-number" data-row="{}"></span>', opening.row)
    return title + row


def _words(piece: Piece, in_doubt: Container[str]) -> SafeString | str:
    if not piece.of:
        return piece.text
    kind = "word" if piece.words else "says"
    if all(one.startswith("problem") for one in piece.of):
        kind = "unclear"
    elif any(one.startswith("correction") for one in piece.of):
        kind += " by-hand"
    elif all(one in in_doubt for one in piece.of if one.startswith("fact")):
        kind += " doubt"
    html: SafeString | str = piece.text
    if piece.words or piece.begins:
        html = format_html('<a href="#told-{}">{}</a>', (piece.words or piece.begins)[0], html)
    html = format_html('<mark class="{}" data-of="{}">{}</mark>', kind, " ".join(piece.of), html)
    for anchor in piece.begins:
        html = format_html('<span class="anchor" id="{}">{}</span>', anchor, html)
    return html
