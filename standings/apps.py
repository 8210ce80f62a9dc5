from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StandingsConfig(AppConfig):
    name = "standings"
    verbose_name = _("Standings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Score what changes: results and tables are committed together."""
        # Models are not loaded before the apps are ready.
        from racing import jobs  # noqa: PLC0415
        from racing.signals import results_changed  # noqa: PLC0415
        from standings import asking, recompute  # noqa: PLC0415

        results_changed.connect(recompute.rescore, dispatch_uid="standings.rescore")
        post_migrate.connect(asking.ask_for_stale, sender=self, dispatch_uid="standings.ask_for_stale")
        jobs.QUEUES.append(asking.SCORING)
