"""A workbook: the rows of its sheets as they are shown, numbers and times by their formats (ISO/IEC 29500-1, 18.8.30)."""

import datetime
import io
import re
from typing import Any

import openpyxl

from racing.reading.documents.errors import DocumentError
from racing.reading.documents.places import Place, joined, placed

#: More rows, columns or cells than any classification; the rest of a sheet is formatted emptiness.
_ROWS_MAX, _COLUMNS_MAX, _CELLS_MAX = 20_000, 300, 400_000
_DAY = 86_400
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DECIMALS = re.compile(r"\.(0+)")


def extract_xlsx(data: bytes) -> str:
    """Give the rows of a workbook's visible sheets, a line each, with tabs between the cells.

    A sheet's name stands above its rows where there are several. The zip has been judged before
    (`racing.reading.documents.archive`). Raises DocumentError broken or too_long.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        tables = [(" ".join(sheet.title.split()), _lines(sheet)) for sheet in sheets]
    except (MemoryError, DocumentError):
        raise
    # What a damaged package raises is not documented: KeyError, ValueError, TypeError, ParseError, zlib.error ...
    except Exception as error:
        raise DocumentError("broken", type(error).__name__) from error
    told = [(title, lines) for title, lines in tables if any(line.strip() for line in lines)]
    if len(told) == 1:
        return joined(told[0][1])
    return joined(joined([placed(title, Place(sheet=title)), *lines, ""]) for title, lines in told)


def _lines(sheet: Any) -> list[str]:
    if (
        sheet.max_row > _ROWS_MAX * 60
        or min(sheet.max_row, _ROWS_MAX) * min(sheet.max_column, _COLUMNS_MAX) > 4 * _CELLS_MAX
    ):
        raise DocumentError("too_long", str(sheet.max_row))
    hidden = {name for name, size in sheet.row_dimensions.items() if size.hidden}
    area = {"max_row": min(sheet.max_row, _ROWS_MAX), "max_col": min(sheet.max_column, _COLUMNS_MAX)}
    title = " ".join(sheet.title.split())
    lines: list[str] = []
    for number, row in enumerate(sheet.iter_rows(**area), 1):
        if number not in hidden:
            line = "\t".join(_shown(cell) for cell in row).rstrip("\t")
            lines.append(placed(line, Place(row=number, sheet=title)))
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _shown(cell: Any) -> str:
    """Give a cell as the workbook shows it."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    form = str(cell.number_format or "General").split(";")[0]
    if isinstance(value, datetime.datetime):
        return (
            f"{value:%d/%m/%Y}" if (value.hour, value.minute, value.second) == (0, 0, 0) else f"{value:%d/%m/%Y %H:%M}"
        )
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, datetime.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return _time(seconds, form)
    if isinstance(value, datetime.timedelta):
        return _time(value.total_seconds(), form)
    if isinstance(value, int | float):
        return _number(value, form)
    return " / ".join(filter(None, (" ".join(line.split()) for line in str(value).splitlines())))


def _time(seconds: float, form: str) -> str:
    """Give a time with as many decimals as its format shows; hours where there are any."""
    decimals = _DECIMALS.search(form)
    digits = len(decimals[1]) if decimals else 0
    sign = "-" if seconds < 0 else "+" if form.startswith(("+", '"+"')) else ""
    seconds = round(abs(seconds), digits or (0 if "s" in form else 3))
    whole = int(seconds)
    part = f"{seconds - whole:.{digits}f}"[1:] if digits else ""
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{sign}{hours}:{minutes:02}:{whole % 60:02}{part}"
    return f"{sign}{minutes}:{whole % 60:02}{part}"


def _number(value: float, form: str) -> str:
    plain = _QUOTED.sub("", form)
    if re.search(r"[ms]", plain, re.I) and re.search(r"s", plain, re.I) and "E" not in plain:
        return _time(value * _DAY, form)
    percent = "%" in plain
    decimals = _DECIMALS.search(plain)
    before = "".join(match[1] or match[2] or "" for match in _QUOTED.finditer(form.split("0")[0].split("#")[0]))
    sign = "+" if plain.startswith("+") and value >= 0 else ""
    if plain in ("General", "@", ""):
        text = str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    else:
        padded = re.fullmatch(r"0+", plain)
        digits = len(decimals[1]) if decimals else 0
        text = f"{value * (100 if percent else 1):.{digits}f}"
        text = text.zfill(len(plain)) if padded else text
    return f"{before}{sign}{text}{'%' if percent else ''}"
