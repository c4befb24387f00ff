"""The frame of the customer's pages."""

from passaparola.account.shells import ways_of_order


def test_who_chose_another_language_reads_on_in_it():
    ways = ways_of_order("bottega-luna", "en", up="../", here="../details/")

    assert {link.url.partition("?")[2] for link in ways} == {"lang=en"}
    assert [link.label for link in ways if link.is_current] == ["Details"]
