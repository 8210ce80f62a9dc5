"""The sport's words, each with one meaning, as the code uses them.

This is the ground that every other room stands on: no Django, no imports from the project.
"""

from enum import StrEnum

#: The ranking of every car on the road, guests and other series' cars included.
TRACK = "track"
#: The ranking of the series itself, all classes together, guests taken out.
OVERALL = "overall"
# Any other ranking is a class by its own name: "B", "Pro-Am", "Rookie" ...


class Status(StrEnum):
    """How a car's race ended, apart from whether it is classified."""

    FINISHED = "finished"
    DNF = "DNF"
    NC = "NC"
    DNS = "DNS"
    DNQ = "DNQ"
    DSQ = "DSQ"
    EX = "EX"
    WD = "WD"


class RaceStatus(StrEnum):
    """How far a race's classification can be relied on."""

    SCHEDULED = "scheduled"
    PROVISIONAL = "provisional"
    OFFICIAL = "official"
    AMENDED = "amended"
    CANCELLED = "cancelled"


class FactKind(StrEnum):
    """What a fact of a report is about."""

    FINISH = "finish"
    QUALIFYING = "qualifying"
    FASTEST_LAP = "fastest_lap"
    PENALTY = "penalty"
    RETIREMENT = "retirement"
    CLAIM = "claim"
    MEETING = "meeting"


class Contest(StrEnum):
    """What a place was won in. Pole is place 1 of qualifying."""

    RACE = "race"
    QUALIFYING = "qualifying"
    FASTEST_LAP = "fastest_lap"


class Origin(StrEnum):
    """Where a field of a result comes from."""

    STATED = "stated"
    DERIVED = "derived"
    CORRECTED = "corrected"


class Mark(StrEnum):
    """What the rules may ask of an entry in a round, beside its class."""

    NOMINATED = "nominated"
    UNREGISTERED = "unregistered"
    TAG = "tag"
    TEAM_CAR = "team_car"
    CREW = "crew"
    CAR = "car"


class Match(StrEnum):
    """Whether a fact's people were found among a season's entries."""

    MATCHED = "matched"
    PROPOSED = "proposed"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class JobState(StrEnum):
    """Where a report is on its way; the order is the way."""

    WAITING = "waiting"
    READING = "reading"
    MATCHING = "matching"
    SETTLING = "settling"
    SCORING = "scoring"
    ASKING = "asking"
    DONE = "done"
    FAILED = "failed"


class Reader(StrEnum):
    """Who reads a series' reports."""

    OFFLINE = "offline"
    MODEL = "model"
    BOTH = "both"


class Asking(StrEnum):
    """What became of a question to the model reader."""

    ASKED = "asked"
    USABLE = "usable"
    UNUSABLE = "unusable"
    FAILED = "failed"


#: States in which a worker holds the job, so a stale heartbeat means that the worker has died.
AT_WORK = (JobState.READING, JobState.MATCHING, JobState.SETTLING, JobState.SCORING)
