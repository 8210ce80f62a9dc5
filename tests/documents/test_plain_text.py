"""Text files in every encoding that people send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racing.reading.documents import Document, DocumentError, clean, extract

SENTENCE = "Été à Spa : Żak s’impose, Güven 2e"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert extract(SENTENCE.encode(encoding)) == Document(SENTENCE, "txt")


def test_latin_1_text_is_read() -> None:
    text = "Le pilote français, né à Liège, était très sûr : « gagné »"
    assert extract(text.encode("latin-1")) == Document(text, "txt")


def test_the_typographer_s_marks_of_windows_are_read() -> None:
    assert extract("L’Œuvre — 5 € …".encode("cp1252")) == Document("L’Œuvre — 5 € …", "txt")


def test_a_report_in_chinese_is_text_all_the_same() -> None:
    text = "卡雷拉杯第一回合:张三夺冠,李四第二。"
    assert extract(text.encode()) == Document(text, "txt")


def test_zeros_in_a_text_are_left_out() -> None:
    assert extract(b"Ferrand\0 gagne la course 1 devant Brandl").text == "Ferrand gagne la course 1 devant Brandl"


def test_accents_written_apart_are_put_together() -> None:
    assert extract("Gu\u0308ven, e\u0301te\u0301".encode()).text == "Güven, été"


def test_lines_end_in_one_way() -> None:
    assert extract(b"a\r\nb\rc\nd\x0be\x0cf").text == "a\nb\nc\nd\ne\nf"


def test_marks_that_turn_the_writing_or_hide_in_it_are_left_out() -> None:
    assert extract("Fer\u00adrand \u202edlnarB\u202c \u200bwins\ufeff".encode()).text == "Ferrand dlnarB wins"


def test_blanks_that_do_not_break_stay_and_so_do_joined_emoji() -> None:
    text = "«\u00a0Bravo\u202f!\u00a0» 👩‍🔧"
    assert extract(text.encode()).text == text


def test_a_text_of_invisible_characters_is_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        extract("\ufeff\u200b\n".encode())
    assert caught.value.code == "empty"


def test_a_text_as_long_as_allowed_is_read_and_one_character_more_is_not() -> None:
    assert len(extract(b"x" * 500, max_characters=500).text) == 500
    with pytest.raises(DocumentError) as caught:
        extract(b"x" * 501, max_characters=500)
    assert (caught.value.code, caught.value.detail) == ("too_long", "501")


def test_a_line_of_a_megabyte_is_read_whole() -> None:
    text = "Ferrand 1, " * 90_000
    assert extract(text.encode()).text == text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_there_is_a_clean_text_or_a_document_error(data: bytes) -> None:
    try:
        text = extract(data).text
    except DocumentError:
        return
    assert text == clean(text)
    assert text.encode().decode() == text
