"""JUnit's XML, which many hosts list as tests: Azure, Bitbucket, CircleCI, GitLab, Jenkins.

There is no standard. What is written is what the schema `junit-10.xsd` of Jenkins' plugin xUnit has
and Azure reads: a failure for each token, an error for each file that could not be read. Hosts take
a file without tests for an error, so there is one that passes where nothing is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from notion_lsp.explain.shown import as_xml

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report, Result
    from notion_lsp.explain.shown import Shown

_NAME = "notion-lsp"


def render(report: Report) -> Shown:
    """Return the results as XML."""
    root = Element("testsuites")
    passed = not (report.results or report.unread)
    counts = {
        "tests": str(len(report.results) + len(report.unread) + passed),
        "failures": str(len(report.results)),
        "errors": str(len(report.unread)),
    }
    seconds = (report.ended - report.began).total_seconds()
    moment = report.began.strftime("%Y-%m-%dT%H:%M:%S")
    about = {"name": _NAME, **counts, "time": f"{seconds:.3f}", "timestamp": moment}
    suite = SubElement(root, "testsuite", about)
    for result in report.results:
        _failed(suite, report.name_on_host(result.path), result)
    for file in report.unread:
        case = _case(suite, report.name_on_host(file.path), "can be read")
        SubElement(case, "error", {"type": "unread", "message": f"{file.reason}."})
    if passed:
        _case(suite, _NAME, "has no Notion token")
    return as_xml(root)


def _failed(suite: Element, name: str, result: Result) -> None:
    line = result.place.git_line
    case = _case(suite, name, f"{line}:{result.place.columns.start} {result.kind.title}")
    failure = SubElement(case, "failure", {"type": result.kind.id, "message": result.message})
    failure.text = f"{name}:{line}: {result.message}"


def _case(suite: Element, of: str, name: str) -> Element:
    return SubElement(suite, "testcase", {"classname": of, "name": name, "time": "0"})
