import stat
from concurrent.futures import ThreadPoolExecutor

from passaparola.config import secret_key


def test_the_key_stays_the_same_and_is_for_the_owner_only(tmp_path):
    first = secret_key.of(tmp_path / "data")

    assert secret_key.of(tmp_path / "data") == first
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_everybody_who_asks_at_the_same_moment_gets_the_same_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(secret_key.of, [tmp_path] * 64))

    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
