"""Judge synthesized stacks by checkov's rules: `running` starts it, `exceptions` lists what may stay, `judging` compares."""
