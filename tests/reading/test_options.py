"""What could be meant: names, crews, runners, sources and links, before anything is decided."""

import pytest

from racing.reading.learned.options import crews_of, links_of, runners_of, sources_of
from racing.reading.lexicon import lexicon
from racing.reading.reader import tell
from racing.reading.story import Story

INTRO = "Le soleil était au rendez-vous de la journée et le public était dans les tribunes pour la course."


def _story(text: str) -> Story:
    return tell(f"{INTRO}\n\n{text}", lexicon("fr"))


def _runners(text: str) -> set[tuple[str, ...]]:
    """Give who could take a place in the last sentence, by names."""
    story = _story(text)
    people = story.cast.people
    found = runners_of(story, story.scenes[-1], crews_of(story))
    return {tuple(sorted(people[number].name for number in runner.entity)) for runner in found}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Luc Arvois s'impose devant Paul Brion.", {("Luc Arvois",), ("Paul Brion",)}),
        ("Luc Arvois menait. Il s'impose.", {("Luc Arvois",)}),
        ("Luc Arvois / Paul Brion gagnent.", {("Luc Arvois", "Paul Brion"), ("Luc Arvois",), ("Paul Brion",)}),
        (
            "Luc et Paul Arvois montent sur le podium.",
            {("Luc Arvois",), ("Paul Arvois",), ("Luc Arvois", "Paul Arvois")},
        ),
    ],
)
def test_whoever_is_named_may_take_a_place(text: str, people: set[tuple[str, ...]]) -> None:
    assert people <= _runners(text)


def test_a_driver_of_a_crew_may_stand_for_it() -> None:
    text = "La n° 4 de Luc Arvois / Paul Brion est en pole. La n° 7 de Jean Caradec / Yves Morel suit. Arvois gagne."
    assert ("Luc Arvois", "Paul Brion") in _runners(text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Luc Arvois s'impose.", {("win", 1)}),
        ("Luc Arvois termine troisième.", {("rank", 3)}),
        ("Luc Arvois, premier Rookie, est là.", {("class_place", 1)}),
        ("Luc Arvois complète le podium.", {("complete", 3), ("top", 3)}),
        ("Luc Arvois échoue au pied du podium.", {("foot", 4)}),
        ("3. Luc Arvois", {("number", 3)}),
    ],
)
def test_words_that_may_give_a_place_are_sources(text: str, places: set[tuple[str, int]]) -> None:
    story = _story(text)
    assert places <= {(source.kind, source.position) for source in sources_of(story, story.scenes[-1])}


def test_everybody_may_stand_behind_the_one_named_before() -> None:
    story = _story("Luc Arvois s'impose devant Paul Brion et Jean Caradec.")
    links = links_of(runners_of(story, story.scenes[-1], crews_of(story)))
    names = {
        (story.cast.people[link.other.entity[0]].name, story.cast.people[link.runner.entity[0]].name) for link in links
    }
    assert {("Luc Arvois", "Paul Brion"), ("Paul Brion", "Jean Caradec")} <= names


def test_nobody_stands_behind_himself() -> None:
    story = _story("Luc Arvois / Paul Brion gagnent, Arvois exulte, Brion aussi.")
    found = runners_of(story, story.scenes[-1], crews_of(story))
    assert all(not set(link.runner.entity) & set(link.other.entity) for link in links_of(found))


def test_an_initial_is_the_first_name_of_a_driver_named_whole() -> None:
    story = _story("Luc Arvois a gagné la course devant Paul Brion. Classement : 1. L. Arvois, 2. P. Brion.")
    assert [person.name for person in story.cast.people] == ["Luc Arvois", "Paul Brion"]


def test_a_class_that_only_the_text_knows_is_one() -> None:
    story = _story(
        "En catégorie XR7, Luc Arvois s'impose devant Paul Brion. Dans la catégorie XR7, Jean Caradec abandonne."
    )
    classes = {mention.value for scene in story.scenes for mention in scene.mentions if mention.kind == "class"}
    assert "XR7" in classes
