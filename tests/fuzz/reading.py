"""Fuzz the reader, guided by the code that it reaches. For a bounded time in CI, for as long as you like at home:

    .venv/bin/python -m tests.fuzz.reading -max_total_time=30
    .venv/bin/python -m tests.fuzz.reading FILE         an input that failed, once more

Whatever the text: nothing is raised, every span lies inside it, and reading it twice gives the same.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["racing.reading"]):
    from racing.reading.reader import read
    from tests.reading.spans import spans_of
    from tests.reading.test_laws import PIECE_LIST

SAMPLES = Path(__file__).resolve().parents[2] / "racing/demo"
#: Nobody finds a fault with the thousandth sentence that he does not find with twenty.
LONGEST = 1500


def text_of(data: bytes) -> str:
    """Make a text of the fuzzer's bytes: as they are, or each byte a piece of what reports are made of."""
    if data[:1] == b"\x00":
        return " ".join(PIECE_LIST[byte % len(PIECE_LIST)] for byte in data[1:400])
    return data[:LONGEST].decode("utf-8", errors="replace")


def one_input(data: bytes) -> None:
    """Read one text and hold the reading to its promises."""
    text = text_of(data)
    reading = read(text)
    wrong = [span for span in spans_of(reading) if not 0 <= span.start < span.end <= len(text)]
    assert not wrong, wrong
    assert reading == read(text)


def main() -> None:
    """Run the fuzzer, from the sample reports on."""
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(sorted(SAMPLES.glob("*/*.txt"))):
            (Path(folder) / str(number)).write_bytes(path.read_bytes()[:LONGEST])
        given = [option for option in sys.argv[1:] if not option.startswith("-")]
        options = [*sys.argv, f"-max_len={LONGEST}", "-timeout=20", *([] if given else [folder])]
        atheris.Setup(options, one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
