"""An OpenDocument text: see `odf`."""

from racing.reading.documents.odf import extract_odt

__all__ = ["extract_odt"]
