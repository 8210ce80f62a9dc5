"""The addresses of the site that anybody browses."""

from django.urls import URLPattern, URLResolver, include, path

from standings.views import archives, calendar, championship, home, meeting, people, plain, recomputing

app_name = "standings"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("series/", calendar.series_list, name="series_list"),
    path("series/<slug:slug>/", calendar.series, name="series"),
    path("series/<slug:slug>/<int:year>/", calendar.season, name="season"),
    path("series/<slug:slug>/<int:year>/<slug:championship>/", championship.table, name="championship"),
    path(
        "series/<slug:slug>/<int:year>/<slug:championship>/<slug:subject>/",
        championship.score_sheet,
        name="score_sheet",
    ),
    path("events/<slug:slug>/", meeting.event, name="event"),
    path("events/<slug:slug>/race-<int:number>/", meeting.race, name="race"),
    path("drivers/<slug:slug>/", people.driver, name="driver"),
    path("teams/<slug:slug>/", people.team, name="team"),
    path("makes/<slug:slug>/", people.make, name="make"),
    path("archives/<slug:slug>/", archives.archive, name="archive"),
    path("api/", include("standings.api.urls")),
    path("recomputations/<int:pk>/", recomputing.show, name="recomputation"),
    path("recomputations/<int:pk>/progress/", recomputing.progress, name="recomputation_progress"),
    path("robots.txt", plain.robots, name="robots"),
]
