"""Files told apart, and what a version is made of."""

from dataclasses import replace

import pytest

from domain.problems import uploads
from domain.problems.packages import ProblemPackage, read_package
from domain.problems.uploads import FileKind
from tests.domain.problems.zips import PACKAGE, package, zipped

BOTH = "slug: sum\ntitle: {en: Sum, bn: যোগ}\nstatement: {en: Add., bn: যোগ করো।}\n"
REST = "solution: {language: python, code: print(3)}\ntests:\n  - {input: 1 2, output: 3}\n"


def read(name: str, content: bytes) -> ProblemPackage:
    found = read_package(name, content)
    assert found.package is not None, found.complaints
    return found.package


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.zip", b"", FileKind.CODING),
        ("A.ZIP", b"problems:", FileKind.CODING),
        ("a.csv", b"slug,statement", FileKind.MATHS),
        ("a.yaml", b"problems:\n  - slug: a\n    statement: b\n", FileKind.MATHS),
        ("a.yaml", b"slug: a\nstatement: |\n  problems: none\n", FileKind.CODING),
        ("a.yml", b"# a note\r\nslug : a\r\n", FileKind.CODING),
        ("a.yaml", b"\xef\xbb\xbfslug: a\n", FileKind.CODING),
        ("a.yaml", b"title: x\ntests:\n", FileKind.CODING),
        ("a.yaml", b"tests:\nproblems:\n", FileKind.MATHS),
        ("a.yaml", b"", FileKind.MATHS),
        ("a.yaml", b"\xff\xfe\x00bad", FileKind.MATHS),
        ("statement", b"statement: x", FileKind.MATHS),
    ],
)
def test_what_stands_at_the_left_edge_tells_files_apart(
    name: str, content: bytes, kind: FileKind
) -> None:
    assert uploads.file_kind(name, content) is kind


def test_the_same_files_have_the_same_fingerprint_however_they_are_packed() -> None:
    plain = read("sum.zip", package({}))
    turned = read("sum.zip", zipped(dict(reversed(list(PACKAGE.items())))))
    in_a_folder = read("sum.zip", zipped(PACKAGE, "sum/"))
    changed = read("sum.zip", package({"data/secret/1.ans": "6\n"}))
    prints = [uploads.fingerprint(one) for one in (plain, turned, in_a_folder, changed)]
    assert prints[0] == prints[1] == prints[2] != prints[3]


def test_bengali_stands_beside_english_or_alone() -> None:
    both = uploads.new_version(read("a.yaml", (BOTH + REST).encode()), ())
    assert (both.title, both.title_bn) == ("Sum", "যোগ")
    assert (both.description.strip(), (both.description_bn or "").strip()) == ("Add.", "যোগ করো।")
    alone = "slug: sum\ntitle: যোগ\nstatement: যোগ করো।\nhint: ভাবো\n" + REST
    bengali = uploads.new_version(read("a.yaml", alone.encode()), ())
    assert (bengali.title, bengali.title_bn, bengali.description_bn) == ("যোগ", None, None)
    assert (bengali.hint, bengali.hint_bn) == ("ভাবো", None)


def test_a_hint_in_the_other_language_is_better_than_none() -> None:
    one = read("a.yaml", (BOTH + REST).encode())
    made = uploads.new_version(replace(one, hints={"bn": "ভাবো"}), ())
    assert (made.hint, made.hint_bn) == ("ভাবো", "ভাবো")


def test_what_is_told_of_a_file_counts_what_will_be_run() -> None:
    found = uploads.examined(read_package("sum.zip", package({})))
    assert (found.slug, found.title, found.tests, found.programs) == ("sum", "Sum", 2, 1)
    broken = uploads.examined(read_package("sum.zip", b"no"))
    assert broken.complaints
    assert not broken.slug
