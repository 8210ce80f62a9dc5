"""The races of a driver or a team."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from standings.sheets.calendar import race_name, race_url
from standings.sheets.career import Finish
from standings.tables.ground import SiteTable, number_column


class CareerTable(SiteTable):
    """Race by race; `car` also says who else sat in it."""

    row_header = "race"
    css = "career"

    race = tables.Column(verbose_name=gettext_lazy("Race"), empty_values=())
    car = tables.Column(verbose_name=gettext_lazy("Car"), accessor="entry", empty_values=())
    position = number_column(verbose_name=pgettext_lazy("ranking", "overall"), empty_values=(), css="num big")
    classes = tables.Column(verbose_name=gettext_lazy("Class"), empty_values=())

    def render_race(self, record: Finish) -> SafeString:
        season = reverse("standings:season", args=[record.season.series.slug, record.season.year])
        return format_html(
            '<a href="{}">{}</a><small><a href="{}">{}</a></small>',
            race_url(record.race),
            race_name(record.race),
            season,
            record.season,
        )

    def render_car(self, record: Finish) -> SafeString:
        plate = format_html('<span class="plate">{}</span> ', record.number) if record.number else ""
        links = [(reverse("standings:driver", args=[one.slug]), one.last_name) for one in record.drivers]
        make = record.entry.make
        under = (
            format_html('<small><a href="{}">{}</a></small>', reverse("standings:make", args=[make.slug]), make)
            if make
            else ""
        )
        return format_html("{}{}{}", plate, format_html_join(" / ", '<a href="{}">{}</a>', links), under)

    def render_position(self, record: Finish) -> SafeString | str:
        words: SafeString | str = str(record.position or record.status or "?")
        if record.pole:
            words = format_html("<b>{}</b>", words)
        return format_html("<i>{}</i>", words) if record.fastest else words

    def render_classes(self, record: Finish) -> SafeString:
        rows = [(one.name, one.position) for one in record.classes]
        return format_html_join(" ", '<span class="tag">{} <b>{}</b></span>', rows)
