from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.settings import Settings, camel_case, parse, parse_project

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(list(map(camel_case, Settings._fields)))
GOOD = {
    "severity": "hint",
    "kinds": {"file-cookie": "off"},
    "store": "env",
    "environmentVariable": "NOTION_KEY",
    "maximumFindings": 50,
    "exclude": ["dist/"],
}
BAD = [
    ("severity", "fatal"),
    ("severity", ["error"]),
    ("kinds", "error"),
    ("kinds", {"file-cookie": "fatal"}),
    ("kinds", {"file-cookie": ["error"]}),
    ("store", 3),
    ("store", "../env"),
    ("environmentVariable", "NOTION TOKEN"),
    ("environmentVariable", "1NOTION"),
    ("environmentVariable", ""),
    ("environmentVariable", "NEXT_PUBLIC_NOTION_TOKEN"),
    ("azureSecretName", "notion/api-token"),
    ("azureSecretName", "notion_token"),
    ("azureSecretName", 'a"b'),
    ("azureSecretName", "a\nb"),
    ("googleSecretId", "notion/api-token"),
    ("googleSecretId", "{os}"),
    ("googleSecretId", "a\\"),
    ("onepasswordReference", "notion/api-token/credential"),
    ("onepasswordReference", "op://notion/api-token"),
    ("onepasswordReference", "op://a/b/c/d/e"),
    ("onepasswordReference", "op://a//c"),
    ("onepasswordReference", "op://a/ /c"),
    ("onepasswordReference", 'op://a/b/c"'),
    ("onepasswordReference", "op://a/b/c\n"),
    ("onepasswordReference", "op://a/b/{c}"),
    ("onepasswordReference", "op://a/b/c\\"),
    ("onepasswordReference", "op://a/b/`c`"),
    ("dopplerSecret", "notion-token"),
    ("dopplerSecret", "1NOTION"),
    ("dopplerSecret", "A\n"),
    ("dopplerSecret", "${A}"),
    ("maximumFindings", 0),
    ("maximumFindings", -1),
    ("maximumFindings", "10"),
    ("maximumFindings", True),
    ("maximumFindings", 1.5),
    ("exclude", "dist/"),
    ("exclude", [1]),
]


def test_good_values_are_taken_over() -> None:
    settings, problems = parse(GOOD)
    assert problems == ()
    assert (settings.severity, settings.store, settings.exclude) == ("hint", "env", ("dist/",))
    assert settings.environment_variable == "NOTION_KEY"
    assert settings.severity_of("file-cookie") == "off"
    assert settings.severity_of("access-token") == "hint"


@pytest.mark.parametrize(("key", "value"), BAD)
def test_a_bad_value_keeps_what_was_there_and_says_so(key: str, value: object) -> None:
    base, _ = parse(GOOD)
    settings, problems = parse({key: value}, base)
    assert settings == base
    assert len(problems) == 1
    assert problems[0].startswith(f"{key}: expected ")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("azureSecretName", "Notion-2"),
        ("googleSecretId", "notion_api-token"),
        ("onepasswordReference", "op://My vault/Notion/token"),
        ("onepasswordReference", "op://v/i/a section/token"),
        ("dopplerSecret", "NOTION_TOKEN_2"),
    ],
)
def test_what_a_store_takes_for_a_name_is_taken_over(key: str, value: str) -> None:
    settings, problems = parse({key: value})
    assert problems == ()
    assert value in settings


@pytest.mark.parametrize(
    "key", ["environmentVariable", "environment-variable", "ENVIRONMENT_VARIABLE"]
)
def test_a_key_may_be_spelt_as_the_editor_and_as_a_file_does(key: str) -> None:
    settings, problems = parse({key: "NOTION_KEY"})
    assert (settings.environment_variable, problems) == ("NOTION_KEY", ())


def test_a_key_that_is_none_is_named() -> None:
    assert parse({"colour": "red"}) == (Settings(), ("colour: there is no such setting.",))


def test_what_is_not_a_table_is_refused() -> None:
    settings, problems = parse(["severity"])
    assert (settings, len(problems)) == (Settings(), 1)


def test_no_values_are_no_problem() -> None:
    assert parse(None) == (Settings(), ())


def test_a_projects_own_file_wins_over_pyproject() -> None:
    settings, problems = parse_project(
        'severity = "hint"', '[tool.notion-lsp]\nseverity = "warning"', Settings()
    )
    assert (settings.severity, problems) == ("hint", ())


def test_pyproject_is_read_where_there_is_no_own_file() -> None:
    pyproject = '[tool.notion-lsp]\nenvironment-variable = "NOTION_KEY"'
    settings, problems = parse_project(None, pyproject, Settings())
    assert (settings.environment_variable, problems) == ("NOTION_KEY", ())


@pytest.mark.parametrize(
    "text",
    [
        "severity = ",
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
        "a.b = 1\na.b = 2",
        "date = 2026-99-99",
    ],
    ids=["half a line", "too deep", "too long a number", "twice", "no such day"],
)
def test_a_file_that_cannot_be_read_is_named(text: str) -> None:
    own, pyproject = (
        parse_project(text, None, Settings()),
        parse_project(None, text, Settings()),
    )
    assert own[0] == pyproject[0] == Settings()
    assert [problem.partition(": ")[0] for problem in own[1] + pyproject[1]] == [
        ".notion-lsp.toml",
        "pyproject.toml",
    ]


@pytest.mark.parametrize("pyproject", ["tool = 1", "[tool]\nnotion-lsp = 1", "", "tool = []"])
def test_a_pyproject_of_any_shape_keeps_the_settings(pyproject: str) -> None:
    assert parse_project(None, pyproject, Settings())[0] == Settings()


@given(anything)
def test_no_value_is_too_odd_to_parse(value: object) -> None:
    parse(value)


@given(st.dictionaries(names | st.text(), anything, max_size=4))
def test_each_key_is_taken_or_named(values: dict[str, object]) -> None:
    settings, problems = parse(values)
    assert len(problems) <= len(values)
    assert isinstance(settings, Settings)


@given(st.text(st.sampled_from("[]{}=.'\"#\n abc1-\\\x00é"), max_size=40))
def test_no_text_is_too_odd_to_be_a_projects_file(text: str) -> None:
    parse_project(text, None, Settings())
    parse_project(None, text, Settings())


@given(st.dictionaries(names, anything.map(json.dumps), max_size=4))
def test_a_file_means_what_the_same_values_mean(values: dict[str, str]) -> None:
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
    assert parse_project(text, None, Settings()) == parse(values)
