import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from passaparola.kernel.database import cluster
from passaparola.kernel.database.cluster import Cluster
from passaparola.kernel.database.errors import PrivateDatabaseError
from passaparola.kernel.database.tests.user import User, ask, is_abandoned, processes


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One database, made once: making it is tested where it is the point."""
    folder = tmp_path_factory.mktemp("made")
    Cluster(folder, durable=False).make()
    return folder


@pytest.fixture
def data(made, tmp_path):
    shutil.copytree(made / "postgres", tmp_path / "postgres")
    return tmp_path


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


def test_it_starts_with_the_first_user_and_ends_with_the_last(tmp_path):
    with User(tmp_path) as first, User(tmp_path) as second:
        assert first.says == second.says
        first.leave()

        assert ask(second.says) == 1
    assert is_abandoned(tmp_path)


def test_what_was_stored_is_there_at_the_next_start(data):
    with User(data) as user:
        ask(user.says, "CREATE TABLE kept AS SELECT 42 AS answer")

    with User(data) as user:
        assert ask(user.says, "SELECT answer FROM kept") == 42


def test_many_first_users_at_the_same_moment_share_one_server(tmp_path):
    users = [User(tmp_path) for _ in range(5)]

    try:
        addresses = {user.says for user in users}
        servers = {ask(user.says, "SELECT pg_postmaster_start_time()") for user in users}
    finally:
        for user in users:
            user.leave()

    assert len(addresses) == len(servers) == 1
    assert is_abandoned(tmp_path)


def test_users_that_come_while_the_last_one_goes_get_a_server(data):
    for _ in range(5):
        with User(data) as user:
            ask(user.says)
            next_user = User(data)
        with next_user:
            assert ask(next_user.says) == 1


def test_a_killed_user_leaves_nothing_behind(data):
    with User(data) as user:
        ask(user.says)
        user.killed()

    assert is_abandoned(data)


def test_a_killed_first_user_does_not_take_the_server_from_the_others(data):
    with User(data) as first, User(data) as second:
        started = ask(first.says, "SELECT pg_postmaster_start_time()")
        assert second.says
        first.killed()

        assert ask(second.says, "SELECT pg_postmaster_start_time()") == started


def test_a_killed_server_is_started_again_with_everything_committed(data):
    with User(data) as user:
        ask(user.says, "CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(postmaster(data), signal.SIGKILL)

        assert ask(user.says, "SELECT answer FROM kept") == 42


def test_a_process_that_outlives_its_server_ends_before_another_starts(data):
    with User(data) as user, closing(psycopg.connect(user.says, autocommit=True)) as line:
        # A statement that never waits, and so never notices that its server is gone.
        line.pgconn.send_query(b"DO $$BEGIN LOOP END LOOP; END$$")
        busy = line.info.backend_pid
        os.kill(postmaster(data), signal.SIGKILL)

        assert ask(user.says) == 1
        assert busy not in processes(data)


def test_a_killed_keeper_is_replaced(data):
    with User(data) as user:
        started = ask(user.says, "SELECT pg_postmaster_start_time()")
        os.kill(keeper(data), signal.SIGKILL)
        until_new = [ask(user.says, "SELECT pg_postmaster_start_time()") for _ in range(2)]
        while until_new[-1] == started:
            until_new.append(ask(user.says, "SELECT pg_postmaster_start_time()"))

        assert ask(user.says) == 1
    assert is_abandoned(data)


def test_everything_killed_at_once_starts_again(data):
    with User(data) as user:
        ask(user.says, "CREATE TABLE kept AS SELECT 42 AS answer")
        for pid in [*processes(data), user.process.pid]:
            with suppress(ProcessLookupError):  # its parent's death was its own already
                os.kill(pid, signal.SIGKILL)

    with User(data) as user:
        assert ask(user.says, "SELECT answer FROM kept") == 42


def test_a_lock_file_that_names_somebody_else_is_no_obstacle(data):
    with User(data) as user:
        ask(user.says)
    left_over = f"{os.getpid()}\n{data}/postgres\n1\n5432\n{data}/postgres\n\n  1 1\nready   \n"
    (data / "postgres" / "postmaster.pid").write_text(left_over)

    with User(data) as user:
        assert ask(user.says) == 1


def test_a_half_made_database_is_made_anew(tmp_path):
    (tmp_path / "postgres.unfinished").mkdir()
    (tmp_path / "postgres.unfinished" / "PG_VERSION").write_text("18\n")

    with User(tmp_path) as user:
        assert ask(user.says) == 1


@pytest.mark.parametrize(
    "name", ["with space", "with,comma", 'with"quote', "with%percent", "l" * 110, "città"]
)
def test_any_folder_will_do(made, tmp_path, name):
    data = tmp_path / name
    shutil.copytree(made / "postgres", data / "postgres")

    with User(data) as user, User(data) as second:
        assert ask(user.says) == 1
        assert ask(second.says) == 1
    assert is_abandoned(data)


def test_nobody_else_may_enter_its_folder(data):
    with User(data) as user:
        folder = Path(ask(user.says, "SHOW data_directory"))

        assert folder.stat().st_mode & 0o077 == 0
        assert ask(user.says, "SHOW listen_addresses") == ""


def test_data_of_another_version_is_refused_with_what_to_do(data):
    with User(data) as user:
        ask(user.says)
    (data / "postgres" / "PG_VERSION").write_text("12\n")

    with User(data) as user:
        assert "made by PostgreSQL 12" in user.says


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with User(tmp_path / "file") as user:
        assert "can't be used" in user.says


def test_root_that_may_not_step_down_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(cluster, "_AS_NOT_ROOT", ("false",))

    with pytest.raises(PrivateDatabaseError, match="start Passaparola as a normal user, or set DATABASE_URL"):
        Cluster(tmp_path).make()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try being somebody else")
def test_a_normal_user_runs_one_too():
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    reads_and_runs = (
        f"import subprocess, sys; open({__file__!r}); subprocess.run([sys.executable, '-V'], check=True)"
    )
    pythons = [sys.executable, "/usr/bin/python3"]
    python = next((name for name in pythons if can_run([*nobody, name, "-c", reads_and_runs])), None)
    if python is None:
        pytest.skip("no Python that every user may run is 3.11 or later here")

    with TemporaryDirectory() as folder:
        os.chown(folder, 65534, 65534)
        with User(Path(folder), python=[*nobody, python]) as user:
            assert user.says.startswith("postgresql://")
        assert is_abandoned(Path(folder))


def can_run(command):
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def keeper(data: Path) -> int:
    status = Path(f"/proc/{postmaster(data)}/status").read_text()
    return int(status.split("PPid:")[1].split()[0])
