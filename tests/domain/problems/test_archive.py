"""Archives from strangers: each trick is refused with its own complaint, and nothing is written."""

import stat
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems.packages import read_package
from domain.problems.packages.archive import unpack
from domain.problems.packages.complaints import Findings, Flaw, Note
from domain.problems.packages.limits import MOST_ENTRIES, MOST_UNPACKED, MOST_UNPACKED_FILE
from tests.domain.problems.zips import PACKAGE, Raw, deflated, package, raw, with_entry, zipped

MIB = 1024 * 1024


def entry(name: str, mode: int = 0) -> bytes:
    info = ZipInfo(name)
    info.external_attr = mode << 16
    return with_entry(info)


def compressed(method: int) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        archive.writestr("problem.yaml", "name: a")
    return target.getvalue()


def zip64(size: int) -> bytes:
    """An entry whose real size is told in the field for larger ones."""
    extra = struct.pack("<HHQ", 1, 8, size)
    return raw(Raw(size=0xFFFFFFFF, extra=extra))


def zeros(files: int, each: int) -> bytes:
    content = deflated(bytes(each))
    return raw(
        *(Raw(f"{one}.txt".encode(), content, method=8, size=each, crc=0) for one in range(files))
    )


BODY = deflated(b"x" * 100_000)
LINK, FIFO = stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o644
DEVICE = stat.S_IFCHR | 0o644
HOSTILE: dict[str, tuple[bytes, Flaw]] = {
    "nothing": (b"", Flaw.NOT_A_ZIP),
    "another kind of file": (b"%PDF-1.4" + b"x" * 1000, Flaw.NOT_A_ZIP),
    "an archive behind a program": (b"MZ" + zipped(PACKAGE), Flaw.NOT_A_ZIP),
    "half an archive": (zipped(PACKAGE)[:500], Flaw.NOT_A_ZIP),
    "an end alone": (b"PK\x05\x06" + bytes(10), Flaw.NOT_A_ZIP),
    "something behind the end": (zipped(PACKAGE) + b"x", Flaw.DAMAGED),
    "something before the end": (raw(Raw(), before_end=b"x"), Flaw.DAMAGED),
    "a larger end (zip64)": (
        raw(Raw(), before_end=b"PK\x06\x07" + bytes(16)),
        Flaw.DAMAGED,
    ),
    "more entries than it says": (raw(Raw(), Raw(b"b"), count=5000), Flaw.TOO_MANY_ENTRIES),
    "fewer entries than it has": (
        raw(*(Raw(b"%d" % one) for one in range(MOST_ENTRIES + 1)), count=1),
        Flaw.TOO_MANY_ENTRIES,
    ),
    "as many entries as fit": (
        raw(*(Raw(b"%d" % one, b"") for one in range(60_000))),
        Flaw.TOO_MANY_ENTRIES,
    ),
    "a way up": (entry("../evil.txt"), Flaw.BAD_PATH),
    "a way up in the middle": (entry("data/../../evil.txt"), Flaw.BAD_PATH),
    "an absolute path": (entry("/etc/passwd"), Flaw.BAD_PATH),
    "backslashes": (entry("..\\evil.txt"), Flaw.BAD_PATH),
    "a drive": (entry("C:evil.txt"), Flaw.BAD_PATH),
    "a drive with a slash": (entry("c:/evil.txt"), Flaw.BAD_PATH),
    "a folder without a name": (entry("data//1.in"), Flaw.BAD_PATH),
    "a folder named by a dot": (entry("./x"), Flaw.BAD_PATH),
    "no name": (raw(Raw(b"")), Flaw.BAD_PATH),
    "a NUL in a name": (raw(Raw(b"a.txt\0.py")), Flaw.ODD_NAME),
    "a line's end in a name": (raw(Raw(b"a\nb")), Flaw.ODD_NAME),
    "a mark of direction in a name": (entry("a\u202eb"), Flaw.ODD_NAME),
    "a name in no encoding": (raw(Raw(b"\x82\x83\xff")), Flaw.ODD_NAME),
    "a name of 300 letters": (entry("a" * 300), Flaw.ODD_NAME),
    "folders in folders": (entry("a/" * 20 + "b"), Flaw.FOLDERS_TOO_DEEP),
    "a link": (entry("data/secret/2.in", LINK), Flaw.NOT_A_FILE),
    "a pipe": (entry("data/secret/2.in", FIFO), Flaw.NOT_A_FILE),
    "a device": (entry("data/secret/2.in", DEVICE), Flaw.NOT_A_FILE),
    "a folder with contents": (raw(Raw(b"data/", b"hello")), Flaw.NOT_A_FILE),
    "a name twice": (raw(Raw(), Raw()), Flaw.ENTRY_TWICE),
    "a file and a folder of one name": (raw(Raw(b"a"), Raw(b"a/", b"")), Flaw.ENTRY_TWICE),
    "a name twice in two spellings": (
        raw(Raw("é".encode(), flags=0x800), Raw("e\u0301".encode(), flags=0x800)),
        Flaw.ENTRY_TWICE,
    ),
    "a password": (raw(Raw(flags=1)), Flaw.ENCRYPTED),
    "a hidden directory": (raw(Raw(flags=0x2000)), Flaw.ENCRYPTED),
    "bzip2": (compressed(ZIP_BZIP2), Flaw.UNKNOWN_COMPRESSION),
    "lzma": (compressed(ZIP_LZMA), Flaw.UNKNOWN_COMPRESSION),
    "no known method": (raw(Raw(method=99)), Flaw.UNKNOWN_COMPRESSION),
    "a wrong sum": (raw(Raw(crc=1)), Flaw.DAMAGED),
    "no deflated data": (raw(Raw(content=b"\xff" * 20, method=8, size=50)), Flaw.DAMAGED),
    "less than it says": (raw(Raw(size=50)), Flaw.DAMAGED),
    "deflated to less than it says": (
        raw(Raw(content=BODY, method=8, size=200_000)),
        Flaw.DAMAGED,
    ),
    "deflated to more than it says": (raw(Raw(content=BODY, method=8, size=10)), Flaw.DAMAGED),
    "a larger size than any file (zip64)": (zip64(1 << 40), Flaw.ENTRY_TOO_LARGE),
    "a size that is not there (zip64)": (zip64(1000), Flaw.DAMAGED),
    "a broken field for sizes (zip64)": (
        raw(Raw(size=0xFFFFFFFF, extra=struct.pack("<HH", 1, 2) + b"ab")),
        Flaw.DAMAGED,
    ),
    "a size of four gigabytes": (raw(Raw(size=0xFFFFFFF0)), Flaw.ENTRY_TOO_LARGE),
    "one file of zeros": (zeros(1, MOST_UNPACKED_FILE + 1), Flaw.ENTRY_TOO_LARGE),
    "files of zeros": (zeros(4, 30 * MIB), Flaw.UNPACKED_TOO_LARGE),
    "tightly packed zeros": (zeros(1, 30 * MIB), Flaw.PACKED_TOO_TIGHTLY),
    "entries over one another": (
        raw(Raw(b"a"), Raw(b"b", offset=0), Raw(b"c", offset=0)),
        Flaw.OVERLAPPING,
    ),
    "an entry over the next one": (raw(Raw(b"a", packed=60), Raw(b"b")), Flaw.OVERLAPPING),
    "an entry over the directory": (raw(Raw(b"a", packed=60)), Flaw.OVERLAPPING),
    "an entry beyond the end": (raw(Raw(offset=100_000)), Flaw.DAMAGED),
    "another name inside": (raw(Raw(b"a")).replace(b"a", b"b", 1), Flaw.DAMAGED),
}


def findings_of(content: bytes) -> Findings:
    findings = Findings()
    assert (unpack(findings, "a.zip", content) is None) != findings.clean
    return findings


@pytest.mark.parametrize("what", HOSTILE)
def test_an_archive_that_is_not_honest_is_refused(what: str) -> None:
    content, flaw = HOSTILE[what]
    assert [one.flaw for one in findings_of(content).complaints] == [flaw]
    assert read_package("a.zip", content).package is None


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for content, _ in HOSTILE.values():
        unpack(Findings(), "a.zip", content)
    unpack(Findings(), "a.zip", zipped(PACKAGE))
    assert [*tmp_path.rglob("*")] == []


def test_many_files_that_are_too_large_only_together_are_counted_together() -> None:
    noise = bytes(range(256)) * 4 * 1024
    each = MOST_UNPACKED // len(noise) + 1
    content = raw(*(Raw(b"%d" % one, noise[: MIB // 16]) for one in range(each)))
    assert findings_of(content).clean
    assert [one.flaw for one in findings_of(zeros(each, MIB)).complaints] == [
        Flaw.UNPACKED_TOO_LARGE
    ]


def test_an_honest_archive_is_unpacked_whole() -> None:
    findings = Findings()
    unpacked = unpack(findings, "a.zip", zipped(PACKAGE))
    assert unpacked == {
        name: one.encode() if isinstance(one, str) else one for name, one in PACKAGE.items()
    }
    assert findings.clean


def test_a_name_in_utf8_that_does_not_say_so_is_read() -> None:
    name = "যোগ.txt"
    assert unpack(Findings(), "a.zip", raw(Raw(name.encode()))) == {name: b"hello"}


def test_an_archive_with_a_comment_and_streamed_entries_is_read() -> None:
    class Stream(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    target = Stream()
    with ZipFile(target, "w") as archive:
        archive.comment = "নমুনা".encode()
        archive.writestr("a.txt", "hello")
        archive.mkdir("folder")
    assert unpack(Findings(), "a.zip", target.getvalue()) == {"a.txt": b"hello"}


def test_what_a_system_leaves_and_archives_within_are_left_out_and_told_of() -> None:
    content = package(
        {"__MACOSX/._a": "x", "data/.DS_Store": "x", "data/secret/more.zip": zipped(PACKAGE)}
    )
    found = read_package("sum.zip", content)
    assert found.complaints == ()
    assert [(one.note, one.file) for one in found.notes][:2] == [
        (Note.SYSTEM_FILES, "sum.zip"),
        (Note.NESTED_ARCHIVE, "data/secret/more.zip"),
    ]


@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(zipped(PACKAGE))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = read_package("sum.zip", bytes(content))
    assert (found.package is None) == bool(found.complaints)


@given(st.binary(max_size=300))
def test_bytes_are_no_archive(content: bytes) -> None:
    assert read_package("sum.zip", content).complaints
    assert read_package("sum.zip", b"PK\x03\x04" + content).complaints
