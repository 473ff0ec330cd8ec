"""What every problem code means: a data file per code. docs/errors.md and `auroraform explain` are made from them."""
