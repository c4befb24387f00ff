"""The dummy records what it is given and answers as told."""

from passaparola.messages.channel import Outcome, Packed, Result
from passaparola.messages.channels.dummy.channel import DummyChannel


def packed(pk, recipient):
    return Packed(
        pk=pk,
        sender="s",
        recipient=recipient,
        payload=b"x",
        subject="x",
        message_id="x",
        template_version="1",
    )


def test_it_answers_as_told_and_is_kind_to_the_others():
    channel = DummyChannel()
    channel.answers["a@b.example"] = Outcome(pk=0, result=Result.REFUSED, words="550 no")

    outcomes = list(channel.deliver([packed(1, "a@b.example"), packed(2, "c@d.example")]))

    assert [(o.pk, o.result, o.words) for o in outcomes] == [
        (1, Result.REFUSED, "550 no"),
        (2, Result.SENT, ""),
    ]
    assert [p.pk for p in channel.sent] == [2]
