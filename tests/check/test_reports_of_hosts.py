"""The formats that code hosts read: valid for them, within their limits, and safe in a log."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hostile import NAME, obeyed
from reported import BEGAN, CANARIES, ENDED, FOLDER, SCHEMAS, TOP, rendered, report

from notion_lsp.check.reports import Report, formats
from notion_lsp.explain.exposure import Exposure, Origin
from notion_lsp.explain.past import Brought, Past
from notion_lsp.explain.shown import plain
from notion_lsp.explain.whereabouts import Whereabouts
from notion_lsp.files.read_write import Unreadable

EMPTY = Report(FOLDER, TOP, BEGAN, ENDED, ())
UNREAD = (Unreadable(Path("/x/y"), "permission denied"),)
# What each host obeys in a log, what XML has no way to write, and what ends its texts.
HOSTILE = (
    "]]>&<\"'\x00\x0b\udc80\ufffe::error::x"
    f"##vso[task.setvariable variable=a;]b##[set-env]c%0A{NAME}"
)


def many(number: int) -> Report:
    """Return a report of a warning, and of as many errors in files of their own."""
    error, warning, *_ = report().results
    errors = (error._replace(path=FOLDER / f"{each}.py") for each in range(number))
    return report()._replace(results=(warning, *errors))


def elsewhere(where: Whereabouts) -> Report:
    first, *_ = report().results
    return report()._replace(results=(first._replace(where=where),))


def gitlab_secrets(given: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(rendered("gitlab-secrets", given))
    schema = (SCHEMAS / "gitlab-secret-detection-15.2-subset.json").read_text("utf-8")
    jsonschema.validate(log, json.loads(schema))
    return log


def bitbucket(given: Report) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the report and all its annotations, each of them valid."""
    schema = json.loads((SCHEMAS / "bitbucket-code-insights.json").read_text("utf-8"))
    first, *others = map(json.loads, rendered("bitbucket", given).splitlines())
    for name, body in (("report", first), *(("annotations", each) for each in others)):
        jsonschema.validate(body, {"$ref": f"#/definitions/{name}", **schema})
    return first, [annotation for each in others for annotation in each]


def junit(given: Report) -> ET.Element:
    return ET.fromstring(rendered("junit", given))  # noqa: S314, it is our own


def test_what_gitlab_lists_says_where_a_token_is_and_how_bad() -> None:
    first, *_ = gitlab_secrets(report())["vulnerabilities"]
    assert first["severity"] == "Critical"
    assert first["location"] == {
        "file": "ü/a b.py",
        "start_line": 2,
        "end_line": 2,
        "commit": {"sha": "0000000"},
    }
    assert [each["value"] for each in first["identifiers"]] == ["access-token", "798"]


def test_gitlab_is_told_when_the_scan_was() -> None:
    scan = gitlab_secrets(EMPTY)["scan"]
    assert (scan["start_time"], scan["end_time"]) == ("2026-01-02T03:04:05", "2026-01-02T03:04:06")


def test_gitlab_is_told_the_commit_that_brought_a_token() -> None:
    brought = Brought("ab" * 20, "Ann", date(2026, 1, 1))
    past = Past((brought, Brought("cd" * 20, "Bob", date(2026, 1, 2))), ("a.py",), (), in_head=True)
    (found,) = gitlab_secrets(elsewhere(Whereabouts(past=past)))["vulnerabilities"]
    assert found["location"]["commit"] == {"sha": "ab" * 20, "author": "Ann", "date": "2026-01-01"}


def test_gitlab_is_told_the_commit_of_a_token_in_a_file() -> None:
    exposure = Exposure("committed", origin=Origin("abc1234", "Ann", "2026-01-01"))
    (found,) = gitlab_secrets(elsewhere(Whereabouts(exposure)))["vulnerabilities"]
    assert found["location"]["commit"]["sha"] == "abc1234"


def test_a_token_that_stands_twice_is_two_results_for_each_host() -> None:
    twice = report(f"{CANARIES[0]}\n{CANARIES[0]}\n")
    listed = [each["id"] for each in gitlab_secrets(twice)["vulnerabilities"]]
    _, annotations = bitbucket(twice)
    assert len(set(listed)) == 2
    assert len({each["external_id"] for each in annotations}) == 2


def test_bitbucket_is_told_that_tokens_were_found() -> None:
    told, annotations = bitbucket(report())
    assert (told["result"], told["details"]) == ("FAILED", "Found 4 tokens in 1 file.")
    assert [each["severity"] for each in annotations] == ["CRITICAL", "HIGH", "MEDIUM", "MEDIUM"]
    assert (annotations[0]["path"], annotations[0]["line"]) == ("ü/a b.py", 2)


def test_bitbucket_is_told_that_nothing_was_found() -> None:
    told, annotations = bitbucket(EMPTY)
    assert (told["result"], told["details"]) == ("PASSED", "No Notion tokens found.")
    assert annotations == []


def test_bitbucket_is_given_as_many_annotations_as_it_takes_and_the_worst_of_them() -> None:
    told, annotations = bitbucket(many(1200))
    assert len(annotations) == 1000
    assert {each["severity"] for each in annotations} == {"CRITICAL"}
    assert told["data"][0]["value"] == 1201
    assert "201 more tokens were found: this host takes 1000 at most." in told["details"]


@pytest.mark.parametrize(("number", "batches"), [(99, [100]), (100, [100, 1])])
def test_no_request_to_bitbucket_has_more_annotations_than_it_takes(
    number: int, batches: list[int]
) -> None:
    _, *requests = rendered("bitbucket", many(number)).splitlines()
    assert [len(json.loads(request)) for request in requests] == batches


def test_what_bitbucket_shows_of_a_long_text_is_as_long_as_it_takes() -> None:
    told, _ = bitbucket(report()._replace(left_out=(plain("x" * 3000),)))
    assert told["details"].endswith("x…")


def test_junit_has_a_test_that_fails_for_each_token() -> None:
    (suite,) = junit(report(CANARIES[0], unread=UNREAD))
    failed, unread = suite
    assert suite.attrib == {
        "name": "notion-lsp",
        "tests": "2",
        "failures": "1",
        "errors": "1",
        "time": "1.500",
        "timestamp": "2026-01-02T03:04:05",
    }
    assert failed.attrib["classname"] == "ü/a b.py"
    assert failed.attrib["name"] == "1:1 Notion access token"
    assert failed[0].attrib["type"] == "access-token"
    assert unread[0].attrib == {"type": "unread", "message": "permission denied."}


def test_junit_has_a_test_that_passes_where_there_is_no_token() -> None:
    ((case,),) = junit(EMPTY)
    assert (case.attrib["name"], list(case)) == ("has no Notion token", [])


# The elements and attributes of the schema `junit-10.xsd` of Jenkins' plugin xUnit, as far as they
# are written.
_XSD = {
    "testsuites": set[str](),
    "testsuite": {"name", "tests", "failures", "errors", "time", "timestamp"},
    "testcase": {"classname", "name", "time"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
}


@pytest.mark.parametrize("given", [report(), EMPTY, report("", unread=UNREAD)])
def test_junit_has_no_element_and_no_attribute_that_jenkins_does_not_know(given: Report) -> None:
    for element in junit(given).iter():
        assert set(element.attrib) == _XSD[element.tag]


def test_azure_is_told_where_a_token_is() -> None:
    first, *_ = rendered("azure", report()).splitlines()
    assert first.startswith(
        "##vso[task.logissue type=error;sourcepath=ü/a b.py;linenumber=2;columnnumber=12;"
        "code=access-token;]Notion access token ntn_…"
    )


def test_azure_has_two_types() -> None:
    types = re.findall(r"type=(\w+);", rendered("azure", report()))
    assert types == ["error", "warning", "warning", "warning"]


def test_azure_escapes_what_its_commands_are_made_of() -> None:
    shown = rendered("azure", report(CANARIES[0], FOLDER / "a;b]c%0A\r\n.py"))
    assert "sourcepath=ü/a%3Bb%5Dc%AZP250A%0D%0A.py;linenumber=1" in shown
    assert shown.count("\n") == 1


@pytest.mark.parametrize("name", ["azure", "github"])
def test_a_host_that_shows_a_few_is_told_the_worst_first(name: str) -> None:
    first, *_, last = rendered(name, many(20)).splitlines()
    assert "error" in first.split()[0] + first.split()[1]
    assert "warning" in last.split()[0] + last.split()[1]


def test_of_two_errors_the_one_that_got_further_is_told_first() -> None:
    one, _, *_ = report().results
    pushed = one._replace(path=FOLDER / "z.py", where=Whereabouts(Exposure("pushed", ("origin",))))
    first, _ = rendered("github", report()._replace(results=(one, pushed))).splitlines()
    assert "file=ü/z.py" in first


def test_sarif_has_as_many_results_as_github_takes_and_says_how_many_more() -> None:
    text = rendered("sarif", many(25_100))
    (run,) = json.loads(text)["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) == 25_000
    assert {each["level"] for each in run["results"]} == {"error"}
    assert notes[0]["message"]["text"].startswith("101 more tokens were found")
    assert len(gzip.compress(text.encode())) < 10_000_000


def test_sarif_has_as_many_places_of_a_result_as_github_takes() -> None:
    first, *_ = report().results
    pieces = tuple(first.place._replace(git_line=line) for line in range(10, 1500))
    split = report()._replace(results=(first._replace(pieces=pieces),))
    (found,) = json.loads(rendered("sarif", split))["runs"][0]["results"]
    assert len(found["locations"]) + len(found["relatedLocations"]) == 1000


@pytest.mark.parametrize("name", formats())
def test_no_format_says_what_a_build_machine_obeys_in_a_log(name: str) -> None:
    text = f"x = '{CANARIES[0]}' ##vso[task.complete] ##[add-mask]x ##teamcity[x]\n"
    unread = (Unreadable(Path(FOLDER / HOSTILE), "x"),)
    shown = rendered(name, report(text, FOLDER / HOSTILE, unread))
    ours = "##vso[task.logissue type="
    commands = [each for each in re.findall(r"##\w*\[.{18}", shown) if each not in ours]
    assert commands == []
    assert not [line for line in shown.splitlines() if re.match(r"\s*::error::x", line)]
    assert obeyed(shown.replace("\x1b", "")) == []


def test_a_name_that_begins_as_a_command_of_github_does_not_begin_a_line() -> None:
    shown = rendered("text", report(CANARIES[0], FOLDER / " ::stop-commands::x.py"))
    assert re.sub(r"\x1b\[\d+m", "", shown).startswith("./ ::stop-commands::x.py:1:1: error")


@pytest.mark.parametrize("hostile", [HOSTILE, "a]]>b.py", "\x00", "<!--", "&lt;", "\udc80"])
def test_a_hostile_name_leaves_the_report_valid(hostile: str) -> None:
    given = report(CANARIES[0], FOLDER / hostile, (Unreadable(Path(FOLDER / hostile), hostile),))
    gitlab_secrets(given)
    bitbucket(given)
    assert len(list(junit(given).iter("testcase"))) == 2


@pytest.mark.parametrize("name", ["bitbucket", "gitlab", "gitlab-secrets", "sarif"])
def test_a_name_that_is_no_text_is_text_to_a_host(name: str) -> None:
    shown = rendered(name, report(CANARIES[0], FOLDER / "caf\udce9.py"))
    assert "\\udce9" not in shown
    assert "caf\\ufffd.py" in shown or "caf%E9.py" in shown


def test_a_path_in_json_is_exact_whatever_a_build_machine_obeys() -> None:
    (row,) = json.loads(rendered("json", report(CANARIES[0], FOLDER / "##vso[x].py")))
    assert row["path"] == "##vso[x].py"
