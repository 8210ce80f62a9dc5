"""What things cost: each file prints its figures beside a yardstick of the same run, since machines differ and are noisy."""
