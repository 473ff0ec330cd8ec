"""Judge synthesized stacks by checkov's rules.

`running` starts it, `exceptions` lists what it may find, `judging` compares.
"""
