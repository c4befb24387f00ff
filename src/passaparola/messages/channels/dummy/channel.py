"""Keeps letters in a list; answers as told."""

from collections.abc import Iterator, Sequence
from time import sleep

from passaparola.messages.channel import Channel, Letter, Outcome, Packed, Result


class DummyChannel(Channel):
    """Everybody gets their letter, unless `answers` says otherwise for an address."""

    stands_in_for = "email"

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything, be kind again."""
        self.sent: list[Packed] = []
        self.answers: dict[str, Outcome] = {}
        """By address; its `pk` does not matter. The key "" answers for everybody."""
        self.pause = 0.0
        """Seconds each letter takes."""
        self.is_set_up = True

    def is_ready(self) -> bool:
        return self.is_set_up

    def pack(self, letter: Letter) -> Packed:
        subject, text, html = letter.template.quoted(letter.data)
        return Packed(
            pk=letter.pk,
            sender=letter.sender.address,
            recipient=letter.to_address,
            payload=text + html,
            subject=subject,
            message_id=f"dummy-{letter.pk}",
            template_version=letter.template.version,
        )

    def deliver(self, letters: Sequence[Packed]) -> Iterator[Outcome]:
        for letter in letters:
            sleep(self.pause)
            told = self.answers.get(letter.recipient) or self.answers.get("")
            if told is None or told.result in {Result.SENT, Result.UNKNOWN}:
                self.sent.append(letter)
            result = told.result if told else Result.SENT
            yield Outcome(
                pk=letter.pk,
                result=result,
                words=told.words if told else "",
                is_dead_address=bool(told and told.is_dead_address),
            )
