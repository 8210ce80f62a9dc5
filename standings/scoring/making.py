"""Many small tuples, quickly: a season makes thousands of them."""

#: `new(Row, (1, 2, ..))` makes a named tuple out of a tuple of all its fields, at half the price of calling its kind.
new = tuple.__new__
