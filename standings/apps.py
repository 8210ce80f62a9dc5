from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandingsConfig(AppConfig):
    name = "standings"
    verbose_name = _("Standings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Score what changes: results and tables are committed together."""
        # Models are not loaded before the apps are ready.
        from racing.signals import results_changed  # noqa: PLC0415
        from standings.recompute import rescore  # noqa: PLC0415

        results_changed.connect(rescore, dispatch_uid="standings.rescore")
