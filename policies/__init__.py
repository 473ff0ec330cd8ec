"""Production rules: what a careful database engineer would stop in review.

A rule is a module in `rules/` and its two cases in `examples/`; nothing else knows of it. Rules look at what is
resolved and at what is synthesized, never at what AWS has.
"""
