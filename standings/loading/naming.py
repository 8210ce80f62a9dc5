"""Names of the archive to names of ours: a driver's first name and surname, the make of a chassis. Plain."""

from collections.abc import Mapping

from racing.names import PARTICLES, fold

SUFFIXES = ("Jr.", "Sr.")


def split_name(name: str, abbreviation: str) -> tuple[str, str]:
    """Give first name and surname. The archive's abbreviation tells where the surname begins, else it is the last word."""
    words = name.split()
    start = len(words) - 1
    if start and words[start] in SUFFIXES:
        start -= 1
    for index in range(1, len(words)):
        if abbreviation and fold("".join(words[index:])).replace(" ", "").startswith(abbreviation.lower()):
            start = index
            break
    while start > 1 and fold(words[start - 1]) in PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def builder_name(row: Mapping[str, str]) -> str:
    """Give the make of the chassis: "McLaren" of "McLaren-Honda". Raises ValueError where the name does not tell it."""
    name = row["name"]
    if row["constructor"] == row["engine"]:
        return name
    for index, letter in enumerate(name):
        if letter == "-" and fold(name[index + 1 :]).replace(" ", "") == fold(row["engine"]).replace(" ", ""):
            return name[:index]
    raise ValueError(f"{name} does not end with the engine {row['engine']}")
