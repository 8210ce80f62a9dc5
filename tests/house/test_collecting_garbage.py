"""A process of the application looks for garbage rarely."""

import gc
import weakref

from racing.collecting import OLDER, YOUNGEST, collect_rarely


class Thing:
    """Something that may refer to itself."""

    itself: "Thing"


def test_every_process_does_so_as_it_starts():
    # This process has set up Django as the web and the workers do.
    assert gc.get_threshold() == (YOUNGEST, OLDER, OLDER)
    assert gc.get_freeze_count() > 10_000


def test_a_circle_made_later_is_still_found():
    collect_rarely()
    thing = Thing()
    thing.itself = thing
    seen = weakref.ref(thing)
    del thing
    gc.collect()
    assert seen() is None
