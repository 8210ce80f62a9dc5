"""A place in a document in the reader's language: "page 2, row 14"."""

from django.utils.translation import gettext as _

from racing.reading.documents.places import Place


def place_words(place: Place) -> str:
    """Say where something stands, from the file down to the row; "" for nowhere."""
    told = [
        (place.file, _("attachment “%(name)s”") % {"name": place.file}),
        (place.sheet, _("sheet “%(name)s”") % {"name": place.sheet}),
        (place.page, _("page %(number)d") % {"number": place.page}),
        (place.table, _("table %(number)d") % {"number": place.table}),
        (place.row, _("row %(number)d") % {"number": place.row}),
    ]
    return ", ".join(words for there, words in told if there)
