"""Every word that the site says is there in French, true to its English, and compiled."""

import re

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from scripts.messages import LANGUAGES, Message, catalogue, compiled, in_code, in_template, messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
USED = messages()
TEMPLATE = """{% load i18n %}{% translate "One" %}{% translate "Two" context "cars" as two %}{{ _("Three") }}
{% blocktranslate with a=b %}Four {{ a }}, 5 %{% endblocktranslate %}
{% blocktranslate count n=n context "laps" trimmed %}
  {{ n }} lap
{% plural %}
  {{ n }} laps
{% endblocktranslate %}<p>Not "translated"</p>{# _("Nor this") #}"""
CODE = """
one = _("One " "and a half")
two = lazy.pgettext_lazy("cars", "Two"), gettext(variable), other("Not translated")
three = ngettext("%(n)d lap", "%(n)d laps", n), npgettext("laps", "a", "b", n)
"""


def french() -> list[polib.POEntry]:
    return list(polib.pofile(str(catalogue("fr"))))


def said(entry: polib.POEntry) -> list[str]:
    """Give what a language says for a message: one text, or one a form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def asked(entry: polib.POEntry) -> Message:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def test_messages_are_found_in_templates() -> None:
    assert list(in_template(TEMPLATE)) == [
        (None, "One", None),
        ("cars", "Two", None),
        (None, "Three", None),
        (None, "Four %(a)s, 5 %%", None),
        ("laps", "%(n)s lap", "%(n)s laps"),
    ]


def test_messages_are_found_in_code() -> None:
    assert sorted(in_code(CODE), key=str) == [
        ("cars", "Two", None),
        ("laps", "a", "b"),
        (None, "%(n)d lap", "%(n)d laps"),
        (None, "One and a half", None),
    ]


def test_french_has_every_message_that_is_used_and_no_other() -> None:
    assert len(USED) > 500
    assert sorted(map(asked, french()), key=str) == sorted(USED, key=str)


def test_english_has_what_its_messages_do_not_say_by_themselves() -> None:
    english = polib.pofile(str(catalogue("en")))
    assert [asked(entry) for entry in english] == [message for message in USED if message[0] or message[2]]
    assert [
        entry.msgid for entry in english if said(entry) != [entry.msgid, entry.msgid_plural][: len(said(entry))]
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_open(language: str) -> None:
    entries = polib.pofile(str(catalogue(language)))
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete or not all(said(entry))] == []


def test_a_translation_fills_in_the_same_values() -> None:
    wrong = []
    for entry in french():
        forms = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        wanted = {tuple(sorted(PLACEHOLDER.findall(form))) for form in forms}
        wrong += [text for text in said(entry) if tuple(sorted(PLACEHOLDER.findall(text))) not in wanted]
    assert wrong == []


def test_french_is_set_as_the_french_set_it() -> None:
    """Typographic apostrophes and ellipses, and spaces that do not break before what stands alone."""
    loose = re.compile(r"""\w'\w|\.\.\.|(?<![\u00a0\u202f])[;?!»]|[^\W\d]:|[ ][:;?!»%]|«(?!\u00a0)""")
    markup = re.compile(r"<[^>]*>|%\(\w+\)[sd]")
    texts = [markup.sub("", text).replace("%%", "%") for entry in french() for text in said(entry)]
    assert [text for text in texts if loose.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = catalogue(language)
    assert path.with_suffix(".mo").read_bytes() == compiled(path), "run: python -m scripts.messages"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["Voiture", "général", "1 point", "12 points"]), ("en", ["Car", "overall", "1 point", "12 points"])],
)
def test_the_site_speaks_what_was_compiled(language: str, words: list[str]) -> None:
    with translation.override(language):
        points = [ngettext("%(points)s point", "%(points)s points", number) % {"points": number} for number in (1, 12)]
        assert [gettext("Car"), pgettext("ranking", "overall"), *points] == words


def test_french_counts_nothing_as_one() -> None:
    with translation.override("fr"):
        assert ngettext("%(cars)s car at the start", "%(cars)s cars at the start", 0) == "%(cars)s voiture au départ"
    with translation.override("en"):
        assert ngettext("%(cars)s car at the start", "%(cars)s cars at the start", 0) == "%(cars)s cars at the start"
        assert npgettext("no such", "car", "cars", 0) == "cars"
