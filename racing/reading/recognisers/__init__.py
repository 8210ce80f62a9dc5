"""The star: one kind of sentence a file. A recogniser adds candidates and never looks at what another found."""

from collections.abc import Callable, Iterator

from racing.reading.candidates import Candidate
from racing.reading.recognisers import (
    claims,
    fastest_laps,
    meetings,
    numbered,
    orders,
    penalties,
    places,
    podium,
    qualifying,
    retirements,
    winning,
)
from racing.reading.story import Scene, Story

Recogniser = Callable[[Story, Scene], Iterator[Candidate]]

#: In the order in which they are tried; the order changes nothing.
RECOGNISERS: tuple[Recogniser, ...] = (
    winning.recognise,
    places.recognise,
    podium.recognise,
    orders.recognise,
    numbered.recognise,
    qualifying.recognise,
    fastest_laps.recognise,
    penalties.recognise,
    retirements.recognise,
    claims.recognise,
    meetings.recognise,
)
