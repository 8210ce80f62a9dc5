"""The addresses of the desk: reports, their upload, their progress and their questions; signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path

from racing.views import original, signing_in

app_name = "racing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/<int:pk>/original/", original.download, name="original"),
    path("login/", signing_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
