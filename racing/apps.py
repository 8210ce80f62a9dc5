from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from racing.collecting import collect_rarely


class RacingConfig(AppConfig):
    name = "racing"
    verbose_name = _("Races")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Collect garbage rarely; make the group of the editors after each migration: permissions are there only then."""
        from racing.editors import make_group  # noqa: PLC0415  models may be imported only when the apps are ready

        collect_rarely()
        post_migrate.connect(make_group, dispatch_uid="racing.editors")


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our own site."""

    default = False
    default_site = "racing.admin_site.DeskSite"
