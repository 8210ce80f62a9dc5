"""Bring the translations up to date: `.venv/bin/python -m scripts.messages`. Needs the packages of requirements/test.txt.

Finds every message in the code and the templates, writes the new ones into `locale/*/LC_MESSAGES/django.po`, takes out those
that are used no more, and compiles the catalogues. What has no translation yet is printed. Django's own command asks for GNU
gettext, which a fresh machine does not have; the files are the same. Modules of JavaScript hold no words: the templates hand
them theirs.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = {"fr": "nplurals=2; plural=(n > 1);", "en": "nplurals=2; plural=(n != 1);"}
#: Where the arguments of a call lie that make a message: context, singular, plural.
SINGULAR, PLURAL = (None, 0, None), (None, 0, 1)
IN_CONTEXT, PLURAL_IN_CONTEXT = (0, 1, None), (0, 1, 2)
CALLS = {"_": SINGULAR, "gettext": SINGULAR, "ngettext": PLURAL, "pgettext": IN_CONTEXT, "npgettext": PLURAL_IN_CONTEXT}
CALLS |= {f"{name}_lazy": arguments for name, arguments in CALLS.items()} | {"gettext_noop": SINGULAR}
#: What templates call, once they are blanked out but for their messages.
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(?:n?p?gettext|_)\((?:\s*{LITERAL}\s*,?)+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")

#: Context (None without one), singular and plural (None without one).
Message = tuple[str | None, str, str | None]


def messages() -> list[Message]:
    """Give every message of the code and the templates once, in the order of files and lines."""
    found: dict[tuple[str | None, str], str | None] = {}
    for folder, suffix, find in (
        ("racing", "py", in_code),
        ("standings", "py", in_code),
        ("templates", "html", in_template),
    ):
        for path in sorted((ROOT / folder).rglob(f"*.{suffix}")):
            for context, singular, plural in find(path.read_text(encoding="utf-8")):
                # Said with a plural in one place and without in another, it is one message.
                found[context, singular] = plural or found.get((context, singular))
    return [(context, singular, plural) for (context, singular), plural in found.items()]


def in_code(text: str) -> Iterator[Message]:
    """Give the messages of a module. Arguments that are no plain strings are made elsewhere, and found there."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in CALLS:
            continue
        told = [
            each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None for each in node.args
        ]
        context, singular, plural = (told[at] if at is not None and at < len(told) else None for at in CALLS[name])
        if singular:
            yield context, singular, plural


def in_template(text: str) -> Iterator[Message]:
    """Give the messages of a template."""
    for call in IN_TEMPLATE.findall(templatize(text)):
        yield from in_code(f"{call})")


def brought_up_to_date(language: str, used: list[Message]) -> polib.POFile:
    """Give a language's catalogue with all messages that are used and no other.

    English holds only what the message itself does not say: those with a context, and plurals, which differ from the
    default language's.
    """
    path = catalogue(language)
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry for entry in before}
    after = polib.POFile(wrapwidth=0)
    after.metadata = {
        "Project-Id-Version": "Parc fermé",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    for message in used:
        if language != "en" or message[0] or message[2]:
            after.append(known.get(message) or fresh(message, language))
    return after


def fresh(message: Message, language: str) -> polib.POEntry:
    """Make the entry of a new message; English is its own translation."""
    context, singular, plural = message
    form = ["python-format"] if PLACEHOLDER.search(singular + (plural or "")) else []
    entry = polib.POEntry(msgctxt=context, msgid=singular, msgid_plural=plural or "", flags=form)
    said = (singular, plural) if language == "en" else ("", "")
    if plural:
        entry.msgstr_plural = dict(enumerate(said))
    else:
        entry.msgstr = said[0]
    return entry


def catalogue(language: str) -> Path:
    """Say where a language's messages lie."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compiled(path: Path) -> bytes:
    """Give what the catalogue at a path is compiled to."""
    return bytes(polib.pofile(str(path)).to_binary())


def main() -> None:
    """Write and compile the catalogues; ends with 1 where a translation is missing, after naming each."""
    used = messages()
    missing = 0
    for language in LANGUAGES:
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        after = brought_up_to_date(language, used)
        after.save(str(path))
        path.with_suffix(".mo").write_bytes(compiled(path))
        for entry in after.untranslated_entries():
            missing += 1
            print(f"{language}: no words for {entry.msgid!r}")
        print(f"{path.relative_to(ROOT)}: {len(after)} messages")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
