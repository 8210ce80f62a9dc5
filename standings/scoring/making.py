"""Many small things, quickly: a season makes thousands of tuples, and looks thousands of times for what was made once.

Of a dictionary that makes what it lacks (a `dict` with `__missing__`) one asks `found = made.__getitem__` where much is looked
up: `made[key]` looks for that method each time, and takes three times as long as `found(key)`.
"""

#: `new(Row, (1, 2, ..))` makes a named tuple out of a tuple of all its fields, at half the price of calling its kind.
new = tuple.__new__
