"""Every sentence that says what is wrong can be translated, although the rules that say it know no Django."""

import ast
from pathlib import Path

import passaparola
from passaparola.journeys import said as of_journeys
from passaparola.journeys.wrong import IN_THE_FORM
from passaparola.segments import said as of_segments

SOURCE = Path(passaparola.__file__).parent


def sentences(concept):
    for path in (SOURCE / concept).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in {"ConditionError", "DocumentError"} and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_all_of_them_are_named_for_translators():
    told = {*of_journeys.SENTENCES, *of_segments.SENTENCES}

    assert set(sentences("segments")) | set(sentences("journeys")) <= told
    assert len(told) > 50


def test_what_the_form_says_otherwise_is_said_somewhere():
    assert set(IN_THE_FORM) <= set(of_journeys.SENTENCES)
