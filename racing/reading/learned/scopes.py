"""Which race and session a sentence speaks of, where the net is sure and the sentence does not say it itself."""

from racing.reading.learned.network import Outlook
from racing.reading.learned.sight import SESSIONS, SEVERAL
from racing.reading.story import Scene, Story

#: The net overrules the rules from this share on.
_SURE = 0.8
#: It learned from whole reports: of a few sentences out of one it knows too little.
_SHORTEST = 8


def settle_scopes(story: Story, outlook: Outlook) -> None:
    """Give scenes the race and the session that the net is sure of; `outlook` was made of the story as the rules left it.

    A race that the sentence names itself stays, and so does the rules' word on a sentence about nothing or about several races.
    """
    if len(story.scenes) < _SHORTEST:
        return
    for scene, sessions, races in zip(story.scenes, outlook.sessions, outlook.races, strict=True):
        session, race = int(sessions.argmax()), int(races.argmax())
        if sessions[session] >= _SURE and SESSIONS[session] != "nothing":
            scene.session = SESSIONS[session]
        if races[race] >= _SURE and race < SEVERAL and not _names_race(scene):
            scene.race = race + 1


def _names_race(scene: Scene) -> bool:
    """Tell whether the rules have the one race that the sentence names."""
    named = {mention.value for mention in scene.mentions if mention.kind == "race" and mention.value.isdigit()}
    return named == {str(scene.race)}
