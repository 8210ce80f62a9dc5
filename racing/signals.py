"""The one signal of the project."""

from django.dispatch import Signal

#: Sent inside the transaction that changed results, with `seasons`: the seasons whose rows are locked and must be scored
#: before it commits, so that results and tables are never seen apart.
results_changed = Signal()
