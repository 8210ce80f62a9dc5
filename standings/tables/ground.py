"""What every table of the site stands on: its template, a caption, a row header, grouped columns."""

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A header over several columns, such as a meeting over its races. One without a label only holds the place."""

    span: int
    label: str = ""
    above: str = ""
    url: str = ""


class SiteTable(tables.Table):
    """A table with a caption, whose column `row_header` names each row.

    The template reads `attrs["td"]["class"]` and `attrs["th"]["class"]` of a column and nothing else of django-tables2's
    attributes: working out those for each cell costs more than all the rest.
    """

    row_header = ""

    class Meta:
        template_name = "standings/table.html"
        orderable = False

    def __init__(
        self, data: Any, *, caption: str, name: str, groups: list[ColumnGroup] | None = None, **kwargs: Any
    ) -> None:
        """Take the rows, the caption, and a `name` that no other table of the page has; `groups` cover all columns."""
        super().__init__(data, **kwargs)
        self.caption = caption
        self.name = name
        self.groups = groups or []

    def draw(self) -> str:
        """Give the HTML, marked as safe. It depends on no request: there is nothing to sort or to page."""
        return get_template("standings/table.html").render({"table": self})


def number_column(**kwargs: Any) -> tables.Column:
    """Give a column of numbers, set to the right."""
    css = kwargs.pop("css", "num")
    return tables.Column(attrs={"td": {"class": css}, "th": {"class": css}}, **kwargs)
