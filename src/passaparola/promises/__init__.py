"""The ledger: everything the shop promised, until when, and whether it was kept."""
