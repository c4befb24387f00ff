"""The look: layouts, components, charts and formats that every page is built from.

Knows nothing of orders or shops: pages hand it plain values (see `shell.py`), so it can be shown and tested
alone.
"""
