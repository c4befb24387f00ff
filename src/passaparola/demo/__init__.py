"""The demo: a whole little shop, Bottega Luna, whose orders move while one watches.

It stands at the very top, beside `config`: it may use everything, and nobody uses it.
"""
