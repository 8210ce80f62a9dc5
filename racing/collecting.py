"""How often the collector of garbage looks through what a process holds: rarely, for little of it is ever garbage to it."""

import gc

#: The youngest objects are looked through once so many more were made than freed; Python itself does so after 700. A season's
#: tables are 10,000 that all stay.
YOUNGEST = 50_000
#: The older ones after so many times of the next younger: some hundred thousand objects of garbage wait at the most, where
#: the tens of Python itself would let millions wait.
OLDER = 2


def collect_rarely() -> None:
    """Look seldom, and never again through what is loaded by now, which stays as long as the process does.

    Each process of the application does so as it starts, the web's and the workers' too. What nothing refers to is freed at
    once as ever: this is about circles of objects that refer to each other and are referred to by nothing else.
    """
    gc.freeze()
    gc.set_threshold(YOUNGEST, OLDER, OLDER)
