"""Roster files of any content: no surprise, and no loss on the way out and in again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connector.addresses import WHITE_SPACE, look_alike_key, why_malformed
from connector.errors import RosterError
from connector.models import Person, Role, Status
from connector.roster import read_addresses, read_roster, roster_text, write_roster
from connector.roster_cells import cleaned, join_list, neutralise, restore, split_list, starts_formula

SAMPLES = sorted((Path(__file__).parents[2] / "fixtures" / "rosters").iterdir())
patient = settings(suppress_health_check=[HealthCheck.too_slow])  # files are written


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "people.csv")


def read_safely(path: Path, content: bytes) -> None:
    """Read a file in both ways: every row is accounted for, or the file is refused."""
    path.write_bytes(content)
    for read in (read_roster, read_addresses):
        try:
            found = read(path)
        except RosterError:
            continue
        lines = [row.line for row in found.rows] + [bad.line for bad in found.bad_rows]
        assert lines
        assert len(set(lines)) == len(lines)


@patient
@given(st.binary(max_size=300))
@example(b"\xa0")
@example(b"Email\xff")
@example(b"\xff\xfe\x00\xd8")
@example(b'"')
@example(b"sep=")
@example(b"sep=\r\n")
@example(b"a@b.example,\x85,\x80")
def test_any_bytes_are_read_or_refused(path: Path, content: bytes) -> None:
    read_safely(path, content)


@patient
@given(st.lists(st.sampled_from(['"', ",", ";", "\t", "\n", "\r", " ", "'", "=", "a@b.example", "Ann", "é", "\x07"])))
@example(["\n", '"', "\r"])
def test_any_rows_below_a_header_are_read_or_refused(path: Path, pieces: list[str]) -> None:
    for encoding in ("utf-8", "cp1252", "utf-16"):
        read_safely(path, ("Email,First name,Last name,Managers,Groups\n" + "".join(pieces)).encode(encoding))


@patient
@given(st.sampled_from(SAMPLES), st.integers(min_value=0), st.integers(min_value=0, max_value=8), st.binary(max_size=4))
def test_a_damaged_sample_is_read_or_refused(path: Path, sample: Path, place: int, gone: int, put: bytes) -> None:
    content = sample.read_bytes()
    place %= len(content)
    read_safely(path, content[:place] + put + content[place + gone :])


texts = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'\";,\t ")), max_size=12
)
names = texts.map(cleaned).filter(bool)
emails = st.from_regex(r"[=+'-]?[a-zA-Zäöü0-9_'.+-]{1,12}@[a-z]{1,5}\.example", fullmatch=True).filter(
    lambda text: why_malformed(text) is None
)
groups = names.filter(lambda name: why_malformed(name) is not None)
persons = st.builds(
    Person,
    email=emails,
    first_name=names,
    last_name=names,
    role=st.sampled_from([None, *Role]),
    status=st.sampled_from([None, Status.ACTIVE, Status.DEACTIVATED]),
    groups=st.lists(groups, max_size=4, unique=True).map(tuple),
    managers=st.lists(emails, max_size=3, unique_by=str.lower).map(tuple),
)


@patient
@given(st.lists(persons, min_size=1, max_size=5, unique_by=lambda person: look_alike_key(person.email)))
def test_people_written_are_the_same_people_read(path: Path, people: list[Person]) -> None:
    write_roster(path, people)
    roster = read_roster(path)
    assert roster.bad_rows == ()
    assert [
        Person(
            email=row.email,
            first_name=row.first_name,
            last_name=row.last_name,
            role=row.role,
            status=row.status,
            groups=row.groups,
            managers=row.managers,
        )
        for row in roster.rows
    ] == people


@patient
@given(st.lists(st.builds(Person, email=st.text(), first_name=st.text(), groups=st.lists(st.text()).map(tuple))))
def test_any_people_make_one_row_each_with_no_formula_in_it(path: Path, people: list[Person]) -> None:
    write_roster(path, people)
    assert path.read_text(encoding="utf-8") == roster_text(people)
    if people and any(cleaned(person.email) for person in people):
        roster = read_roster(path)
        assert len(roster.rows) + len(roster.bad_rows) <= len(people)


@patient
@given(st.lists(names, unique=True))
@example(['\u2003"a"', '"a"', '"', "a;", '"a";"b"'])
def test_a_list_is_read_as_it_was_written(items: list[str]) -> None:
    assert [restore(item) for item in split_list(join_list(items))] == items


@patient
@given(texts)
def test_a_neutralised_text_starts_no_formula_and_is_restored(text: str) -> None:
    assert not starts_formula(neutralise(text))
    assert restore(neutralise(text)) == text


@patient
@given(st.text(alphabet=WHITE_SPACE + "a;'=\""))
def test_splitting_a_list_leaves_no_blank_items(cell: str) -> None:
    assert all(item.strip(WHITE_SPACE) == item != "" for item in split_list(cell))
