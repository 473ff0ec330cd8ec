"""Where clusters run: workspaces, layers of defaults, remote state, and one stack per environment."""
