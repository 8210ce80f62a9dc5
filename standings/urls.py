"""The addresses of the site that anybody browses."""

from django.urls import URLPattern, URLResolver

app_name = "standings"
urlpatterns: list[URLPattern | URLResolver] = []
