"""What was learned from reports that people had read: word vectors and nets, asked in numpy."""
