"""What an agent does, and what is said to it, whichever agent it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from notion_lsp.explain.shown import Shown

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Object = Mapping[str, Json]


class Stage(Enum):
    """When an agent asks."""

    PROMPT = auto()  # a person has written something to it
    READING = auto()  # it is about to read a file, whose `file_path` and text are the input
    BEFORE = auto()  # it is about to use a tool
    AFTER = auto()  # a tool has answered, and the model is about to read that


class Act(NamedTuple):
    """What an agent does: the input of a tool, or a person's prompt, and what the tool answered.

    Relative paths in it begin at `folder`. `asks` says whether the agent asks the person before it
    changes a file.
    """

    stage: Stage
    folder: Path
    input: Object
    output: Json = None
    asks: bool = True


class Denied(NamedTuple):
    """The act does not happen."""

    reason: Shown


class Rewritten(NamedTuple):
    """The act happens with another input. `refusal` is for an agent that does not let us."""

    input: Object
    said: Shown
    refusal: Shown


class Masked(NamedTuple):
    """The model reads another output, and is told why. `read` is for one that has read it all."""

    output: Json
    said: Shown
    read: Shown


class Unchecked(NamedTuple):
    """Nobody has looked at the act, which happens as it is."""

    reason: Shown


Verdict = Denied | Rewritten | Masked | Unchecked


def texts_of(value: Json) -> list[str]:
    """Return the strings in a value, also the keys of its objects."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for pair in value.items() for each in pair for text in texts_of(each)]
    if isinstance(value, Sequence):
        return [text for each in value for text in texts_of(each)]
    return []


def mapped(value: Json, change: Callable[[str], str]) -> Json:
    """Return the value with another text for each string in it, also for the keys of objects."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {change(key): mapped(each, change) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [mapped(each, change) for each in value]
    return value
