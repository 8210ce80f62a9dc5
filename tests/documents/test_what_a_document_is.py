"""A document is what its content says, whatever it is called."""

import pytest

from racing.reading.documents import DocumentError, sniff
from tests.documents import papers

WINDOWS_PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(200) + b"PE\0\0"


def code_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(DocumentError) as caught:
        sniff(data)
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("data", "code", "detail"),
    [
        (b"", "empty", ""),
        (b" \r\n\t\0\0", "empty", ""),
        (WINDOWS_PROGRAM, "executable", ""),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "executable", ""),
        (b"\xcf\xfa\xed\xfe" + bytes(60), "executable", ""),
        (b"\xca\xfe\xba\xbe\0\0\0\x34", "executable", ""),
        (b"#!/bin/sh\nrm -rf /\n", "executable", ""),
        (b"#! /usr/bin/env python3\n", "executable", ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image", "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "image", "JPEG"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image", "WEBP"),
        (b"BM\x36\0\0\0\0\0\0\0" + bytes(40), "image", "BMP"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "image", "HEIC"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>P1</text></svg>', "image", "SVG"),
        (b"{\\rtf1 Ferrand wins}", "unsupported", "RTF"),
        (b"\x1f\x8b\x08\0" + bytes(20), "unsupported", "GZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported", "DOC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "unsupported", "XLS"),
        (papers.packed(**{"notes.txt": b"P1"}), "unsupported", "ZIP"),
        (papers.packed(**{"[Content_Types].xml": b"", "xl/workbook.bin": b""}), "unsupported", "XLSB"),
        (
            papers.packed(**{"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b""}),
            "unsupported",
            "ODF",
        ),
        (papers.word_with({"word/vbaProject.bin": b"macro"}), "executable", "VBA"),
        (bytes(range(256)) * 40, "unknown_format", ""),
    ],
)
def test_what_is_no_report_is_refused_by_its_name(data: bytes, code: str, detail: str) -> None:
    assert code_of(data) == (code, detail)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (papers.pdf(papers.WIN), "pdf"),
        (b"\r\n" + papers.pdf(papers.WIN), "pdf"),
        (b"\0\x01\x02\x03\xff\xfe" + papers.pdf(papers.WIN), "pdf"),
        (papers.word(papers.WIN), "docx"),
        (b"<!DOCTYPE html><html><p>P1</p></html>", "html"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b"<!-- saved -->\n<HTML><BODY>P1", "html"),
        (b"<div class='x'>Ferrand</div>", "html"),
        (b"<h1>P1</h1> <svg></svg>", "html"),
        ("<html><p>Été</p></html>".encode("utf-16"), "html"),
        (b"Ferrand wins", "txt"),
        (b"A < B, and <p> is not the beginning here", "txt"),
        (b"<Ferrand> wins", "txt"),
        # Sentences that begin as programs and pictures do.
        (b"MZ Racing wins at Spa", "txt"),
        (b"BMW wins at Spa", "txt"),
        (b"#1 Ferrand, #2 Brandl", "txt"),
        (b"BZh is no team, yet", "txt"),
        (b"The header of a %PDF-1.7 is not what this is", "txt"),
        ("Ferrand gagne à Spa".encode("utf-16"), "txt"),
        ("Ferrand gagne à Spa".encode("utf-16-le"), "txt"),
        ("法拉利赢得比赛".encode(), "txt"),
    ],
)
def test_what_can_be_read_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert sniff(data) == kind
