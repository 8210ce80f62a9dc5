"""What the engine stores with awards and tables (`standings.scoring.scored`) as sentences in the reader's language."""
