"""What the report is about: series, season, circuit and how many cars started."""

from racing.reading.contests import series_of
from racing.reading.facts import Fact, Heading, Stated
from racing.reading.seasons import season_of
from racing.reading.story import Story
from racing.reading.venues import circuit_of

#: So few cars are not a whole grid.
_FEW = 7


def heading_of(story: Story, facts: tuple[Fact, ...]) -> Heading:
    """Give the heading of a story; a value that the text does not state is None."""
    return Heading(series_of(story), season_of(story), circuit_of(story, facts), _starters(story))


def _starters(story: Story) -> Stated | None:
    """Give how many cars started, where a sentence speaks of cars on the grid."""
    for scene in story.told():
        kinds = {mention.kind for mention in scene.mentions}
        if "starters" in kinds and kinds & {"on_the_grid", "qualifying"}:
            for before, mention in zip((None, *scene.mentions), scene.mentions, strict=False):
                compound = before is not None and before.kind == "number"
                if (
                    mention.kind == "starters"
                    and not compound
                    and mention.value.isdigit()
                    and int(mention.value) > _FEW
                ):
                    return Stated(mention.value, (mention.span,), 0.85)
    return None
