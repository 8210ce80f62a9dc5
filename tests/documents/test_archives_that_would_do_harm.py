"""A zip is judged by its table of contents, before anything in it is unpacked."""

import io
import struct
import zipfile

import pytest

from racing.reading.documents import DocumentError, extract, sniff
from tests.documents import papers


def code_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        sniff(data)
    return caught.value.code


def test_a_zip_bomb_named_docx_is_refused() -> None:
    bomb = papers.bomb()
    assert len(bomb) < 200_000
    assert code_of(bomb) == "zip_bomb"


def test_a_smaller_bomb_is_known_by_how_well_it_packs() -> None:
    assert code_of(papers.bomb(20 << 20)) == "zip_bomb"


def test_ten_thousand_members_are_refused() -> None:
    assert code_of(papers.word_with({f"word/media/{n}.png": b"" for n in range(10_000)})) == "zip_bomb"


def test_a_table_of_contents_that_lies_about_its_length_is_refused_before_it_is_read() -> None:
    data = bytearray(papers.word(papers.WIN))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 500 << 20)
    assert code_of(bytes(data)) == "zip_bomb"


def test_a_zip64_is_larger_than_any_report() -> None:
    data = papers.word(papers.WIN)
    end = data.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    assert code_of(data[:end] + locator + data[end:]) == "zip_bomb"


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word/../../x", "..\\..\\x", "C:/x"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    assert code_of(papers.word_with({name: b"x"})) == "zip_slip"


def test_a_member_under_a_password_is_refused() -> None:
    data = bytearray(papers.word(papers.WIN))
    entry = data.find(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert code_of(bytes(data)) == "encrypted"


@pytest.mark.parametrize("kept", [4, 30, 1000, 20_000])
def test_a_docx_that_came_in_part_is_broken(kept: int) -> None:
    assert code_of(papers.word(papers.WIN)[:kept]) == "broken"


def test_an_empty_zip_is_no_document() -> None:
    assert code_of(papers.packed()) == "unsupported"


def test_a_member_that_unpacks_to_more_than_it_says_is_not_read_further() -> None:
    file = io.BytesIO(papers.bomb(30 << 20))
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    data = bytearray(file.getvalue())
    # The table of contents says a thousand bytes of the large member; the zip holds 30 MB.
    entry = -1
    for _ in range(names.index("word/document.xml") + 1):
        entry = data.find(b"PK\x01\x02", entry + 1)
    data[entry + 24 : entry + 28] = struct.pack("<L", 1000)
    assert sniff(bytes(data)) == "docx"
    with pytest.raises(DocumentError) as caught:
        extract(bytes(data))
    assert caught.value.code == "broken"


def test_entities_that_multiply_are_not_followed() -> None:
    entities = b'<!ENTITY a0 "lol">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    body = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
    xml = b"<!DOCTYPE x [" + entities + b"]>" + body + b"&a9;</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(DocumentError) as caught:
        extract(papers.word_with({"word/document.xml": xml}))
    assert caught.value.code in ("broken", "no_text")
