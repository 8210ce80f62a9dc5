"""The addresses of the desk: reports, their upload, their progress and their questions."""

from django.urls import URLPattern, URLResolver

app_name = "racing"
urlpatterns: list[URLPattern | URLResolver] = []
