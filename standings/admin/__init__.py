"""Championships with their rules in the admin, to be read and edited by a person; what is computed of them to look at."""

from standings.admin import asking, championships, derived

__all__ = ["asking", "championships", "derived"]
