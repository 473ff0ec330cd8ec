"""The files of a new infrastructure repository, as Jinja templates."""
