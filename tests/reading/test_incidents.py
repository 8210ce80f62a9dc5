"""What is known of a runner of whom a penalty or a retirement may be told, and of which race it is."""

from collections.abc import Mapping, Sequence

import pytest

from racing.reading.learned.ground import Ground
from racing.reading.learned.hearing import Hearing
from racing.reading.learned.incidents import features_of
from racing.reading.learned.network import TOLD
from racing.reading.learned.options import Runner
from racing.reading.learned.sight import SESSIONS
from racing.reading.learned.view import View
from racing.reading.lexicon import lexicon
from racing.reading.reader import tell
from scripts.training.beside import speaking_of

#: What a net says of each mention: shares of kinds and of races, by the surname.
Said = Mapping[str, tuple[Mapping[str, float], Mapping[int, float]]]


def ground_of(text: str, said: Said, language: str = "fr") -> Ground:
    """Give the ground of a text of which a net says what is told of whom, in each sentence that names him."""
    story = tell(text, lexicon(language))
    scopes, mentions = [], []
    for number, scene in enumerate(story.scenes):
        span = scene.sentence.span
        races = {"1": 0.5, "2": 0.5, "3": 0.0, "4": 0.0, "several": 0.0}
        scopes.append(
            {
                "span": (span.start, span.end),
                "session": {name: float(name == "race") for name in SESSIONS},
                "race": races,
            }
        )
        for name, (kinds, likely) in said.items():
            start = text.find(name, span.start, span.end)
            if start >= 0:
                own = {
                    "p": {kind: kinds.get(kind, 0.0) for kind in TOLD},
                    "race": {str(race): likely.get(race, 0.0) for race in range(1, 5)},
                    "place": dict.fromkeys(("1", "2", "3", "4", "5", "6+"), 0.0),
                    "rank": {"overall": 1.0, "track": 0.0, "class": 0.0},
                }
                pointers = {"how": [], "how_none": 1.0, "cls": [], "cls_overall": 1.0, "cls_else": 0.0, "ahead": []}
                mentions.append({"sentence": number, "start": start, "end": start + len(name), **own, **pointers})
    return Ground(Hearing(story, [], View(mentions, scopes)))


def runner(ground: Ground, number: int, name: str) -> Runner:
    """Give the runner of a sentence who is named alone."""
    people: Sequence[Runner] = ground.book.sheets[number].runners
    cast = ground.story.cast.people
    return next(one for one in people if one.spans and [cast[who].name for who in one.entity] == [name])


CLASH = "Luc Arvois dépasse Paul Brion. En course 2, Luc Arvois percute Paul Brion, qui abandonne."


def test_a_race_that_the_sentence_names_is_likelier_than_the_nets_other_one() -> None:
    ground = ground_of(CLASH, {"Arvois": ({}, {1: 0.9, 2: 0.1}), "Brion": ({}, {1: 0.9, 2: 0.1})})
    assert ground.race(0, runner(ground, 0, "Paul Brion"))[0] == 1
    assert ground.race(1, runner(ground, 1, "Paul Brion"))[0] == 2


def test_who_stands_nearest_to_the_word_of_retiring_is_known() -> None:
    ground = ground_of(CLASH, {"Arvois": ({"retirements": 0.2}, {2: 1.0}), "Brion": ({"retirements": 0.7}, {2: 1.0})})
    near, far = (features_of(ground, 1, runner(ground, 1, name), ()) for name in ("Paul Brion", "Luc Arvois"))
    assert (near["nearer:retirements"], far["nearer:retirements"]) == (0, 1)
    assert (near["likelier:retirements"], far["likelier:retirements"]) == (0, 1)
    assert near["lead:retirements"] == pytest.approx(0.5)
    assert near["by:retirements:abandon"] == 1


@pytest.mark.parametrize(("shares", "same"), [({2: 1.0}, 0.8), ({1: 0.5, 2: 0.5}, 0.4)])
def test_a_result_told_elsewhere_counts_as_far_as_it_is_of_the_same_race(
    shares: Mapping[int, float], same: float
) -> None:
    ground = ground_of("Luc Arvois gagne. Luc Arvois abandonne.", {"Arvois": ({"results": 0.8}, shares)})
    assert ground.elsewhere(1, runner(ground, 1, "Luc Arvois"), "results") == pytest.approx((same, 0.8))


def test_a_forest_learns_from_what_speaks_of_its_own_kind() -> None:
    known = {"size": 1.0, "own:penalties": 0.3, "own:retirements": 0.6, "path:retirements:behind:word": 1.0}
    assert speaking_of("penalties", known) == {"size": 1.0, "own:penalties": 0.3}
