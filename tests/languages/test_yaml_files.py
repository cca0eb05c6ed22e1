"""What the fixtures of files in YAML become, read again by a parser and run by a shell."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from test_fixtures import language_of_folder, rewritten, sources, unmarked
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import languages
from notion_lsp.rewrite.file import rewrite, rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from test_fixtures import Case

KINDS = {"circleci", "docker-compose", "github-actions", "gitlab-ci", "kubernetes", "travis"}
# What a service puts in before a shell sees the script.
FOREIGN = re.compile(r"\$\{\{.*?\}\}|\$\[\[.*?\]\]|<< parameters\..*? >>")
PROGRAMS = ("sync", "report", "base", "done", "curl")


class Loader(yaml.SafeLoader):
    """A loader that knows the tag of GitLab."""


def reference(loader: Loader, node: yaml.SequenceNode) -> list[Any]:
    return loader.construct_sequence(node)


Loader.add_constructor("!reference", reference)


def is_readable(path: Path) -> bool:
    try:
        load(unmarked(path.read_bytes().decode())[0])
    except yaml.YAMLError:
        return False
    return True


def load(text: str) -> list[Any]:
    return list(yaml.load_all(text, Loader))


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:  # noqa: ANN401, as read
    if not isinstance(node, dict | list):
        yield path, node
        return
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield from leaves(value, (*path, key))


PATHS = [path for path in sources() if path.parent.name in KINDS and is_readable(path)]


@pytest.fixture(params=PATHS, ids=lambda path: f"{path.parent.name}/{path.name}")
def case(request: pytest.FixtureRequest) -> Case:
    path: Path = request.param
    text, marks = unmarked(path.read_bytes().decode())
    return rewritten(Source(text, language_of_folder(path)), marks)


def test_a_value_without_a_token_says_what_it_said(case: Case) -> None:
    before, after = dict(leaves(load(case.source.text))), dict(leaves(load(case.result)))
    kept = {path: value for path, value in before.items() if not find_plain(str(value))}
    assert kept.items() <= after.items()


def test_what_is_new_is_an_environment(case: Case) -> None:
    before, after = dict(leaves(load(case.source.text))), dict(leaves(load(case.result)))
    new = [path for path in after if path not in before]
    assert all("env" in path for path in new)


def test_a_script_does_what_it_did(case: Case, tmp_path: Path) -> None:
    names = variable_names(case.source, case.found, {})
    environment = {name: case.source.token(finding) for finding, name in names.items()}
    before, after = dict(leaves(load(case.source.text))), dict(leaves(load(case.result)))
    changed = [
        path for path, value in after.items() if ":?}" in str(value) and before.get(path) != value
    ]
    for program in PROGRAMS:
        file = tmp_path / program
        file.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
        file.chmod(0o755)
    for path in changed:
        assert run(after[path], tmp_path, environment) == run(before[path], tmp_path, {})


def run(script: str, folder: Path, environment: dict[str, str]) -> tuple[str, str]:
    script = FOREIGN.sub("x", script).replace("\\<<", "<<") + "\ncat .env 2>/dev/null; rm -f .env"
    done = subprocess.run(
        ["bash", "-c", re.sub(r"(?m)^\s*#.*\n", "", script)],
        cwd=folder,
        env={"PATH": f"{folder}:/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr


@pytest.mark.parametrize(
    ("kind", "name", "title"),
    [
        ("github-actions", "one_line.yml", "Read it from the repository secret NOTION_TOKEN"),
        (
            *("gitlab-ci", "crlf.yml"),
            "Read it from NOTION_TOKEN, a masked and protected CI/CD variable",
        ),
        (
            *("circleci", "crlf.yml"),
            "Read it from NOTION_TOKEN of the project's settings or of a context",
        ),
        ("travis", "crlf.yml", "Read it from NOTION_TOKEN of the repository's settings"),
        ("kubernetes", "crlf.yaml", "Read NOTION_TOKEN from the Secret `notion`"),
        (
            *("docker-compose", "crlf.yaml"),
            "Read it from the environment variable NOTION_TOKEN",
        ),
    ],
)
def test_a_title_says_where_the_token_has_to_be_put(kind: str, name: str, title: str) -> None:
    (path,) = (path for path in PATHS if (path.parent.name, path.name) == (kind, name))
    source = Source(unmarked(path.read_bytes().decode())[0], language_of_folder(path))
    finding = find_plain(source.text)[0]
    names = variable_names(source, [finding], {})
    done = rewrite(source, [finding], stores()["env"], names)
    assert isinstance(done, Rewrite)
    assert done.title == title


def test_a_manifest_refers_to_the_secret() -> None:
    (path,) = (path for path in PATHS if path.name == "containers.yaml")
    text, _ = unmarked(path.read_text())
    deployment, job = load(rewritten(Source(text, language_of_folder(path))).result)
    pod = deployment["spec"]["template"]["spec"]
    reference = {"secretKeyRef": {"name": "notion", "key": "token"}}
    entry = {"name": "NOTION_TOKEN", "valueFrom": reference}
    assert pod["initContainers"][0]["env"] == [entry]
    assert pod["containers"][0]["env"][1] == entry
    assert job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["env"] == [entry]


@pytest.mark.parametrize(
    ("language_id", "text"),
    [
        ("github-actions", f"{{n\nn: {access_token(1)}"),
        ("gitlab-ci", f"variables:\n    S: [NEN: {access_token(2)}\np"),
    ],
)
def test_a_token_in_what_is_hardly_a_list_or_a_mapping_is_left(language_id: str, text: str) -> None:
    language = next(each for each in languages() if each.id == language_id)
    source, found = Source(text, language), find_plain(text)
    made = rewrite_all(source, found, stores()["env"], variable_names(source, found, {}))
    assert not made.edits
    assert list(made.refused) == list(found)
