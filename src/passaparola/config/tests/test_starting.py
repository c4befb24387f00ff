"""What every process does before it does anything."""

import os
import subprocess
import sys

HEAVY = ("fpdf", "numpy", "fontTools", "requests", "polars", "passaparola.promises.rules.commitments")
"""Half of the time that starting would take, for what few processes ever need."""
PROGRAM = f"""
import sys, django
django.setup()
import passaparola.config.urls
sys.exit(" ".join(name for name in {HEAVY} if name in sys.modules) or 0)
"""


def test_a_process_starts_without_what_it_may_never_need(tmp_path):
    environ = os.environ | {
        "PASSAPAROLA_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "passaparola.config.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environ, capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0
