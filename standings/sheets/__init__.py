"""What the pages show, read from stored rows in a fixed number of queries. Nothing is computed here but gaps."""
