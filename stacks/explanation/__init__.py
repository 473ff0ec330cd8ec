"""Where every value of a cluster comes from, and which words of which file made a Terraform address.

    choice      one cluster in one environment, from what somebody typed
    subject     that cluster with all that its values came from
    rows        the words of the layers: which one holds, what it overrode
    derived     the values that follow from others, with the reason
    addresses   the Terraform addresses, each with the rows that made it

Nothing here imports CDKTF.
"""
