"""Training of what `racing.reading.learned` asks. Needs libraries that the program does without."""
