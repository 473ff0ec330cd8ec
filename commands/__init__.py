"""The command line: one module per command. It translates, calls, prints and exits; it decides nothing."""
