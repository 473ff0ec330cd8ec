"""From the checked spec of one cluster to its resolved parts: one module each, all of which fill in what follows."""
