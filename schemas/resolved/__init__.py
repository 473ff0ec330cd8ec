"""The resolved cluster: one cluster in one environment, nothing missing. Constructs only map it.

One module for each part, and `cluster`, which has all of them. Names of attributes are those of the AWS provider's
arguments wherever there is one.
"""
