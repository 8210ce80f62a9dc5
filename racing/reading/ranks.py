"""What mentions make together: ranks of ordinals and their nouns, races, class places, epithets that stand for a name."""

from dataclasses import replace

from racing.reading.mentions import Mention


def join_ranks(row: list[Mention]) -> list[Mention]:
    """Make ranks of ordinals and their nouns, races of "deuxième course", class places of "premier Rookie"."""
    joined: list[Mention] = []
    at = 0
    while at < len(row):
        ranks, used = _several_ranks(row, at)
        if not used:
            mention, used = _rank_at(row, at)
            ranks = [mention]
        joined += ranks
        at += used
    return _source_ranks(joined)


def join_epithets(row: list[Mention], text: str) -> list[Mention]:
    """Make pronouns of "le Néerlandais", "le jeune pilote belge", "le pilote X Racing", where no name follows."""
    joined: list[Mention] = []
    at = 0
    while at < len(row):
        end = _epithet_end(row, at)
        if end:
            last = row[end - 1]
            value = f"nation:{last.value}" if last.kind == "nationality" else f"team:{text[last.start : last.end]}"
            joined.append(Mention("pronoun", row[at].start, last.end, value))
            at = end
        else:
            joined.append(row[at])
            at += 1
    return joined


def _epithet_end(row: list[Mention], at: int) -> int:
    """Give where an epithet that begins at `at` ends, 0 where none does."""
    if row[at].value != "definite" or (at and row[at - 1].kind in ("copula", "best")):
        return 0
    driver = False
    for n in range(at + 1, min(len(row), at + 4)):
        if row[n].kind == "driver_word":
            driver = True
        elif row[n].kind == "nationality" or (driver and row[n].value == "team"):
            follows = row[n + 1].kind if n + 1 < len(row) else ""
            return n + 1 if follows not in ("person", "class", "nationality", "race", "driver_word") else 0
        elif row[n].kind != "word" or row[n].value == "team":
            return 0
    return 0


#: What may follow an ordinal that stands for a place without the noun.
_BEHIND_RANK = frozenset(
    ("comma", "and", "semicolon", "colon", "ahead", "behind", "general", "person", "break", "mark", "preposition",
     "championship", "followed", "class", "race", "flag", "day", "dash", "interim", "small", "who", "that", "series_order",
     "copula", "finish", "complete", "start_place")
)  # fmt: skip


def _several_ranks(row: list[Mention], at: int) -> tuple[list[Mention], int]:
    """Make a rank of each number in "Plätze zwei und drei", "Plätze vier bis sechs", with what joins them."""
    if row[at].kind != "rank_plural":
        return [], 0
    found: list[Mention] = []
    end = at + 1
    while end < len(row) and (row[end].kind == "number" or (found and _joins_numbers(row, end))):
        mention = row[end]
        if mention.kind == "number":
            first = (
                int(found[-2].value) + 1 if len(found) > 1 and found[-1].kind == "rank_range" else int(mention.value)
            )
            if found and found[-1].kind == "rank_range":
                found.pop()
            between = Mention("comma", mention.start, mention.start, ",")
            for place in range(first, min(int(mention.value), first + _LONGEST) + 1):
                found += [*([between] if place > first or (found and found[-1].kind == "rank") else []),
                          Mention("rank", mention.start, mention.end, str(place))]  # fmt: skip
        else:
            found.append(mention)
        end += 1
    return (found, end - at) if len(found) > 1 else ([], 0)


#: "Plätze vier bis sechs" has no more places than this.
_LONGEST = 12


def _joins_numbers(row: list[Mention], at: int) -> bool:
    """Tell whether a mark or a word stands between two numbers of a list."""
    joins = row[at].kind in ("comma", "and", "rank_range") or row[at].value in ("-", "–")
    return joins and at + 1 < len(row) and row[at + 1].kind == "number"


#: Behind these a number that stands for a place is over.
_BEHIND_NUMBER = frozenset(("comma", "and", "semicolon", "ahead", "behind", "finish", "break", "flag", "who"))


def _is_bare_place(row: list[Mention], at: int) -> bool:
    """Tell whether a number is a place without its noun: "kam auf drei", not "baute den Vorsprung auf 25 aus"."""
    if at < 2 or row[at - 1].value != "at" or not 0 < int(row[at].value) <= _LAST_PLACE:
        return False
    verb = any(mention.kind == "finish" for mention in row[max(0, at - 4) : at - 1])
    after = row[at + 1] if at + 1 < len(row) else None
    return verb and (after is None or after.kind in _BEHIND_NUMBER or after.value in (".", "!"))


#: No grid is longer.
_LAST_PLACE = 60


def _is_ordinal(row: list[Mention], at: int) -> bool:
    """Tell whether a number with a stop is an ordinal: "2. Platz", "der 3. Lauf"."""
    dotted = at + 2 < len(row) and row[at + 1].value == "." and row[at + 1].start == row[at].end
    return dotted and row[at + 2].kind in ("rank_noun", "race_noun", "rank_adjective")


def _rank_at(row: list[Mention], at: int) -> tuple[Mention, int]:
    """Give the mention that stands at `at` and how many of the row it takes up."""
    head = row[at]
    if head.kind == "number" and _is_ordinal(row, at):
        head = replace(head, kind="ordinal", end=row[at + 1].end)
        mention, used = _rank_at([*row[:at], head, *row[at + 2 :]], at)
        return mention, used + 1
    if head.kind == "number" and _is_bare_place(row, at):
        return replace(head, kind="rank"), 1
    if head.kind == "best":
        return _class_place(row, at, at + 1, "1") or (replace(head, kind="word"), 1)
    if head.kind == "number" or head.kind == "race_noun":
        return _race_at(row, at) or (head, 1)
    if head.kind == "rank":
        return _class_place(row, at, at + 1, head.value) or (head, 1)
    if head.kind != "ordinal":
        return head, 1
    after = at + 1
    while after < len(row) and row[after].kind == "rank_adjective":
        after += 1
    if after < len(row) and row[after].kind == "race_noun" and at and row[at - 1].value == "possessive":
        return replace(head, kind="word", value="ordinal"), 1
    if after < len(row) and row[after].kind == "race_noun":
        return Mention("race", head.start, row[after].end, head.value), after + 1 - at
    if after < len(row) and row[after].kind == "rank_noun":
        after += 1
        return _class_place(row, at, after, head.value) or (
            Mention("rank", head.start, row[after - 1].end, head.value),
            after - at,
        )
    place = _class_place(row, at, after, head.value)
    if place:
        return place
    if (
        after >= len(row)
        or row[after].kind in _BEHIND_RANK
        or row[after].value in ("(", ")", ".", "!", "?", "contracted")
    ):
        return Mention("rank", head.start, row[after - 1].end, head.value), after - at
    return replace(head, kind="word", value="ordinal"), 1


#: What may stand between a place and its class: "premier de la catégorie Am".
_CLASS_LINKS = frozenset(("article", "preposition", "class_link", "driver_word", "top"))


def _class_place(row: list[Mention], at: int, after: int, position: str) -> tuple[Mention, int] | None:
    """Give "premier des Rookies", "3e Am", "meilleur débutant" as one mention, None where no class stands there."""
    last = after
    while last < len(row) and last < after + 3 and row[last].kind in _CLASS_LINKS:
        last += 1
    if last < len(row) and row[last].kind == "class":
        found = Mention("class_place", row[at].start, row[last].end, f"{position}:{row[last].value}")
        return found, last + 1 - at
    return None


def _race_at(row: list[Mention], at: int) -> tuple[Mention, int] | None:
    """Give "course 2" as one mention."""
    if row[at].kind == "race_noun" and at + 1 < len(row):
        after = row[at + 1]
        if after.kind == "number" and 1 <= int(after.value) <= 9:
            return Mention("race", row[at].start, after.end, after.value), 2
    return None


def _source_ranks(row: list[Mention]) -> list[Mention]:
    """Take places from which somebody came for no places at the flag: "parti 8e", "passé de la 22e à la 5e place"."""
    result = list(row)
    for at, mention in enumerate(row):
        if mention.kind != "rank":
            continue
        before = row[max(0, at - 4) : at]
        if _goes_on_to(row, at) or _from_place(row, at):
            result[at] = replace(mention, kind="word", value="start:" + mention.value)
            continue
        near = [other.kind for other in before[-3:]]
        for part in ("comma", "and"):
            if part in near:
                near = near[len(near) - near[::-1].index(part) :]
        if "start_place" in near and "until" not in near and not _second_rank(row, at):
            result[at] = replace(mention, kind="word", value="start:" + mention.value)
    return result


def _from_place(row: list[Mention], at: int) -> bool:
    """Tell whether somebody comes from a place: "A, de la septième place, a rejoint B"."""
    before = row[max(0, at - 3) : at]
    return len(before) == 3 and before[0].kind == "comma" and before[1].value == "of" and before[2].kind == "article"


def _goes_on_to(row: list[Mention], at: int) -> bool:
    """Tell whether a place is the first of "de la 22e à la 5e place"."""
    behind = row[at + 1 : at + 4]
    to = bool(behind) and (behind[0].value in ("to", "contracted") or behind[0].kind == "until")
    return (
        to
        and at > 0
        and row[at - 1].kind in ("article", "preposition")
        and any(other.kind == "rank" for other in behind)
    )


def _second_rank(row: list[Mention], at: int) -> bool:
    """Tell whether a place is the second of "de la 22e à la 5e place"."""
    return any(other.kind == "rank" or other.value == "ordinal" for other in row[max(0, at - 4) : at])
