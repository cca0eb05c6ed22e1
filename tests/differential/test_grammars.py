"""The grammars of the random programs have no row that cannot be drawn, and no hole without one."""

from __future__ import annotations

import grammar
import pytest
from builds import TOOLCHAINS
from test_differential import GRAMMARS


@pytest.mark.parametrize("language", TOOLCHAINS)
def test_each_rule_of_a_grammar_is_there_and_used(language: str) -> None:
    assert grammar.unknown(grammar.read(GRAMMARS / f"{language}.txt")) == set()
