"""What happened: reports, the facts they state, and the results that hold."""
