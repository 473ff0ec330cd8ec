"""A local AWS on loopback: moto's server in a process of its own, with fixed ids and fewer gaps."""
