"""Reading files of orders: rows, columns, cells, and the orders made of them. Pure, streaming, forgiving.

One bad row never hides a good one: it comes out with its line and a sentence, and reading goes on.
"""
