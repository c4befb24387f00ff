from passaparola.journeys.rules.effect import Effect


def test_few_people_tell_nothing():
    assert not Effect(900, 400, 19, 0).has_enough
    assert not Effect(900, 400, 19, 0).is_clear
    assert Effect(900, 400, 100, 10).is_clear
    assert Effect(0, 0, 0, 0).interval == (-1.0, 1.0)
