"""Real database servers, each started for the tests that need it, in a folder of its own, on a socket alone."""
