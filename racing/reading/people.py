"""Who is named: drivers by their full names, and every place where the text speaks of them.

A name is a run of capitalised words that is no place, team, car or title. Full names come first; surnames, first names and
single names are then looked for beside them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from racing.reading.capitals import Word, cut_words, shown_nouns, without_homes, without_nouns
from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.lexicon import Lexicon
from racing.reading.pairings import listed, paired, part_crews
from racing.reading.runs import (
    are_joined,
    is_full_name,
    is_place,
    is_team,
    parted,
    place_letters,
    runs_of,
    trimmed,
    written,
)


@dataclass(slots=True)
class Known:
    """A driver in the making."""

    name: str
    mentions: list[Span] = field(default_factory=list)
    team: str = ""
    number: str = ""
    car: str = ""
    nationality: str = ""
    classes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """Everybody whom the text names. `at` gives, for the start of each mention, its end and the people it may mean.

    `classes` gives, for the start of each class that the text's own words tell, its end and its name.
    """

    people: list[Known] = field(default_factory=list)
    at: dict[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    teams: dict[int, int] = field(default_factory=dict)
    classes: dict[int, tuple[int, str]] = field(default_factory=dict)


def find_cast(text: str, lexicon: Lexicon, cut: list[Word] | None = None) -> Cast:
    """Name everybody and find all their mentions; `cut` are the words of the text, where they have been cut before."""
    words = part_crews(text, cut_words(text) if cut is None else cut, lexicon)
    shown = shown_nouns(words, lexicon)
    parts = (
        part
        for long in runs_of(text, words, lexicon)
        for run in without_nouns(long, shown, lexicon)
        for whole in parted(run, lexicon)
        if (part := trimmed(whole, lexicon))
    )
    runs = without_homes(list(parts), lexicon)
    cast = Cast()
    names: dict[str, int] = {}
    for run in runs:
        if len(run) > 1 and is_team(run, lexicon):
            cast.teams[run[0].start] = run[-1].end
        elif is_full_name(text, run, lexicon):
            _introduce(cast, names, written(run))
    _meet_relatives(text, runs, cast, names, lexicon)
    forms = _forms(cast, lexicon.name_endings)
    for word in paired(text, runs, lexicon):
        if tuple(_split(word.text)) not in forms:
            _introduce(cast, names, word.text)
    for run in runs:
        if len(run) <= 3 and run[0].start not in cast.teams and not is_place(run):
            _meet_alone(text, run, cast, names, forms, lexicon)
    _mark(text, words, cast, _forms(cast, lexicon.name_endings), lexicon)
    return cast


def _meet_relatives(text: str, runs: list[list[Word]], cast: Cast, names: dict[str, int], lexicon: Lexicon) -> None:
    """Take "Lukas" for Lukas Breuk in "Lukas und Teun Breuk", where no driver is called Lukas by his last name."""
    known = {key.split()[-1] for key in names}
    for alone, whole in pairwise(runs):
        between = fold(text[alone[-1].end : whole[0].start]).strip()
        if len(alone) == 1 and alone[0].folded in lexicon.first_names - known and between in lexicon.joining - {","}:
            family = whole[1:] if len(whole) > 1 and _key(written(whole)) in names else []
            if family and not any(key.startswith(f"{alone[0].folded} ") for key in names):
                _introduce(cast, names, written([*alone, *family]))


def _introduce(cast: Cast, names: dict[str, int], name: str) -> int:
    """Give the number of the person of that name, new or known by the same letters."""
    key = _key(name)
    if key not in names:
        names[key] = len(cast.people)
        cast.people.append(Known(name))
    elif not name.isascii() and cast.people[names[key]].name.isascii():
        cast.people[names[key]].name = name
    return names[key]


def _key(name: str) -> str:
    return fold(name).replace("-", " ")


def _split(name: str) -> list[str]:
    return _split_folded(fold(name))


def _split_folded(folded: str) -> list[str]:
    return folded.replace("-", " ").replace("'", "' ").split()


def sizes_of(forms: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """Give for the first part of each form how many parts forms have that begin with it, the most first."""
    sizes: dict[str, set[int]] = {}
    for form in forms:
        if form:
            sizes.setdefault(form[0], set()).add(len(form))
    return {first: sorted(found, reverse=True) for first, found in sizes.items()}


def _forms(cast: Cast, endings: Sequence[str] = ()) -> dict[tuple[str, ...], tuple[int, ...]]:
    """Give every way in which a person may be called, to the numbers of those who may be meant.

    The last word may have one of `endings` where that makes nobody else's name: "Vogels" is Vogel's.
    """
    forms: dict[tuple[str, ...], set[int]] = {}
    for number, person in enumerate(cast.people):
        parts = _split(person.name)
        whole = fold(person.name).replace("'", "' ").split()
        surname_at = len(whole[0].split("-")) if len(whole) > 1 else 0
        for start in {0, surname_at, *range(surname_at, len(parts))}:
            forms.setdefault(tuple(parts[start:]), set()).add(number)
    for number, person in enumerate(cast.people):
        first = tuple(fold(person.name).split()[0].split("-"))
        if len(person.name.split()) > 1 and first not in forms:
            forms.setdefault(("\0", *first), set()).add(number)
    result = {}
    for form, who in forms.items():
        if form[0] != "\0":
            result[form] = tuple(sorted(who))
        elif len(who) == 1 and form[1:] not in forms:
            result[form[1:]] = tuple(who)
    for form, known in list(result.items()):
        for ending in endings:
            result.setdefault((*form[:-1], form[-1] + ending), known)
    return result


def _meet_alone(
    text: str,
    run: list[Word],
    cast: Cast,
    names: dict[str, int],
    forms: dict[tuple[str, ...], tuple[int, ...]],
    lexicon: Lexicon,
) -> None:
    """Take a surname that no full name explains for a driver, where the words around it speak of one."""
    capitals = [word for word in run if word.capital]
    parts = tuple(part for word in run for part in _split(word.text))
    if len(capitals) != 1 or len(capitals[0].text) < 3 or parts in forms:
        return
    word = capitals[0]
    known = lexicon.phrases_at(parts, 0)
    if known and known.kind in ("class", "race", "day", "pole"):
        return
    if word.folded in lexicon.not_names or word.folded in lexicon.makes or word.folded in lexicon.nationalities:
        return
    if word.text.isupper() or word.folded in place_letters() or parts[-1:] in forms:
        return
    in_list = not lexicon.determiners and listed(text, run[0].start, run[-1].end)
    if in_list or _acts(text, run, forms, lexicon):
        _introduce(cast, names, "".join(w.text if w.folded.endswith("'") else w.text + " " for w in run).strip())


@cache
def _around(joining: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what may stand before and behind a name: a word, brackets, and a mark or word that joins names."""
    joins = "|".join(re.escape(word) for word in sorted(joining))
    before = re.compile(rf"([^\W\d_]+'?)\s*(?:\([^)]{{0,40}}\)\s*)?({joins})?\s*$")
    after = re.compile(rf"\s*(?:\([^)]{{0,40}}\)\s*)?((?:{joins})\s+)?(?:d'|de )?([^\W\d_]+(?:[-'][^\W\d_]+)*)")
    return before, after


def _acts(text: str, run: list[Word], forms: dict[tuple[str, ...], tuple[int, ...]], lexicon: Lexicon) -> bool:
    """Tell whether a lone name stands beside a driver, or before or behind a word that only drivers have."""
    behind_word, before_word = _around(lexicon.joining)
    context = fold(text[max(0, run[0].start - 60) : run[0].start])
    if f" {context.rstrip()}".endswith(lexicon.beside_phrases):
        return True
    before = behind_word.search(context)
    if before and not before[2]:
        if before[1] in lexicon.before_places or before[1] in lexicon.genitive:
            return False
        if before[1] in lexicon.beside_names:
            return True
    if before and before[2] and _is_form(before[1], forms):
        return True
    after = before_word.match(fold(text[run[-1].end : run[-1].end + 80]))
    if not after:
        return False
    return _is_form(after[2], forms) if after[1] else _begins_act(after[2], lexicon)


def _is_form(word: str, forms: dict[tuple[str, ...], tuple[int, ...]]) -> bool:
    parts = tuple(_split(word))
    return parts in forms or parts[-1:] in forms


def _begins_act(word: str, lexicon: Lexicon) -> bool:
    found = lexicon.phrases_at(word.replace("-", " ").split(), 0)
    return found is not None and found.kind in ("win", "finish", "complete", "ahead", "lead", "retirement")


def _mark(
    text: str, words: list[Word], cast: Cast, forms: dict[tuple[str, ...], tuple[int, ...]], lexicon: Lexicon
) -> None:
    """Find every mention, the longest form first, and keep it with the people it may mean."""
    sizes = sizes_of(forms)
    pieces = [(part, number) for number, word in enumerate(words) for part in _split_folded(word.folded)]
    at = 0
    while at < len(pieces):
        for size in sizes.get(pieces[at][0], ()):
            who = forms.get(tuple(part for part, _ in pieces[at : at + size]))
            if who and at + size <= len(pieces) and _can_be_name(text, words, pieces, at, size):
                first, last = words[pieces[at][1]], words[pieces[at + size - 1][1]]
                if first.start in cast.teams or any(cast.teams.get(w.start, 0) > last.end for w in (first,)):
                    break
                cast.at[first.start] = (last.end, who)
                for number in who if len(who) == 1 else ():
                    cast.people[number].mentions.append(Span(first.start, last.end))
                at += size - 1
                break
        at += 1


def _can_be_name(text: str, words: list[Word], pieces: list[tuple[str, int]], at: int, size: int) -> bool:
    """Tell whether the pieces are whole words, joined, and written as a name."""
    first, last = pieces[at][1], pieces[at + size - 1][1]
    if at > 0 and pieces[at - 1][1] == first:
        return False
    if at + size < len(pieces) and pieces[at + size][1] == last:
        return False
    if not any(word.capital for word in words[first : last + 1]) or not words[last].capital:
        return False
    return all(are_joined(text, words[n], words[n + 1]) for n in range(first, last))


def in_order(cast: Cast, who: Iterable[int]) -> tuple[str, ...]:
    """Give the names of people by their numbers."""
    return tuple(cast.people[number].name for number in who)


def commonest(values: Iterable[str]) -> str:
    """Give the value that occurs most often, the first among equals, "" where there is none."""
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else ""
