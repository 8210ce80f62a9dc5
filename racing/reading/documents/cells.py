"""What a cell of a table says, in one line."""

import re


def cell_text(text: str) -> str:
    """Give what a cell says in one line. Lines that are each a whole name, or a word in capitals, are parted by " / "."""
    lines = [line for line in (" ".join(line.split()) for line in re.split(r"[\n\t]", text)) if line]
    whole = all(len(line.split()) >= 2 and not line[0].islower() for line in lines) or all(
        line.isupper() for line in lines
    )
    return (" / " if whole and len(lines) > 1 else " ").join(lines)
