"""A report's text as HTML with the evidence marked. Whatever stands in the text is shown as text, never as a page."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from racing.evidence import Piece


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Give the pieces as HTML: names, ranks and beginnings are links to the list beside the text."""
    return format_html_join("", "{}", ((_one(piece),) for piece in pieces))


def _one(piece: Piece) -> SafeString | str:
    if not piece.of:
        return piece.text
    kind = "says word" if piece.words else "says"
    if all(one.startswith("problem") for one in piece.of):
        kind = "unclear"
    all_of = " ".join(piece.of)
    if piece.words or piece.begins:
        leads_to = (piece.words or piece.begins)[0]
        html = format_html('<a class="{}" href="#told-{}" data-of="{}">{}</a>', kind, leads_to, all_of, piece.text)
    else:
        html = format_html('<span class="{}" data-of="{}">{}</span>', kind, all_of, piece.text)
    for anchor in piece.begins:
        html = format_html('<span class="anchor" id="{}">{}</span>', anchor, html)
    return html
