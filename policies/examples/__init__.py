"""Two cases for each rule, as files of its code."""
