"""Charts drawn as SVG on the server: no script, no inline style, and the figures as a table as well.

Pure functions: numbers in, safe HTML out. Colours are classes of the stylesheet (`one`, `two`, `three`).
Widths are percentages, not a scaled drawing, so that letters keep their size on a phone.
"""

from passaparola.kernel.ui.charts.bars import Bar, bars
from passaparola.kernel.ui.charts.cohorts import Cohort, cohorts
from passaparola.kernel.ui.charts.columns import Series, columns
from passaparola.kernel.ui.charts.donut import donut
from passaparola.kernel.ui.charts.sparkline import sparkline

__all__ = ["Bar", "Cohort", "Series", "bars", "cohorts", "columns", "donut", "sparkline"]
