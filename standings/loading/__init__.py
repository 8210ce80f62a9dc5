"""An archive of past seasons into the database: who and where by the archive's own names, then a season at a time."""
