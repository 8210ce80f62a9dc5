"""How a car's race ended, in words: of what holds and of what archives say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from racing.terms import Status

STATUSES = [
    (Status.FINISHED, pgettext_lazy("of a car", "finished")),
    (Status.DNF, _("retired")),
    (Status.NC, _("not classified")),
    (Status.DNS, _("did not start")),
    (Status.DNQ, _("did not qualify")),
    (Status.DSQ, _("disqualified")),
    (Status.EX, _("excluded")),
    (Status.WD, pgettext_lazy("of a car", "withdrawn")),
]
