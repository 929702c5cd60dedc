"""The run as JUnit XML: one suite a method, one case a document, so that any CI shows what failed."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from summarizer.evaluation.findings import Outcome
from summarizer.evaluation.gates import Check
from summarizer.evaluation.runs import Run, Sample

__all__ = ["render_junit"]

_FAILING = (Outcome.WRONG, Outcome.DECOY)
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def render_junit(run: Run, checks: Sequence[Check] = ()) -> str:
    """A document is an error when its method failed, a failure when it has a wrong value or a decoy; gates are cases too."""
    root = ElementTree.Element("testsuites", name=f"summarizer eval {run.info.split}")
    for method in run.info.methods:
        samples = run.of(method)
        suite = _suite(root, method, len(samples))
        suite.set("errors", str(sum(sample.error is not None for sample in samples)))
        suite.set("failures", str(sum(bool(_faults(sample)) for sample in samples)))
        for sample in samples:
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"{run.info.split}.{method}", name=sample.document
            )
            if sample.error is not None:
                ElementTree.SubElement(case, "error", message=_legal(sample.error))
            elif faults := _faults(sample):
                ElementTree.SubElement(case, "failure", message=f"{len(faults)} wrong").text = _legal("\n".join(faults))
    if checks:
        suite = _suite(root, "gate", len(checks))
        suite.set("failures", str(sum(not check.passed for check in checks)))
        for check in checks:
            case = ElementTree.SubElement(suite, "testcase", classname="gate", name=check.name)
            if not check.passed:
                ElementTree.SubElement(case, "failure", message=check.detail)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, name: str, tests: int) -> ElementTree.Element:
    return ElementTree.SubElement(root, "testsuite", name=name, tests=str(tests))


def _faults(sample: Sample) -> list[str]:
    return [
        f"{finding.outcome.value} {finding.kind}: {finding.expected or ''} {'; '.join(finding.notes)}"
        for finding in sample.score.findings
        if finding.outcome in _FAILING
    ]


def _legal(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return text.translate(_ILLEGAL)
