"""The tables as JSON, for programs: the stored rows as the pages show them, exact, with their reasons (`docs/api.md`)."""
