"""The cast of a text from scored names: everybody whom it names, and every place where it speaks of them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from racing.reading.capitals import Word
from racing.reading.facts import Span
from racing.reading.folding import fold
from racing.reading.known import Roster
from racing.reading.learned.acquaintance import find_teams, one_person_each, shift_names, whole_names
from racing.reading.learned.kin import with_relatives
from racing.reading.learned.names import Names, Piece, first_names, joined
from racing.reading.learned.shouted import surnames_first, usual
from racing.reading.learned.strokes import part_crews
from racing.reading.learned.trees import Scores, forest
from racing.reading.lexicon import Lexicon
from racing.reading.people import Cast, Known, sizes_of
from racing.reading.runs import is_team, written

#: A part of a run that is likelier than this is a driver's name; most that are none are found out later.
_ENOUGH = 0.25
#: A part of a name whose whole is nowhere, likelier than this, is all that the text tells of a driver's name.
_ENOUGH_ALONE = 0.45
#: As much is enough where a driver stands beside it in a list, or a nationality or a word for drivers before it.
_ENOUGH_BESIDE = 0.2
#: Which figure of a piece's scores says what.
_NAME, _PART = 1, 2
#: A team's name is no longer than this.
_TEAM = 80


def cast_of(text: str, lexicon: Lexicon, roster: Roster | None = None) -> Cast:
    """Name everybody and find all their mentions; a roster of known drivers helps."""
    names = Names(text, lexicon)
    pieces = list(names.pieces())
    return cast_from(names, pieces, forest("names").scores([names.features(piece) for piece in pieces]), roster)


def cast_from(names: Names, pieces: Sequence[Piece], scores: Scores, roster: Roster | None = None) -> Cast:
    """Give the cast; `scores` are, for each piece, how likely it is nothing, a name, a part of a name, two surnames."""
    cast = Cast()
    scores = shift_names(names, pieces, scores, roster) if roster else scores
    scores = _without_classes(names, pieces, scores)
    names.turned = surnames_first(names, pieces, scores)
    part_crews(names, pieces, scores)
    chosen = _choose(pieces, scores)
    chosen += _choose_alone(names, pieces, scores, chosen)
    keys: dict[str, int] = {}
    spelled = [[names.words[n] for n in names.runs[piece.run][piece.first : piece.last]] for piece in chosen]
    spelled += whole_names(names, roster, spelled) if roster else []
    spelled = with_relatives(names, spelled)
    spelled.sort(key=lambda words: (len(words[0].text) == 1, words[0].start))
    families: set[str] = set()
    for words in spelled:
        if len(words) > 1 or not families.intersection(_split_folded(words[0].folded)[-1:]):
            _introduce(cast, keys, _written(usual(names, words) if names.turned else words))
            families.update(_families(cast.people[-1:]))
    forms = _forms(cast, ()) if names.pairs else {}
    for pair in names.pairs.values():
        for word in pair:
            if tuple(_split_folded(word.folded)) not in forms:
                _introduce(cast, keys, _written([word]))
                forms = _forms(cast, ())
    others = one_person_each(cast, roster) if roster else []
    if names.turned:
        others += [(" ".join((*rest, first)), n) for n, (first, *rest) in _named_in_full(cast)]
    _find_teams(names, chosen, cast)
    if roster:
        find_teams(names, cast, roster)
    _mark(names, cast, others)
    return cast


def _families(people: Sequence[Known]) -> Iterator[str]:
    """Give the surnames of those who have a full name: named alone, they are nobody new."""
    for person in people:
        if len(person.name.split()) > 1:
            yield from _split(person.name)[-1:]


def _without_classes(names: Names, pieces: Sequence[Piece], scores: Scores) -> Scores:
    """Take from names what has a class of several words in it: "Pro-Am" or "Coppa Shell" is in nobody's name."""
    within = [
        {n for first, last in _classes_in([names.words[at] for at in run], names.lexicon) for n in range(first, last)}
        for run in names.runs
    ]
    if not any(within):
        return scores
    kept = scores.copy()
    for number, piece in enumerate(pieces):
        if within[piece.run].intersection(range(piece.first, piece.last)):
            kept[number] = 0.0
    return kept


def _classes_in(words: Sequence[Word], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Give where the vocabulary's classes of several words stand among words, as numbers (half open)."""
    parts = [(part, n) for n, word in enumerate(words) for part in word.folded.split("-")]
    plain = [part for part, _ in parts]
    for at in range(len(parts)):
        found = lexicon.phrases_at(plain, at)
        if found and found.kind == "class" and found.last > at + 1:
            yield parts[at][1], parts[found.last - 1][1] + 1


#: Short first names that are no initials, folded.
_SHORT_NAMES = frozenset(
    ("al", "an", "be", "bo", "cy", "da", "de", "di", "du", "ed", "el", "ho", "jo", "la", "le", "li", "lu", "mo", "my",
     "oz", "st", "ty", "wu", "xu", "yu")
)  # fmt: skip


def _written(words: Sequence[Word]) -> str:
    """Give a name as it is written, with the stop behind an initial."""
    name = written(list(words))
    first = words[0]
    initial = len(first.text) <= 2 and len(words) > 1 and first.capital and not first.text.endswith(("'", "’"))
    return name.replace(" ", ". ", 1) if initial and first.folded not in _SHORT_NAMES else name


def _choose(pieces: Sequence[Piece], scores: Scores) -> list[Piece]:
    """Give the likeliest pieces that share no word."""
    taken: set[tuple[int, int]] = set()
    found = []
    for piece, score in sorted(zip(pieces, scores, strict=True), key=lambda item: -float(item[1][_NAME])):
        if score[_NAME] < _ENOUGH:
            break
        spots = {(piece.run, n) for n in range(piece.first, piece.last)}
        if not spots & taken:
            taken |= spots
            found.append(piece)
    return found


def _named_in_full(cast: Cast) -> Iterator[tuple[int, list[str]]]:
    """Give the words of each name that has more than one, with its number."""
    for number, person in enumerate(cast.people):
        if len(parts := person.name.split()) > 1:
            yield number, parts


def _choose_alone(names: Names, pieces: Sequence[Piece], scores: Scores, chosen: Sequence[Piece]) -> list[Piece]:
    """Give the pieces that are a name or a part of one, where no name was chosen that they could be a part of."""
    taken = {(piece.run, n) for piece in chosen for n in range(piece.first, piece.last)}
    known = {part for piece in chosen for part in _parts_of(names, piece)}
    found: list[Piece] = []
    ends = {names.runs[piece.run][piece.last - 1] for piece in chosen}
    starts = {names.runs[piece.run][piece.first] for piece in chosen}
    likely = sorted(zip(pieces, scores, strict=True), key=lambda item: -float(item[1][_NAME] + item[1][_PART]))
    for least in (_ENOUGH_ALONE, _ENOUGH_BESIDE):
        for piece, score in likely:
            if score[_NAME] + score[_PART] < least:
                break
            size = piece.last - piece.first
            spots = {(piece.run, n) for n in range(piece.first, piece.last)}
            told = spots & taken or known & _parts_of(names, piece)
            if told or (size == 1 and (not _is_whole(names, piece) or _is_first_name(names, piece))):
                continue
            if least == _ENOUGH_ALONE or _is_beside(names, piece, starts, ends):
                taken |= spots
                starts.add(names.runs[piece.run][piece.first])
                ends.add(names.runs[piece.run][piece.last - 1])
                found.append(piece)
    return found


def _is_beside(names: Names, piece: Piece, starts: Set[int], ends: Set[int]) -> bool:
    """Tell whether a piece stands in a list with a name, or behind a nationality or a word for drivers."""
    run = names.runs[piece.run]
    if piece.last < len(run) or any(_may_be_named(names, names.words[n]) for n in run[: piece.first]):
        return False
    first, last = run[piece.first], run[piece.last - 1]
    if first and piece.last - piece.first > 1 and _leads_to_driver(names, first - 1):
        return True
    before, behind = _joiner(names, first - 1, -1), _joiner(names, last, 1)
    return before in ends or behind in starts


def _joiner(names: Names, at: int, step: int) -> int:
    """Give the word across "and", a comma or a stroke from the gap behind word `at`, going back or forth; -1 for none."""
    words = names.words
    if not 0 <= at < len(words) - 1:
        return -1
    gap = names.text[words[at].end : words[at + 1].start].strip()
    left, right = (at, at + 1)
    if gap in (",", "/", "-", "–", "&"):
        return left if step < 0 else right
    link = left if step < 0 else right
    beyond = link + step
    if not gap and words[link].folded in names.lexicon.joining and 0 <= beyond < len(words):
        return beyond
    return -1


def _may_be_named(names: Names, word: Word) -> bool:
    """Tell whether a word before a piece may belong to its name: no nationality, no small word."""
    return word.capital and not {"nation", "stop"} & set(names.tags(word))


def _leads_to_driver(names: Names, number: int) -> bool:
    word = names.words[number]
    near = not names.text[word.end : names.words[number + 1].start].strip()
    return near and ("nation" in names.tags(word) or names.sense(number).startswith("driver_word."))


def _is_whole(names: Names, piece: Piece) -> bool:
    """Tell whether a piece is a whole run, or the end of one behind a small word: "Victoire d'Arvois"."""
    run = names.runs[piece.run]
    small = names.lexicon.stop | names.lexicon.genitive
    before = names.words[run[piece.first - 1]] if piece.first else None
    begins = before is None or before.text in small or before.folded in small - names.lexicon.particles
    return piece.last == len(run) and begins


def _is_first_name(names: Names, piece: Piece) -> bool:
    """Tell whether a piece is a first name alone: whose it is, others tell."""
    word = names.words[names.runs[piece.run][piece.first]].folded
    return word in first_names() or word in names.lexicon.first_names


def _parts_of(names: Names, piece: Piece) -> set[str]:
    """Give the words of a piece that are more than a particle, cut at hyphens."""
    words = [names.words[n].folded for n in names.runs[piece.run][piece.first : piece.last]]
    return {part for word in words if word not in names.lexicon.particles for part in _split_folded(word)}


def _split(name: str) -> list[str]:
    return _split_folded(fold(name))


def _split_folded(folded: str) -> list[str]:
    return folded.replace("-", " ").replace(".", " ").replace("'", "' ").split()


def _introduce(cast: Cast, keys: dict[str, int], name: str) -> None:
    """Take a person in, or know one by the same letters or by the initial of the first name."""
    parts = _split(name)
    key = " ".join(parts)
    if key in keys:
        if not name.isascii() and cast.people[keys[key]].name.isascii():
            cast.people[keys[key]].name = name
        return
    if len(parts) > 1 and len(parts[0]) == 1:
        same = [n for n, person in enumerate(cast.people) if _is_short_for(parts, _split(person.name))]
        if len(same) == 1:
            keys[key] = same[0]
            return
    keys[key] = len(cast.people)
    cast.people.append(Known(name))


def _is_short_for(parts: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether "J. Arvois" may be "Jean Arvois"."""
    return len(whole) >= len(parts) and whole[0][0] == parts[0] and list(whole[-len(parts) + 1 :]) == list(parts[1:])


def _find_teams(names: Names, chosen: Sequence[Piece], cast: Cast) -> None:
    """Keep runs of capitalised words beside the names that have a team's word in them."""
    taken = {(piece.run, n) for piece in chosen for n in range(piece.first, piece.last)}
    for number, run in enumerate(names.runs):
        parts: list[list[Word]] = [[]]
        for n, at in enumerate(run):
            if (number, n) in taken:
                parts.append([])
            else:
                parts[-1].append(names.words[at])
        for part in (_trimmed(part, names.lexicon) for part in parts):
            if len(part) > 1 and is_team(part, names.lexicon):
                cast.teams[part[0].start] = part[-1].end


def _trimmed(part: list[Word], lexicon: Lexicon) -> list[Word]:
    """Take small and elided words off both ends: "Dans la Course" is no team."""
    first, last = 0, len(part)
    while last and not part[last - 1].capital:
        last -= 1
    while first < last and (
        not part[first].capital or part[first].folded.endswith("'") or part[first].folded in lexicon.stop
    ):
        first += 1
    return part[first:last]


Forms = dict[tuple[str, ...], tuple[int, ...]]


def _forms(cast: Cast, endings: Sequence[str], others: Sequence[tuple[str, int]] = ()) -> Forms:
    """Give every way in which a person may be called, to the numbers of those who may be meant.

    The last word may have one of `endings` where that makes nobody else's name. `others` are more spellings of people.
    """
    found: dict[tuple[str, ...], set[int]] = {}
    firsts: dict[tuple[str, ...], set[int]] = {}
    for name, number in (*((person.name, number) for number, person in enumerate(cast.people)), *others):
        parts = _split(name)
        whole = fold(name).replace(".", " ").replace("'", "' ").split()
        surname_at = len(whole[0].split("-")) if len(whole) > 1 else 0
        for start in {0, surname_at, *range(surname_at, len(parts))}:
            found.setdefault(tuple(parts[start:]), set()).add(number)
        if surname_at == 1 and len(parts[0]) > 1:
            found.setdefault((parts[0][0], *parts[1:]), set()).add(number)
        if len(whole) > 1 and len(whole[0]) > 1:
            firsts.setdefault(tuple(whole[0].split("-")), set()).add(number)
    for form, who in firsts.items():
        found.setdefault(form, who)
    result = {form: tuple(sorted(who)) for form, who in found.items()}
    for form, known in list(result.items()):
        for ending in endings:
            result.setdefault((*form[:-1], form[-1] + ending), known)
    return result


def _mark(names: Names, cast: Cast, others: Sequence[tuple[str, int]] = ()) -> None:
    """Find every mention, the longest form first, and keep it with the people it may mean."""
    forms = _forms(cast, names.lexicon.name_endings, others)
    sizes = sizes_of(forms)
    words = [part for word in names.words for part in names.pairs.get(word.start, (word,))]
    pieces = [(part, number) for number, word in enumerate(words) for part in _split_folded(word.folded)]
    teams = sorted(cast.teams.items())
    at = 0
    while at < len(pieces):
        for size in sizes.get(pieces[at][0], ()):
            who = forms.get(tuple(part for part, _ in pieces[at : at + size]))
            if who and at + size <= len(pieces) and _can_be_name(names, words, pieces, at, size):
                first, last = words[pieces[at][1]], words[pieces[at + size - 1][1]]
                if any(_inside(teams, first.start)):
                    break
                cast.at[first.start] = (last.end, who)
                for number in who if len(who) == 1 else ():
                    cast.people[number].mentions.append(Span(first.start, last.end))
                at += size - 1
                break
        at += 1


def _inside(teams: Sequence[tuple[int, int]], at: int) -> Iterator[bool]:
    """Tell of the teams just before a place in the text whether it is inside one."""
    first = bisect_left(teams, (at - _TEAM, 0))
    for start, end in teams[first:]:
        if start > at:
            return
        yield start <= at < end


def _can_be_name(names: Names, words: Sequence[Word], pieces: Sequence[tuple[str, int]], at: int, size: int) -> bool:
    """Tell whether the pieces are whole words, joined, and written as a name."""
    first, last = pieces[at][1], pieces[at + size - 1][1]
    if at > 0 and pieces[at - 1][1] == first:
        return False
    if at + size < len(pieces) and pieces[at + size][1] == last:
        return False
    return words[last].capital and all(joined(names.text, words[n], words[n + 1]) for n in range(first, last))
