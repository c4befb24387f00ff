import pytest

from passaparola.config.tests.installation import Installation


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A data folder with all tables, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("made")
    assert Installation(folder).run("migrate").returncode == 0
    return folder
