"""The sample season and the five real meetings: reports, and how they are brought in."""
