"""Coding problems from files: a YAML file of ours, or a package in the Kattis and ICPC format."""

from domain.problems.packages.complaints import Findings, Flaw
from domain.problems.packages.contents import PackageRead, ProblemPackage
from domain.problems.packages.kattis import read_zip
from domain.problems.packages.limits import UPLOAD_BYTES
from domain.problems.packages.single_file import read_single_file

_MIB = 1024 * 1024


def read_package(name: str, content: bytes) -> PackageRead:
    """What somebody sent, by the ending of its name. Never raises but for want of memory."""
    findings = Findings()
    package = _read(findings, name, content)
    clean = findings.clean and package is not None
    return PackageRead(package if clean else None, findings.complaints, findings.notes)


def _read(findings: Findings, name: str, content: bytes) -> ProblemPackage | None:
    if len(content) > UPLOAD_BYTES:
        findings.complain(name, 0, Flaw.FILE_TOO_LARGE, limit=UPLOAD_BYTES // _MIB)
        return None
    ending = name.lower().rpartition(".")[2]
    if ending in ("yaml", "yml"):
        return read_single_file(findings, name, content)
    if ending == "zip":
        return read_zip(findings, name, content)
    findings.complain(name, 0, Flaw.UNKNOWN_ENDING)
    return None


__all__ = ("UPLOAD_BYTES", "Flaw", "PackageRead", "ProblemPackage", "read_package")
