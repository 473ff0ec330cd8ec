"""What may be said: located YAML, the models of manifests and environments, and what they resolve to."""
