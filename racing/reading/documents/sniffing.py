"""What a document is, by its content; its name is never asked."""

import re

from racing.reading.documents.archive import member_names
from racing.reading.documents.csv import delimiter_of
from racing.reading.documents.errors import DocumentError
from racing.reading.documents.mailheads import is_mail
from racing.reading.documents.txt import decode

#: Signatures of programs and of what starts programs. "MZ" and "#!" are told apart below: sentences may begin so too.
_PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
    b"dex\n03",
    b"MSCF\0\0\0\0",
    b"L\0\0\0\x01\x14\x02\0",
)
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_OTHERS = (
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh91AY&SY", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"%!PS", "PostScript"),
)
#: Microsoft's container of Word 97, Excel 97, and of anything that Office has encrypted.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_COMPOUNDS = (("WordDocument", "DOC"), ("Workbook", "XLS"), ("PowerPoint", "PPT"), ("__substg1.0_", "MSG"))
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<(?:head|body|article|section|main|header|div|p|pre|h[1-6]|table|ul|ol|dl|span|center|font|b|br|hr|a|img|meta|title)\b[^<>]*>",
    re.I,
)
_SVG = re.compile(r"<svg[\s>]", re.I)


def sniff(data: bytes) -> str:
    """Give the format of a document, one of `racing.reading.documents.FORMATS`.

    Raises DocumentError where it is none of them: empty, executable, image, unsupported (`detail` names the format),
    zip_bomb, zip_slip, encrypted, broken or unknown_format.
    """
    if not data.strip(b"\0\t\n\r\f\v "):
        raise DocumentError("empty")
    _refuse_known(data)
    if _is_pdf(data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if is_mail(data):
        return "eml"
    return _sniff_text(decode(data))


def _is_pdf(data: bytes) -> bool:
    """PDF readers accept rubbish before the header; so do we, where objects of a PDF follow."""
    return data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and b"endobj" in data)


def _refuse_known(data: bytes) -> None:
    if data.startswith(_PROGRAMS) or re.match(rb"#! ?/", data) or (data.startswith(b"MZ") and b"\0" in data[:512]):
        raise DocumentError("executable")
    for signature, name in _PICTURES:
        if data.startswith(signature):
            raise DocumentError("image", name)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise DocumentError("image", "WEBP")
    if data.startswith(b"BM") and b"\0" in data[:32]:
        raise DocumentError("image", "BMP")
    if data[4:8] == b"ftyp":
        raise DocumentError("image", "HEIC" if data[8:11] in (b"hei", b"mif") else "MP4")
    for signature, name in _OTHERS:
        if data.startswith(signature):
            raise DocumentError("unsupported", name)
    if data.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError("encrypted")
        # Names of streams tell what the container holds.
        held = ((name, kind) for name, kind in _IN_COMPOUNDS if name.encode("utf-16-le") in data)
        raise DocumentError("unsupported", next((kind for _, kind in held), "DOC"))


def _sniff_zip(data: bytes) -> str:
    names = member_names(data)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentError("executable", "VBA")
    if "[Content_Types].xml" in names:
        if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
            return "docx"
        if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
            return "xlsx"
        if any(name.startswith("xl/") for name in names):
            raise DocumentError("unsupported", "XLSB")
        if any(name.startswith("ppt/") for name in names):
            raise DocumentError("unsupported", "PPTX")
    if "content.xml" in names and "mimetype" in names:
        # The kind stands uncompressed in the first bytes, so that it can be sniffed.
        for name, kind in _OPEN_DOCUMENTS:
            if name in data[:200]:
                return kind
        raise DocumentError("unsupported", "ODF")
    raise DocumentError("unsupported", "ZIP")


def _sniff_text(text: str) -> str:
    start = text[:4096].lstrip("\ufeff \t\r\n\0")
    if start.startswith("<"):
        html = _HTML.search(start)
        svg = _SVG.search(start)
        if svg and not (html and html.start() < svg.start()):
            raise DocumentError("image", "SVG")
        if html:
            return "html"
    return "csv" if delimiter_of(text) else "txt"
