"""The one signal of the project."""

from django.dispatch import Signal

#: Sent inside the transaction that changed results, with `seasons`: the seasons that must be scored before it commits, so that
#: results and tables are never seen apart. `settled` may give what was settled of
#: each (`racing.pipeline.Settled`): their rows are locked and fresh then.
results_changed = Signal()
