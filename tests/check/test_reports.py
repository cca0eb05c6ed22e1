from __future__ import annotations

import json
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import jsonschema
import pytest
from reported import BEGAN, CANARIES, FOLDER, HIDDEN, SCHEMAS, rendered, report

from notion_lsp.check.reports import Report, formats, shown_name
from notion_lsp.detect import kinds
from notion_lsp.detect.finding import fingerprint
from notion_lsp.explain.exposure import Exposure, Origin
from notion_lsp.explain.whereabouts import Whereabouts
from notion_lsp.files.read_write import Unreadable
from notion_lsp.settings import Settings

SCHEMA = SCHEMAS / "sarif-2.1.0-subset.json"
EMPTY = Report(FOLDER, FOLDER, BEGAN, BEGAN, ())


def sarif(given: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("sarif", given))
    jsonschema.validate(log, json.loads(SCHEMA.read_text()))
    run: dict[str, Any] = log["runs"][0]
    return run


def parts(token: str, size: int = 6) -> list[str]:
    body = token.rpartition("_")[2].rpartition(":")[2]
    return [body[start : start + size] for start in range(len(body) - size + 1)]


@pytest.mark.parametrize("name", formats())
def test_no_format_shows_any_part_of_a_token(name: str) -> None:
    lines = rendered(name, report()).replace("\\u2026", "…").splitlines()
    # Hex digits of a hash would match those of a cookie by chance.
    shown = "\n".join(line for line in lines if "ngerprint" not in line and "v1" not in line)
    assert not [part for token in CANARIES for part in parts(token) if part in shown]


@pytest.mark.parametrize("name", formats())
def test_no_format_shows_a_part_of_a_token_that_is_hidden(name: str) -> None:
    shown = rendered(name, report(HIDDEN))
    secrets = [CANARIES[0][4:20], CANARIES[0][20:], HIDDEN.splitlines()[2][6:]]
    assert not [secret for secret in secrets if secret[:12] in shown or secret[-12:] in shown]


@pytest.mark.parametrize("name", formats())
def test_a_token_that_is_not_reported_is_not_shown_beside_one_that_is(name: str) -> None:
    first = report()._replace(results=report().results[:1])
    shown = rendered(name, first)
    assert not [part for part in parts(CANARIES[1]) if part in shown]


@pytest.mark.parametrize("name", formats())
def test_every_format_ends_with_a_line_break_or_is_empty(name: str) -> None:
    assert rendered(name, report())[-1:] == "\n"
    assert rendered(name, EMPTY)[-1:] in {"\n", ""}


def test_a_frame_has_carets_under_the_token_as_a_terminal_draws_it() -> None:
    _, _, source, carets, *_ = rendered("text", report()).split("\n")
    before_token = source[: source.index("ntn_")].replace("\x1b[2m", "").replace("\x1b[0m", "")
    before_carets = carets[: carets.index("^")]
    for code in ("\x1b[2m", "\x1b[0m", "\x1b[31m"):
        before_carets = before_carets.replace(code, "")
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in before_token)
    assert len(before_carets) == len(before_token) + wide


def test_a_frame_says_where_how_bad_and_what() -> None:
    shown = rendered("text", report()).splitlines()[0]
    assert "a b.py:2:12" in shown
    assert "error" in shown
    assert "[access-token]: Notion access token ntn_…" in shown


def test_a_frame_shows_no_more_of_a_long_line_than_fits() -> None:
    text = f"{'x' * 5000} '{CANARIES[0]}' {'y' * 5000}"
    assert max(map(len, rendered("text", report(text)).splitlines())) < 250


def test_a_frame_shows_no_character_that_a_terminal_obeys() -> None:
    shown = rendered("text", report(f"\x1b[2J\x07 '{CANARIES[0]}'", FOLDER / "\x1b]0;a"))
    assert "\x1b[2J" not in shown
    assert "\x1b]0" not in shown
    assert "\x07" not in shown


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (report(), "Found 4 tokens in 1 file.\n"),
        (report(CANARIES[0]), "Found 1 token in 1 file.\n"),
        (report(""), "No Notion tokens found.\n"),
        (report("", unread=(Unreadable(Path("/x"), "it is a folder"),)), ""),
    ],
)
def test_the_last_sentence_counts(given: Report, sentence: str) -> None:
    assert rendered("text", given).endswith(sentence)
    assert "No Notion" in sentence or "No Notion" not in rendered("text", given)


def test_json_counts_from_one_and_in_code_points() -> None:
    row = json.loads(rendered("json", report()))[0]
    assert row == {
        "path": "a b.py",
        "line": 2,
        "column": 12,
        "end_line": 2,
        "end_column": 62,
        "kind": "access-token",
        "severity": "error",
        "message": row["message"],
        "reason": "exact form",
        "encoding": "",
        "pieces": [],
        "fingerprint": fingerprint(CANARIES[0]),
        "exposure": None,
        "remotes": [],
        "commit": None,
        "author": None,
        "date": None,
        "in_tags": [],
        "limits": [],
        "past": None,
        "layer": None,
        "url": row["url"],
    }


def test_json_has_the_places_of_all_pieces_and_the_encoding() -> None:
    in_pieces, *encoded = json.loads(rendered("json", report(HIDDEN)))
    assert in_pieces["reason"] == "exact form, put together from 2 pieces"
    assert (in_pieces["line"], in_pieces["column"], in_pieces["end_column"]) == (1, 18, 38)
    assert in_pieces["pieces"] == [{"line": 2, "column": 17, "end_line": 2, "end_column": 47}]
    assert [row["encoding"] for row in encoded] == ["base64", "base64"]


def test_github_escapes_what_its_commands_are_made_of() -> None:
    shown = rendered("github", report(CANARIES[0], FOLDER / "a,b:c%\n.py"))
    assert shown.startswith(
        "::error file=ü/a%2Cb%3Ac%25%0A.py,line=1,endLine=1,col=1,endColumn=51,"
    )
    assert shown.count("\n") == 1


def test_github_has_a_command_for_each_severity() -> None:
    commands = [line.split()[0] for line in rendered("github", report()).splitlines()]
    assert commands == ["::error", "::warning", "::notice", "::notice"]


def test_gitlab_has_a_fingerprint_of_its_own_for_each_result() -> None:
    rows = json.loads(rendered("gitlab", report(f"{CANARIES[0]}\n{CANARIES[0]}\n")))
    assert len({row["fingerprint"] for row in rows}) == 2
    assert [row["location"] for row in rows] == [
        {"path": "ü/a b.py", "lines": {"begin": line}} for line in (1, 2)
    ]


def test_gitlab_knows_a_result_again_when_it_moves() -> None:
    rows = [
        json.loads(rendered("gitlab", report(f"{above}{CANARIES[0]}")))[0] for above in ("", "\n\n")
    ]
    assert rows[0]["fingerprint"] == rows[1]["fingerprint"]


def test_gitlab_has_its_own_severities() -> None:
    rows = json.loads(rendered("gitlab", report()))
    assert [row["severity"] for row in rows] == ["critical", "major", "minor", "minor"]


def test_sarif_has_a_rule_for_each_kind_and_results_that_point_to_theirs() -> None:
    run = sarif(report())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [kind.id for kind in kinds.TOKEN_KINDS]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_sarif_counts_columns_in_utf_16() -> None:
    run = sarif(report())
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 14,
        "endLine": 2,
        "endColumn": 64,
    }


def test_sarif_has_the_pieces_of_a_token_as_related_locations() -> None:
    in_pieces, *others = sarif(report(HIDDEN))["results"]
    (related,) = in_pieces["relatedLocations"]
    assert in_pieces["locations"][0]["physicalLocation"]["region"]["startColumn"] == 19
    assert related["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 17,
        "endLine": 2,
        "endColumn": 47,
    }
    assert not [other for other in others if "relatedLocations" in other]


def test_sarif_has_a_rule_for_what_the_settings_name() -> None:
    chosen = Settings(patterns={"acme-key": "acme_[a-z]+"})
    run = sarif(report("acme_abc\n acme_def", settings=chosen))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [*(kind.id for kind in kinds.TOKEN_KINDS), "acme-key"]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == ["acme-key", "acme-key"]


def test_sarif_names_files_relative_to_the_top_of_the_repository() -> None:
    run = sarif(report())
    base = run["originalUriBaseIds"]["SRCROOT"]["uri"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert base == "file:///work%20folder/"
    assert location == {"uri": "%C3%BC/a%20b.py", "uriBaseId": "SRCROOT"}


def test_sarif_names_files_elsewhere_in_full() -> None:
    run = sarif(report(path=PurePosixPath("/else where/a.py")))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///else%20where/a.py"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("github", "::error file=ü/a b.py,"),
        ("gitlab", '"path": "\\u00fc/a b.py"'),
        ("sarif", '"uri": "%C3%BC/a%20b.py"'),
        ("json", '"path": "a b.py"'),
        ("text", "a b.py:"),
    ],
)
def test_a_host_is_given_the_path_from_the_top_of_the_repository(name: str, said: str) -> None:
    assert said in rendered(name, report())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("github", ",line=3,endLine=3,title="),
        ("gitlab", '"begin": 3'),
        ("sarif", '"startLine": 3'),
        ("json", '"line": 5'),
    ],
)
def test_a_host_is_given_the_line_as_git_counts(name: str, said: str) -> None:
    progress = f'10%\r20%\r30%\r\nbuilt\nx = "{CANARIES[0]}"\n'
    assert said in rendered(name, report(progress))


def test_sarif_has_levels_for_all_severities() -> None:
    assert [result["level"] for result in sarif(report())["results"]] == [
        *("error", "warning", "note", "note")
    ]


def test_sarif_has_how_far_a_token_has_got_as_properties() -> None:
    first, *_ = report().results
    exposure = Exposure("committed", origin=Origin("abc1234", "Ann", "2026-01-01"), tags=("v1",))
    known = first._replace(where=Whereabouts(exposure))
    (result,) = sarif(report()._replace(results=(known,)))["results"]
    assert result["properties"]["exposure"] == "committed"
    assert result["properties"]["in_tags"] == ["v1"]
    # SARIF has a meaning of its own for `tags`.
    assert "tags" not in result["properties"]


def test_sarif_tells_what_could_not_be_read() -> None:
    unread = Unreadable(Path("/x/y"), "permission denied")
    invocation = sarif(report(unread=(unread,)))["invocations"][0]
    assert not invocation["executionSuccessful"]
    assert "permission denied" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_without_results_is_valid() -> None:
    run = sarif(EMPTY)
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"]


def test_a_path_of_windows_is_shown_with_slashes() -> None:
    folder = PureWindowsPath("C:/Code")
    assert shown_name(PureWindowsPath("c:/code/a/b.py"), folder) == "a/b.py"
    assert shown_name(PureWindowsPath("D:/b.py"), folder) == "D:/b.py"
