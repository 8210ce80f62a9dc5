"""Where a sentence stands: which race, and whether it speaks of the race, qualifying, the championship or something else.

A race is known by a heading, by "Course 2" or "la seconde manche" in a sentence, or by a day where the days stand for races; it holds until
another is named. A race named inside a place ("deuxième de la course 1") dates that place only. What cannot be told stays None.
"""

from collections.abc import Sequence

from racing.reading.mentions import Mention
from racing.reading.story import Scene, Story

_RESULT = frozenset(("rank", "class_place", "win", "top", "already"))


def set_scopes(story: Story) -> None:
    """Give every scene its race, its session and the class of its heading."""
    _set_sessions(story.scenes)
    _set_races(story.scenes)
    _set_classes(story.scenes)


def _set_sessions(scenes: Sequence[Scene]) -> None:
    headed, paragraph_heading = "", -1
    practice = False
    for scene in scenes:
        own = _session(scene)
        if scene.sentence.quoted or scene.sentence.repeated:
            continue
        practice = own == "qualifying" or (practice and own == "race" and not set(scene.signs) & set("WKItfLYX"))
        own = "qualifying" if practice else own
        if scene.sentence.heading:
            headed, paragraph_heading = own if own != "race" else "", scene.sentence.paragraph
        if own == "race" and headed and (scene.sentence.listed or scene.sentence.paragraph <= paragraph_heading + 1):
            own = headed
        scene.session = own


def _session(scene: Scene) -> str:
    marks = scene.signs
    if "E" in marks and ("W" not in marks and "K" not in marks):
        return "next"
    if "Q" in marks and not any(sign in marks for sign in "WKf"):
        return "qualifying"
    if "M" in marks and ("p" in marks or "m" in marks) and not any(sign in marks for sign in "KA"):
        return "championship"
    if scene.sentence.heading and "M" in marks:
        return "championship"
    return "race"


def _set_races(scenes: Sequence[Scene]) -> None:
    days = _race_days(scenes)
    headed = any(scene.sentence.heading and _named(scene, {}) for scene in scenes)
    current: int | None = None
    under_heading = False
    for scene in scenes:
        numbers = _named(scene, {} if headed else days)
        if scene.sentence.heading and numbers:
            current, under_heading = numbers[0] if len(set(numbers)) == 1 else None, True
        elif numbers and not scene.sentence.quoted:
            if under_heading:
                scene.race = numbers[0] if len(set(numbers)) == 1 else None
                continue
            current = numbers[0] if len(set(numbers)) == 1 else None
        scene.race = current


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
    for mention in reversed(mentions[max(0, at - 7) : at]):
        if mention.kind in ("comma", "person"):
            return False
        if mention.kind in _RESULT:
            return True
    return False


def _race_days(scenes: Sequence[Scene]) -> dict[str, int]:
    """Give Saturday and Sunday their races, where the text tells of two races and a day for each."""
    seen = {m.value for scene in scenes if not scene.sentence.quoted for m in scene.mentions if m.kind == "day"}
    return {"6": 1, "7": 2} if {"6", "7"} <= seen else {}


def _set_classes(scenes: Sequence[Scene]) -> None:
    """Keep the class of a heading ("Pro-Am") for the paragraph or list that stands under it."""
    current = ""
    for scene in scenes:
        if scene.sentence.heading:
            classes = [m.value for m in scene.mentions if m.kind == "class"]
            people = any(m.kind == "person" for m in scene.mentions)
            current = classes[0] if len(classes) == 1 and not people and len(scene.mentions) <= 5 else ""
        scene.heading_class = current
