"""Honest arrival windows, learned from the shop's own delivered parcels.

`clock` counts working time, `lane` says which parcels resemble each other, `road` tells how far one has come,
`days` is what a lane took so far, `risk` how likely it misses a day,
`table` holds all lanes and turns them into days of the calendar, `window` cuts windows out of those,
`calibrate` corrects the windows by how right earlier ones were, `learn` builds a table, `estimate` asks one.
Values in, answers out: no clock is read, nothing depends on the order of the parcels.
"""
