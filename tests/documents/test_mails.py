"""Mails: the body, whatever its form, and what is attached."""

import email.message
import email.policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from racing.reading.documents import DocumentError, extract, sniff
from tests.documents import papers
from tests.documents.papers import extracted_or_refused


def lines(data: bytes) -> list[str]:
    document = extract(data)
    assert document.format == "eml"
    return [line for line in document.text.split("\n") if line]


def message(body: str = "Ferrand gagne.", **heads: str) -> email.message.EmailMessage:
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = "presse@circuit.example"
    for name, value in heads.items():
        mail[name] = value
    mail.set_content(body)
    return mail


def test_subject_date_and_body_are_read() -> None:
    mail = message(
        "Ferrand gagne à Dijon.", Subject="TR: Résultats de la Coupe", Date="Sun, 12 Oct 2025 18:00:00 +0200"
    )
    assert lines(bytes(mail)) == ["Résultats de la Coupe", "12/10/2025", "Ferrand gagne à Dijon."]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252", "iso-8859-15"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_the_body_s_encoding_does_not_matter(charset: str, encoding: str) -> None:
    mail = message(Subject="x")
    mail.set_content("Zoé mène à Nogaro.", charset=charset, cte=encoding)
    assert lines(bytes(mail))[-1] == "Zoé mène à Nogaro."


def test_of_two_forms_the_one_with_the_table_is_read_once() -> None:
    mail = message("Pos Pilote\n1 Ferrand", Subject="Course 1")
    mail.add_alternative("<table><tr><td>1</td><td>Zoe Ferrand</td><td>Ouche</td></tr></table>", subtype="html")
    assert lines(bytes(mail)) == ["Course 1", "1\tZoe Ferrand\tOuche"]


def test_a_table_that_lays_out_a_mail_is_no_table_of_results() -> None:
    mail = message(Subject="Course 1")
    text = "Ferrand gagne la course devant Brandl. " * 10
    mail.set_content(
        f"<table><tr><td><table><tr><td><h1>Dijon</h1><p>{text}</p><p>Keane abandonne.</p></td></tr></table></td></tr></table>",
        subtype="html",
    )
    assert lines(bytes(mail)) == ["Course 1", "Dijon", text.strip(), "Keane abandonne."]


def test_attachments_that_can_be_read_are_and_the_others_are_named() -> None:
    mail = message("Voir la pièce jointe.", Subject="Course 1")
    mail.add_attachment(
        papers.word("Brandl gagne."), maintype="application", subtype="octet-stream", filename="récit.docx"
    )
    mail.add_attachment(
        b"Pos;No;Driver\n1;2;Ida Keane\n2;3;Otto Brandl\n", maintype="text", subtype="csv", filename="r1.csv"
    )
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="photo.png")
    mail.add_attachment(papers.bomb(), maintype="application", subtype="zip", filename="bombe.docx")
    assert lines(bytes(mail)) == [
        "Course 1",
        "Voir la pièce jointe.",
        "récit.docx",
        "Brandl gagne.",
        "r1.csv",
        "Pos\tNo\tDriver",
        "1\t2\tIda Keane",
        "2\t3\tOtto Brandl",
        "[photo.png]",
        "[bombe.docx]",
    ]


def test_a_mail_that_was_sent_on_stands_in_its_place() -> None:
    outer = message("Pour info.", Subject="Fwd: x")
    outer.add_attachment(message("Ferrand gagne.", Subject="Course 2"))
    assert lines(bytes(outer)) == ["x", "Pour info.", "Course 2", "Ferrand gagne."]


def test_mails_in_mails_without_end_are_followed_a_few_deep() -> None:
    data = papers.mail(("text/plain", b"Ferrand."))
    for _ in range(50):
        data = papers.mail(("application/octet-stream", data))
    assert len(lines(data)) < 30


def test_a_report_that_begins_like_a_letter_is_no_mail() -> None:
    assert sniff(b"Date: 12 octobre\nFerrand gagne la course.\n\nLa suite demain.") == "txt"
    assert sniff(b"Course: Dijon\nSubject: none\n\nFerrand gagne.") == "txt"


def test_a_mail_that_is_encrypted_is_told_so() -> None:
    data = b'From: a@b.example\nSubject: x\nContent-Type: multipart/encrypted; boundary="b"\n\n--b\n\nxx\n--b--\n'
    with pytest.raises(DocumentError) as caught:
        extract(data)
    assert caught.value.code == "encrypted"


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["multipart/mixed; boundary=b", "text/html", "message/rfc822", "text/plain; charset=x"]),
)
def test_whatever_follows_a_mail_s_heads_there_is_a_text_or_a_document_error(rest: bytes, kind: str) -> None:
    data = f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n".encode() + rest
    assert extracted_or_refused(data)


def test_a_subject_that_is_not_encoded_is_read_all_the_same() -> None:
    for encoding in ("utf-8", "cp1252"):
        data = "From: a@b.example\nSubject: Résultats de Nogaro\nDate: x\n\nZoé gagne.\n".encode(encoding)
        assert lines(data) == ["Résultats de Nogaro", "Zoé gagne."]


def test_a_page_saved_as_one_file_is_its_text_without_what_draws_it() -> None:
    data = (
        b'From: <Saved>\nSubject: Course 1\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
        b"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<html><body><nav>Menu</nav><div id=3D'cookie-banner'>Accept</div><p>Zo=C3=A9 gagne =C3=A0 Dijon.</p></body></html>\n"
        b"--b\nContent-Type: text/css\nContent-Location: a.css\n\np { color: red }\n"
        b"--b\nContent-Type: image/png\nContent-Location: a.png\n\nxx\n--b--\n"
    )
    assert lines(data) == ["Course 1", "Zoé gagne à Dijon."]
