"""The addresses of the API, below /api/."""

from django.urls import path, re_path

from standings.api import answering, index, tables

app_name = "api"
urlpatterns = [
    path("", index.all_series, name="index"),
    path("series/", index.all_series, name="all_series"),
    path("series/<slug:slug>/", index.series, name="series"),
    path("series/<slug:slug>/<int:year>/", index.season, name="season"),
    path("series/<slug:slug>/<int:year>/<slug:championship>/", tables.table, name="table"),
    path("series/<slug:slug>/<int:year>/<slug:championship>/<slug:subject>/", tables.sheet, name="sheet"),
    # With its slash at the end, so that an address that lacks only that is still led to the right one.
    re_path(r"^.*/$", answering.nothing),
]
