"""An OpenDocument spreadsheet: see `odf`."""

from racing.reading.documents.odf import extract_ods

__all__ = ["extract_ods"]
