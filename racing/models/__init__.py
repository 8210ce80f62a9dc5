"""What happened, as rows: sources that people or files made, and what workers derive from them."""

from racing.models.answers import ModelAnswer
from racing.models.archives import Archive, ArchiveKey, Record
from racing.models.calendar import Circuit, Event, Race, Round, Season, Series
from racing.models.entries import Alias, CrewMember, Driver, Entry, EntryClass, EntryMark, Make, RacingClass, Team
from racing.models.reports import Answer, Fact, FactEntry, ReadingJob, ReadingRecord, Report
from racing.models.results import Correction, Disagreement, Place, Result

__all__ = [
    "Alias",
    "Answer",
    "Archive",
    "ArchiveKey",
    "Circuit",
    "Correction",
    "CrewMember",
    "Disagreement",
    "Driver",
    "Entry",
    "EntryClass",
    "EntryMark",
    "Event",
    "Fact",
    "FactEntry",
    "Make",
    "ModelAnswer",
    "Place",
    "Race",
    "RacingClass",
    "ReadingJob",
    "ReadingRecord",
    "Record",
    "Report",
    "Result",
    "Round",
    "Season",
    "Series",
    "Team",
]
