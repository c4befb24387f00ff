"""Where a ferry is needed: Sicily and Sardinia, by what their postcodes begin with."""

_BEGIN_WITH = frozenset({"07", "08", "09", *(str(number) for number in range(90, 99))})


def is_island(country: str, postcode: str) -> bool:
    return country == "IT" and postcode[:2] in _BEGIN_WITH
