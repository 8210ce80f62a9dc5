"""Where a sentence stands: which race, and whether it speaks of the race, qualifying, the championship or something else.

A race is known by a heading, by "Course 2" or "la seconde manche" in a sentence, or by a day where the days stand for races; it
holds until another is named. A race named inside a place ("deuxième de la course 1") dates that place only. What cannot be told
stays None.
"""

import re
from collections.abc import Sequence

from racing.reading.mentions import Mention
from racing.reading.story import Scene, Story

_RESULT = frozenset(("rank", "class_place", "win", "top", "already"))


def set_scopes(story: Story) -> None:
    """Give every scene its race, its session and the class of its heading."""
    _set_sessions(story.scenes)
    _set_races(story.scenes)
    _set_classes(story.scenes, story.text)


def _set_sessions(scenes: Sequence[Scene]) -> None:
    """Give each scene its session: its own words', its heading's, or that of the sentences before it."""
    headed, below = "", -1
    practice = pointed = of_race = False
    for scene in scenes:
        own = _session(scene)
        if scene.sentence.quoted or scene.sentence.repeated:
            continue
        if scene.sentence.heading:
            headed, below = own if own != "race" else "", scene.sentence.paragraph + 1
            practice = False
            of_race = any(mention.kind in _RACE_HEADS for mention in scene.mentions)
        else:
            practice = own == "qualifying" or (practice and own == "race" and not set(scene.signs) & _OF_THE_RACE)
            own = "qualifying" if practice else own
            told = scene.sentence.listed or (scene.sentence.paragraph <= below and not set(scene.signs) & _OF_THE_RACE)
            own = headed if own == "race" and headed and told else own
        pointed = _lists_points(scene, of_race) or (pointed and scene.sentence.listed)
        scene.session = "championship" if pointed and own == "race" else own


#: A heading with one of these is that of a race, whatever points stand below it.
_RACE_HEADS = frozenset(("race", "race_noun", "day", "flag"))
_ITEM = re.compile(r"(?:^|[;:,–])_?[#N][_:,–]{0,3}V?[_,–]{0,2}P")
_HAS_POINTS = re.compile(r"P,?[#D]p")


def _lists_points(scene: Scene, of_race: bool) -> bool:
    """Tell whether a list, of one line or of one of its lines, gives the points of the championship."""
    marks = scene.signs
    items = [match.start() for match in _ITEM.finditer(marks)]
    if not scene.sentence.listed and len(items) < 2:
        return False
    if of_race or any(mention.kind in _RACE_HEADS for mention in scene.mentions):
        return False
    aside = any(inner.kind == "points" for m in scene.mentions if m.kind == "person" for inner in m.aside)
    return aside or bool(_HAS_POINTS.search(marks)) or (bool(items) and "M" in marks[: items[0]])


#: What is told of races only ends what is told of qualifying.
_OF_THE_RACE = frozenset("WKItfLYX")


def _session(scene: Scene) -> str:
    marks = scene.signs
    if "E" in marks and ("W" not in marks and "K" not in marks):
        return "next"
    grid = any(mention.kind in ("starters", "on_the_grid") for mention in scene.mentions)
    if "Q" in marks and not grid and not any(sign in marks for sign in "WKf"):
        return "qualifying"
    if "M" in marks and ("p" in marks or "m" in marks) and not any(sign in marks for sign in "KA"):
        return "championship"
    if scene.sentence.heading and "M" in marks:
        return "championship"
    return "race"


def _set_races(scenes: Sequence[Scene]) -> None:
    days = _race_days(scenes)
    lead = _lead_lines(scenes, days)
    heads = [scene for number, scene in enumerate(scenes) if scene.sentence.heading and number not in lead]
    headed = any(len(set(_named(scene, {}))) == 1 for scene in heads)
    days = {} if headed else days
    headed = headed or sum(len(set(_named(scene, days))) == 1 for scene in heads) > 1
    current: int | None = None
    under_heading = False
    for number, scene in enumerate(scenes):
        numbers = _named(scene, days)
        if number in lead:
            scene.race = numbers[0] if len(set(numbers)) == 1 else None
            continue
        if scene.sentence.heading and headed and len(set(numbers)) == 1:
            current, under_heading = numbers[0], True
        elif scene.sentence.heading and len(set(numbers)) > 1:
            pass
        elif numbers and not scene.sentence.quoted:
            if under_heading:
                scene.race = numbers[0] if len(set(numbers)) == 1 else None
                continue
            current = numbers[0] if len(set(numbers)) == 1 else None
        scene.race = current
    if not headed:
        _split_body(scenes)
    _first_before_second(scenes)
    _only_race(scenes)


def _lead_lines(scenes: Sequence[Scene], days: dict[str, int]) -> frozenset[int]:
    """Give which headings only sum up what follows: of several in a row, all that name different races."""
    found: set[int] = set()
    run: list[int] = []
    for number, scene in enumerate((*scenes, None)):
        if scene is not None and scene.sentence.heading:
            run.append(number)
            continue
        naming = [at for at in run if _named(scenes[at], days)]
        if len({race for at in naming for race in _named(scenes[at], days)}) > 1:
            found.update(naming)
        run = []
    return frozenset(found)


def _only_race(scenes: Sequence[Scene]) -> None:
    """Where nothing in the text, quotes included, speaks of another race, the one it tells is the first."""
    kinds = [mention for scene in scenes for mention in scene.mentions]
    if any(mention.kind in ("race", "several_races") for mention in kinds):
        return
    if len({mention.value for mention in kinds if mention.kind == "day"}) > 1:
        return
    for scene in scenes:
        scene.race = 1


def _first_before_second(scenes: Sequence[Scene]) -> None:
    """Where the first race that is named is the second, what was told before it is the first race."""
    numbers = [scene.race for scene in scenes if scene.race is not None]
    if not numbers or numbers[0] != 2 or 1 in numbers:
        return
    for scene in scenes:
        if scene.race is not None:
            break
        scene.race = 1


def _split_body(scenes: Sequence[Scene]) -> None:
    """Give the parts of a body to the races that the lead has named in their order.

    A lead sums up both races and nothing below says which is told: where quotes part the body into as many pieces as there are
    races, each piece tells one; else it stays unknown.
    """
    anchors = [
        scene for scene in scenes if not scene.sentence.quoted and not scene.sentence.repeated and _named(scene, {})
    ]
    numbers = list(dict.fromkeys(number for scene in anchors for number in _named(scene, {})))
    if len(numbers) < 2 or numbers != sorted(numbers) or anchors[-1].sentence.paragraph > 3:
        return
    body = [scene for scene in scenes if scene.sentence.paragraph > anchors[-1].sentence.paragraph]
    parts: list[list[Scene]] = []
    before: Scene | None = None
    for scene in body:
        if not scene.sentence.quoted:
            if before is None or before.sentence.quoted:
                parts.append([])
            parts[-1].append(scene)
        before = scene
    if sum(len(part) for part in parts) < 6:
        return
    for number, part in enumerate(parts):
        for scene in part:
            scene.race = numbers[number] if len(parts) == len(numbers) else None


def _named(scene: Scene, days: dict[str, int]) -> list[int]:
    """Give the races that a scene names as its own, not those that date a place in passing."""
    numbers = []
    for at, mention in enumerate(scene.mentions):
        if mention.kind == "race" and mention.value.isdigit() and not _in_passing(scene.mentions, at):
            numbers.append(int(mention.value))
        elif mention.kind == "day" and mention.value in days and not _in_passing(scene.mentions, at):
            numbers.append(days[mention.value])
    return numbers


def _in_passing(mentions: Sequence[Mention], at: int) -> bool:
    """Tell whether a place or a win stands just before the race, with no comma between: "top 5 lors de la course 1"."""
    if not any(mention.kind == "comma" for mention in mentions[at:]):
        return False
    passing = False
    for mention in reversed(mentions[:at]):
        if mention.kind == "comma":
            break
        if mention.kind in ("person", "pronoun"):
            return False
        passing = passing or mention.kind in _RESULT
    return passing


def _race_days(scenes: Sequence[Scene]) -> dict[str, int]:
    """Give Saturday and Sunday their races, where the text tells of two races and a day for each."""
    told = [scene for scene in scenes if not scene.sentence.quoted and scene.session == "race"]
    seen = sorted({m.value for scene in told for m in scene.mentions if m.kind == "day"})
    named = [int(m.value) for scene in told for m in scene.mentions if m.kind == "race" and m.value.isdigit()]
    if len(seen) < 2 or (named and max(named) != len(seen)):
        seen = [day for day in seen if day in ("6", "7")]
    return {day: number for number, day in enumerate(seen, 1)} if len(seen) > 1 else {}


def _set_classes(scenes: Sequence[Scene], text: str) -> None:
    """Keep the class of a heading ("Pro-Am") for the paragraph or list that stands under it."""
    current, unknown, last, paragraph = "", False, "", -1
    for scene in scenes:
        own = _names_unknown_class(scene, text)
        unknown = own if scene.sentence.heading else unknown and scene.sentence.listed
        scene.unknown_class = own or unknown
        if scene.sentence.heading:
            classes = [m.value for m in scene.mentions if m.kind == "class"]
            people = any(m.kind == "person" for m in scene.mentions)
            current = classes[0] if len(classes) == 1 and not people and len(scene.mentions) <= 5 else ""
        scene.heading_class = current
        if scene.sentence.paragraph != paragraph:
            paragraph, last = scene.sentence.paragraph, current
        own_classes = [m.value for m in scene.mentions if m.kind == "class"]
        scene.last_class = last = own_classes[-1] if own_classes else last


def _names_unknown_class(scene: Scene, text: str) -> bool:
    """Tell whether a line begins with a class that no vocabulary knows: "Classement Espoirs :"."""
    kinds = [mention.kind for mention in scene.mentions[:3]]
    if kinds not in (["class_link", "word"], ["class_link", "word", "colon"]):
        return False
    link, word = scene.mentions[:2]
    written = text[word.start : word.end]
    return link.value in ("table", "own") and written.istitle() and len(written) > 1
