"""What journeys say next is compiled before somebody is due."""

from passaparola.journeys import ahead
from passaparola.messages.rendering.template import compiled


def test_the_letters_of_journeys_that_are_on_are_compiled_in_every_language(shop):
    shop.journey()
    compiled.cache_clear()

    ahead.get_ready()

    assert compiled.cache_info().currsize == 2
