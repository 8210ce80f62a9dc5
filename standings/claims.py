"""What reports claim about the championship, checked by our own tables. A claim never writes a table."""

from collections.abc import Mapping, Sequence

from racing.models import Season
from standings.championships import Held
from standings.scoring import Scored
from standings.season_results import SeasonResults


def check_claims(season: Season, held: Sequence[Held], tables: Mapping[int, Scored], results: SeasonResults) -> bool:
    """Check the claims of the season's reports; tell whether a stored verdict differed."""
    return False
