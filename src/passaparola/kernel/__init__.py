"""What every concept stands on: events, plugins, money, database, pages. It knows nothing of a shop."""
