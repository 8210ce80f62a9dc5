"""The addresses of the desk: reports, their upload, their progress and their questions; signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, path

from racing.views import entering, original, progress, questions, report, reports, signing_in, upload

app_name = "racing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("upload/", upload.upload, name="upload"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/<int:pk>/", report.show, name="report"),
    path("reports/<int:pk>/progress/", progress.show, name="progress"),
    path("reports/<int:pk>/again/", progress.read_again, name="read_again"),
    path("reports/<int:pk>/answer/", questions.take_answer, name="answer"),
    path("reports/<int:pk>/enter/", entering.enter, name="enter"),
    path("reports/<int:pk>/original/", original.download, name="original"),
    path("login/", signing_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
]
