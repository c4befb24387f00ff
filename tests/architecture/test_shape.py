import ast
import re

import pytest

from tests.architecture.repository import ROOT, SOURCE, files, python_files

FORBIDDEN_NAMES = {
    *("utils", "util", "helpers", "helper", "common", "misc"),
    *("service", "services", "manager", "base"),
}
ADDRESS = re.compile(
    rb"(?<!emit-)index-url|find-links|registry\s*=\s*[\"']?http|\"resolved\":\s*\"http|files\.pythonhosted"
)
FOLDER_OF_THIS_FILE = "tests/architecture/"


def plugin_folders():
    """The folders of kinds: those beside the module that holds their contract."""
    return [
        kind
        for contract in SOURCE.rglob("*.py")
        if (folder := contract.with_name(contract.stem + "s")).is_dir()
        for kind in sorted(folder.iterdir())
        if (kind / "__init__.py").exists() and kind.name != "tests"
    ]


def test_no_name_says_nothing():
    said = [path for path in python_files() if {path.stem, path.parent.name} & FORBIDDEN_NAMES]

    assert not said, "These names could mean anything; which noun of the shop is it?"


def test_every_package_says_what_it_is():
    silent = [
        path.relative_to(ROOT)
        for path in python_files()
        if path.name == "__init__.py"
        and path.parent.name != "tests"  # says it already
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert not silent


def test_every_kind_has_tests():
    """Of its own, or those of its contract, which go through all kinds in the folder."""
    kinds = plugin_folders()
    untested = [
        kind.relative_to(SOURCE) for kind in kinds if not (has_tests(kind) or has_contract_tests(kind))
    ]

    assert len(kinds) > 5
    assert not untested


def has_tests(kind):
    return any(path.name.startswith("test_") for path in kind.rglob("*.py"))


def has_contract_tests(kind):
    name = f"test_{kind.parent.name}.py"
    return any(
        (folder / name).exists() for folder in (ROOT / "tests/contracts", kind.parent.parent / "tests")
    )


def test_no_committed_file_names_a_place_to_download_from():
    named = [
        path.relative_to(ROOT)
        for path in files()
        if FOLDER_OF_THIS_FILE not in path.as_posix() and ADDRESS.search(path.read_bytes())
    ]

    assert not named


def test_the_lock_pins_every_package_with_a_hash():
    for lock in (ROOT / "requirements").glob("*.lock"):
        pinned = re.findall(r"^[a-z0-9].*==.*\\\n\s+--hash=sha256:", lock.read_text(), re.MULTILINE)
        named = re.findall(r"^[a-z0-9].*", lock.read_text(), re.MULTILINE)

        assert len(pinned) == len(named) > 10


def test_a_kind_is_never_named_by_those_who_use_it():
    kinds = {".".join(kind.relative_to(SOURCE.parent).parts) for kind in plugin_folders()}
    named = [
        f"{path.relative_to(SOURCE)}: {kind}"
        for path in python_files()
        if SOURCE in path.parents and "tests" not in path.parts
        for kind in kinds.intersection(_begun(re.findall(r"passaparola(?:\.\w+)+", path.read_text())))
        if kind.replace(".", "/") not in path.as_posix()
    ]

    assert not named, "A registry finds kinds by listing their folder."


def _begun(names):
    """With each dotted name everything that it begins with: `a.b.c` names `a.b` too."""
    return {
        name[:end] for name in names for end in (*(m.start() for m in re.finditer(r"\.", name)), len(name))
    }


def test_sizes_are_shown_and_not_judged(capsys):
    sizes = sorted((len(path.read_text().splitlines()), path.relative_to(ROOT)) for path in python_files())

    with capsys.disabled():
        middle = sizes[len(sizes) // 2][0]
        longest = ", ".join(f"{path} {lines}" for lines, path in sizes[-3:])
        print(f"\n{len(sizes)} modules, median {middle} lines; longest: {longest}")  # noqa: T201


@pytest.mark.parametrize("name", ["demo", "test", "check", "setup", "lock"])
def test_the_commands_of_the_repository_can_be_run(name):
    command = ROOT / "bin" / name

    assert command.stat().st_mode & 0o111
    assert command.read_text().startswith("#!/")
