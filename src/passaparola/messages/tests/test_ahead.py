"""A fresh worker is ready before its first mail."""

from passaparola.kernel import loops
from passaparola.messages import ahead
from passaparola.messages.ahead import Named
from passaparola.messages.rendering.template import compiled


def test_what_was_written_last_is_compiled_before_the_next_mail_is_due(place_order):
    place_order()
    compiled.cache_clear()

    ahead.get_ready()

    assert compiled.cache_info().currsize == 1


def test_what_nobody_knows_any_more_holds_up_nothing(luna):
    wanted = [Named(luna.pk, "gone", "it"), Named(0, "shipped", "it"), Named(luna.pk, "shipped", "it")]

    assert ahead.compile_letters(wanted) == 1


def test_a_worker_starts_also_where_getting_ready_fails(monkeypatch, db, caplog):
    done = []

    def fail():
        raise RuntimeError("no")

    monkeypatch.setattr(loops, "AHEAD", [fail, lambda: done.append(1)])
    monkeypatch.setattr(loops.connection, "close", lambda: None)  # the test's own transaction

    loops.get_ready()

    assert done == [1]
    assert "Getting ready" in caplog.text
