"""The group of the editors: they upload, answer, confirm and correct; accounts and what is derived are not theirs."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from racing.migrated import is_whole

NAME = "Editors"

#: What editors may look at, add and change.
KEPT = [
    "series",
    "season",
    "circuit",
    "event",
    "round",
    "race",
    "driver",
    "team",
    "make",
    "racingclass",
    "entry",
    "crewmember",
    "entryclass",
    "entrymark",
    "alias",
    "report",
    "answer",
    "correction",
    "championship",
]
#: What they may also delete: a slip of the pen. The rest is merged, cancelled or withdrawn.
DELETED = ["round", "racingclass", "crewmember", "entryclass", "entrymark", "alias"]


def make_group(app_config: AppConfig, using: str, **_signal: Any) -> None:
    """Give the group its permissions, after the migration of the last app that has any; a second run changes nothing.

    Where some app is not migrated to its end there is nothing to give yet. An installation that wants other rights makes a
    group of its own.
    """
    if app_config.label != "standings" or not is_whole(using):
        return
    for label in ("racing", "standings"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    ours = Q(content_type__app_label__in=["racing", "standings"])
    kept = Q(codename__in=[f"{deed}_{name}" for name in KEPT for deed in ("add", "change")])
    deleted = Q(codename__in=[f"delete_{name}" for name in DELETED])
    looked_at = Q(codename__startswith="view_")
    group, _made = Group.objects.using(using).get_or_create(name=NAME)
    group.permissions.set(Permission.objects.using(using).filter(ours & (kept | deleted | looked_at)))
