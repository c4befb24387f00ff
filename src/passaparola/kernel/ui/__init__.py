"""The look: layouts, components, charts and formats that every page of the team and of the customer is built from.

Knows nothing of orders or shops: pages hand it plain values (see `shell.py`), so that it can be shown and tested alone.
"""
