"""Where the parcels are: trackers, scans, parcels, and when they will arrive."""
