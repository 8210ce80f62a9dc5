"""A ranking of a race, line by line, each with the words that say it."""

import django_tables2 as tables
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from standings.sheets.race import Gap, Line, Ranking
from standings.tables.ground import SiteTable, number_column


class RankingTable(SiteTable):
    """One ranking; its rows are lines and gaps. `short` leaves out the words, which stand at the ranking before."""

    row_header = "car"
    css = "ranking"

    position = number_column(verbose_name=pgettext_lazy("position, short", "Pos."), css="pos", empty_values=())
    car = tables.Column(verbose_name=gettext_lazy("Car"), empty_values=(), attrs={"th": {"class": "wide"}})

    def __init__(self, ranking: Ranking, *, caption: str, name: str) -> None:
        super().__init__(ranking.lines, caption=caption, name=name)
        self.ranking = ranking
        self.line = get_template("standings/line.html")

    def render_position(self, record: Line | Gap) -> SafeString | str:
        if isinstance(record, Gap):
            return f"{record.first}" if record.first == record.last else f"{record.first}–{record.last}"
        if record.position is not None:
            return str(record.position)
        if record.status:
            return record.status
        return format_html('?<span class="hidden-words"> {}</span>', _("place not known"))

    def render_car(self, record: Line | Gap) -> str:
        if isinstance(record, Gap):
            return format_html('<span class="soft">{}</span>', _("not told by any report"))
        return self.line.render({"line": record, "classes": record.classes})
