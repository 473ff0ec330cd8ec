"""The layers of defaults, as data: each file is a partial spec."""
