"""Measured side by side in one run: ours against the bare thing, as ratios, medians and CPU per unit."""
