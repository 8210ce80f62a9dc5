"""Tables in a text, read as what they are: classifications, grids and points tables, a fact for each row and ranking.

The text is a document's as `racing.reading.documents` renders it, whose map leads from spans back to the page and the row.
`with_tables` is what the reader needs to know of this room.
"""

from racing.reading.sheets.merging import with_tables

__all__ = ["with_tables"]
