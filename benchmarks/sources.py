"""Python source of any length, for a server to be typed into."""

from __future__ import annotations

from itertools import chain, count, islice

from token_factory import access_token

_HEAD = ('"""Totals of all shops."""', "", "DISCOUNTS: dict[int, float] = {}", "")
_BLOCK = '''
def total_{n}(items: list[float], rate: float = 0.2) -> float:
    """Return the total of the items of shop {n}, with tax at the rate."""
    subtotal = 0.0
    for item in items:
        if item < 0:
            raise ValueError(f"item {{item}} of shop {n} is negative")
        subtotal += item
    # The shop's own discount comes before tax.
    discount = DISCOUNTS.get({n}, 0.0)
    return round((subtotal - discount) * (1 + rate), 2)
'''
_TYPED_AFTER = "    subtotal = 0.0"


def python_source(lines: int, findings: int = 0) -> list[str]:
    """Return so many lines of Python; that many of them, evenly spread, hold a token."""
    blocks = (line for n in count() for line in _BLOCK.format(n=n).split("\n")[:-1])
    source = list(islice(chain(_HEAD, blocks), lines))
    for number in range(findings):
        source[number * lines // findings] = f'TOKEN_{number} = "{access_token(number)}"'
    return source


def typing_line(source: list[str]) -> int:
    """Return the line nearest to the middle after which a statement can be typed."""
    places = [number for number, line in enumerate(source) if line == _TYPED_AFTER]
    return min(places, key=lambda number: abs(number - len(source) // 2))
