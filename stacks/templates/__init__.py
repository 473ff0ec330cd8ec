"""The SQL scripts that stand beside a stack, as Jinja templates: one for each engine."""
