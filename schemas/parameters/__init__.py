"""The parameters of the engines: which there are, what they may be, what a spec sets, and how RDS spells it."""
