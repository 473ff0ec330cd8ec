"""A workspace lived through on a local AWS: no account, no credentials, nothing outside this machine."""
