"""The words of sheets, read from `words.toml`, and how a head is compared with them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from racing.reading.folding import fold

#: No head and no status is longer.
_HEAD_LONGEST = 80
_SIGNS = re.compile(r"[\W_]+")
#: One of several drivers: "Driver 1", "PILOTE2_NOM".
_ONE_OF = re.compile(r"(?P<who>[a-z]+?) ?(?P<number>[1-6])(?: (?P<what>[a-z ]+))?")
_OF_ONE = re.compile(r"(?P<what>[a-z ]+?) (?P<who>[a-z]+) ?(?P<number>[1-6])")


@cache
def words() -> Mapping[str, Any]:
    """Give the table of `words.toml`."""
    return tomllib.loads(resources.files("racing.reading").joinpath("sheets", "words.toml").read_text("utf-8"))


def normal(text: str) -> str:
    """Give a head or a status as the file has it: folded, signs as blanks; "#" stays where nothing else is."""
    folded = fold(text)
    plain = _SIGNS.sub(" ", folded.replace("°", " ")).strip()
    return plain or ("#" if "#" in folded else "")


@cache
def _inverted(table: str) -> dict[str, str]:
    return {word: kind for kind, listed in words()[table].items() for word in listed}


def role_of(head: str) -> tuple[str, int]:
    """Give what a column holds by its head, "" where that is not known, and which of several drivers (0: not told)."""
    if len(head) > _HEAD_LONGEST:
        return "", 0
    whole = normal(head)
    known = _inverted("columns")
    if whole in known:
        return known[whole], 0
    one = _ONE_OF.fullmatch(whole) or _OF_ONE.fullmatch(whole)
    if one and known.get(one["who"]) == "driver":
        what = known.get(one["what"], "ignored") if one["what"] else "driver"
        return what, int(one["number"])
    for part in re.split(r"\s*[/\n|]\s*|\s+-\s+|\s*[()]\s*", head):
        role = known.get(normal(part))
        if role:
            return role, 0
    return "", 0


def crew_and_team(head: str) -> str:
    """Say which a column names first that names both drivers and team ("Fahrer / Bewerber"): "driver", "team", or ""."""
    if len(head) > _HEAD_LONGEST:
        return ""
    found = list(dict.fromkeys(_inverted("columns").get(normal(part), "") for part in re.split(r"[/\n|]", head)))
    return found[0] if sorted(found) == ["driver", "team"] else ""


def status_of(text: str) -> str:
    """Give "finished", "DNF", "NC", "DNS" or "DSQ" for what a sheet writes of it ("AB/DNF"), else ""."""
    if len(text) > _HEAD_LONGEST:
        return ""
    known = _inverted("status")
    for part in (text, *re.split(r"[/,:(\[–-]", text)):
        found = known.get(normal(part))
        if found:
            return found
    return ""


@cache
def _country_codes() -> dict[str, str]:
    return {code: country for country, codes in words()["countries"].items() for code in codes}


def country_of(code: str) -> str:
    """Give the ISO code of two letters for a code of the sport ("SUI"), "" where it is none."""
    code = code.strip().upper()
    found = _country_codes().get(code, "")
    return found or (code if code in words()["countries"] else "")


def has_phrase(line: str, phrases: list[str]) -> bool:
    """Say whether a normal line holds one of the phrases as words of its own."""
    return any(f" {phrase} " in f" {line} " for phrase in phrases)


def language_of_sheet(text: str) -> str:
    """Give the language by the words of heads and headings; English where nothing tells."""
    plain = f" {normal(text)} "
    shares = {code: sum(plain.count(f" {word} ") for word in known) for code, known in words()["languages"].items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] else "en"
