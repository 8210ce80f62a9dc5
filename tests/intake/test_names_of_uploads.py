"""An uploader's name for a file is shown, so it must show what it is; it is never a path."""

import unicodedata

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from racing.intake import display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Spa – course 1 (été).pdf", "Spa – course 1 (été).pdf"),
        ("e\u0301te\u0301.txt", "été.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Anne\\Spa.docx", "Spa.docx"),
        ("..\\..\\x/../Spa.txt", "Spa.txt"),
        ("/", "unnamed"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("\0\0", "unnamed"),
        ("Spa\0.pdf", "Spa.pdf"),
        ("Spa\r\nSet-Cookie: x.pdf", "Spa Set-Cookie: x.pdf"),
        ("Spa\u202efdp.exe", "Spafdp.exe"),
        ("\u2066Spa\u2069\ufeff\u200b.txt", "Spa.txt"),
        ("  Spa   2017 .txt ", "Spa 2017 .txt"),
        ("🏁 Victoire 👩‍🔧.txt", "🏁 Victoire 👩‍🔧.txt"),
        ("斯帕.txt", "斯帕.txt"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ("x" * 300 + ".pdf", "x" * 115 + "….pdf"),
        ("y" * 300, "y" * 119 + "…"),
        ("\ud800.txt", "\ufffd.txt"),
    ],
)
def test_names_are_shown_as_what_they_are(name: str, shown: str) -> None:
    with translation.override("en"):
        assert display_name(name) == shown


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_name_gives_one_short_line(name: str) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= 120
    assert shown == shown.strip()
    assert not {"\n", "\0", "/", "\\", "\u202e"} & set(shown)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in shown)
