"""Roster files: what is read, what is refused and with which line and column, what is written."""

import csv
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from connector.errors import RosterError
from connector.models import Invite, Person, Role, Status
from connector.roster import Roster, import_csv, read_addresses, read_roster, roster_text, write_roster
from connector.roster_cells import COLUMNS, neutralise, restore

SAMPLES = Path(__file__).parents[2] / "fixtures" / "rosters"
HEADER = "Email,First name,Last name,Managers,Groups,Role,Status"

Write = Callable[[str | bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "people.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refused(path: Path) -> str:
    """The whole message with which a file is refused."""
    with pytest.raises(RosterError) as refusal:
        read_roster(path)
    assert refusal.value.exit_code == 2
    assert str(path) in str(refusal.value)
    return str(refusal.value)


def only_row(roster: Roster) -> tuple[object, ...]:
    assert roster.bad_rows == ()
    (row,) = roster.rows
    return (row.email, row.first_name, row.last_name, row.managers, row.groups, row.role, row.status)


ANN = (
    "ann@x.example",
    "Ann",
    "Lee",
    ("bo@x.example", "cy@x.example"),
    ("R&D", "Sales, EMEA"),
    Role.ADMIN,
    Status.ACTIVE,
)
ANN_ROW = 'ann@x.example,Ann,Lee,bo@x.example;cy@x.example,"R&D;Sales, EMEA",Admin,active'


# What is read


def test_the_columns_are_read_in_the_documented_order(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\n{ANN_ROW}\n"))
    assert only_row(roster) == ANN
    assert roster.rows[0].line == 2
    assert roster.notes == ("read as UTF-8", "delimiter comma")
    assert roster.columns == COLUMNS


def test_the_columns_are_found_in_any_order_and_others_are_ignored_aloud(written: Write) -> None:
    roster = read_roster(
        written(
            "Office,Role,Status,Groups,Last name,Managers,,First name,Email\n"
            'Oslo,Admin,active,"R&D;Sales, EMEA",Lee,bo@x.example;cy@x.example,?,Ann,ann@x.example\n'
        )
    )
    assert only_row(roster) == ANN
    assert roster.notes[-1] == "ignored columns: 'Office'"


@pytest.mark.parametrize(
    "header",
    [
        "EMAIL,FIRST NAME,LAST NAME",
        "e-mail,first_name,last-name",
        "E-Mail Address,FirstName,LastName",
        "Email address,Given name,Surname",
        "mail,first,last",
        "Work Email,Forename,Family Name",
        " email , first name , last name ",
        "Ｅｍａｉｌ,First\u00a0name,Last name *",
    ],
)
def test_the_usual_spellings_of_the_required_columns_are_understood(written: Write, header: str) -> None:
    assert only_row(read_roster(written(f"{header}\nann@x.example,Ann,Lee")))[:3] == ANN[:3]


@pytest.mark.parametrize("managers", ["Manager", "Manager email", "Managers' e-mails", "manager_emails"])
@pytest.mark.parametrize("groups", ["Group", "Groups", "Team", "group names"])
def test_the_usual_spellings_of_managers_and_groups_are_understood(written: Write, managers: str, groups: str) -> None:
    roster = read_roster(written(f"Email,First,Last,{managers},{groups}\nann@x.example,Ann,Lee,bo@x.example,R&D\n"))
    assert only_row(roster)[3:5] == (("bo@x.example",), ("R&D",))


@pytest.mark.parametrize(
    ("spelling", "role"),
    [
        ("Learner", Role.LEARNER),
        ("MANAGER", Role.MANAGER),
        ("admin", Role.ADMIN),
        ("Administrator", Role.ADMIN),
        ("Content Creator", Role.CONTENT_CREATOR),
        ("content_creator", Role.CONTENT_CREATOR),
        ("Content Creator / Author", Role.CONTENT_CREATOR),
        ("Content Creator/Author", Role.CONTENT_CREATOR),
        ("Author", Role.CONTENT_CREATOR),
        ("editor", Role.CONTENT_CREATOR),
        ("", None),
        ("  ", None),
    ],
)
def test_a_role_is_understood_in_its_documented_spellings(written: Write, spelling: str, role: Role | None) -> None:
    roster = read_roster(written(f"Email,First name,Last name,Role\nann@x.example,Ann,Lee,{spelling}\n"))
    assert only_row(roster)[5] is role


@pytest.mark.parametrize(
    ("spelling", "status"),
    [
        ("active", Status.ACTIVE),
        ("Active", Status.ACTIVE),
        ("deactivated", Status.DEACTIVATED),
        ("Inactive", Status.DEACTIVATED),
        ("", None),
    ],
)
def test_a_status_is_understood_in_its_documented_spellings(
    written: Write, spelling: str, status: Status | None
) -> None:
    roster = read_roster(written(f"Email,First name,Last name,Status\nann@x.example,Ann,Lee,{spelling}\n"))
    assert only_row(roster)[6] is status


def test_a_file_without_a_header_is_read_in_the_documented_order_and_this_is_said(written: Write) -> None:
    roster = read_roster(written(ANN_ROW.removesuffix(",active") + "\nbea@x.example,Bea,Ode\n"))
    assert [row.email for row in roster.rows] == ["ann@x.example", "bea@x.example"]
    assert (roster.rows[0].line, roster.rows[0].groups, roster.rows[0].role) == (1, ANN[4], Role.ADMIN)
    assert roster.notes[-1] == "no header: columns taken as Email, First name, Last name, Managers, Groups, Role"
    assert roster.columns == COLUMNS[:6]


def test_a_column_that_the_file_has_not_is_not_among_its_columns(written: Write) -> None:
    assert read_roster(written("ann@x.example,Ann,Lee,bo@x.example,R&D")).columns == COLUMNS[:5]
    assert read_roster(written("Status,Email,First,Last\n,ann@x.example,Ann,Lee")).columns == (*COLUMNS[:3], "Status")


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", "read as UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "read as UTF-8 with a byte order mark"),
        ("utf-16-le", b"\xff\xfe", "read as UTF-16 with a byte order mark"),
        ("utf-16-be", b"\xfe\xff", "read as UTF-16 with a byte order mark"),
        ("cp1252", b"", "read as Windows-1252, because line 2 is not UTF-8 (read there: 'ann@x.example,Zoë,Müller')"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_encoding_is_detected_and_said(
    written: Write, encoding: str, mark: bytes, said: str, line_end: str
) -> None:
    text = line_end.join(["Email,First name,Last name", "ann@x.example,Zoë,Müller", "bea@x.example,Bea,€ 100"])
    roster = read_roster(written(mark + text.encode(encoding)))
    assert [(row.line, row.first_name, row.last_name) for row in roster.rows] == [
        (2, "Zoë", "Müller"),
        (3, "Bea", "€ 100"),
    ]
    assert roster.bad_rows == ()
    assert roster.notes[0] == said


@pytest.mark.parametrize(("mark", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("header", [True, False])
def test_the_delimiter_is_detected_and_said(written: Write, mark: str, name: str, header: bool) -> None:
    head = mark.join(["Email", "First name", "Last name", "Managers", "Groups"]) + "\n" if header else ""
    cells = ["ann@x.example", "Ann", "Lee", '"bo@x.example;cy@x.example"', '"R&D;Sales, EMEA"']
    roster = read_roster(written(head + mark.join(cells)))
    assert only_row(roster)[:5] == ANN[:5]
    assert roster.notes[1] == f"delimiter {name}"


def test_a_delimiter_in_a_quoted_header_does_not_count(written: Write) -> None:
    roster = read_roster(written('Email;First name;Last name;"Groups, a, b, c, d"\nann@x.example;Ann;Lee;x\n'))
    assert only_row(roster)[:3] == ANN[:3]
    assert roster.notes[1:] == ("delimiter semicolon", "ignored columns: 'Groups, a, b, c, d'")


@pytest.mark.parametrize(("line", "name"), [("sep=;", "semicolon"), ("SEP=;", "semicolon"), ('"sep=;"', "semicolon")])
def test_excels_sep_line_settles_the_delimiter_and_counts_as_a_line(written: Write, line: str, name: str) -> None:
    roster = read_roster(written(f"{line}\r\nEmail;First name;Last name\r\nann@x.example;Ann;Lee\r\n"))
    assert only_row(roster)[:3] == ANN[:3]
    assert roster.rows[0].line == 3
    assert roster.notes[1] == f"delimiter {name}, as its first line says"


def test_white_space_around_cells_and_items_is_trimmed_and_blank_items_are_dropped(written: Write) -> None:
    roster = read_roster(
        written(
            "Email,First name,Last name,Managers,Groups\n"
            ' ann@x.example\u00a0, Ann ,Lee\t, bo@x.example ; cy@x.example;, " R&D;; Sales, EMEA ; "\n'
        )
    )
    assert only_row(roster)[:5] == ANN[:5]


def test_repeated_managers_and_groups_count_once_and_the_first_spelling_stays(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\nann@x.example,Ann,Lee,Bo@x.example;cy@x.example;bo@X.example,B;A;B;b,,\n"))
    assert only_row(roster)[3:5] == (("Bo@x.example", "cy@x.example"), ("B", "A", "b"))


def test_blank_rows_are_skipped_and_still_counted_as_lines(written: Write) -> None:
    roster = read_roster(written(f"\n  \n{HEADER}\n\n,,,,,,\n{ANN_ROW}\n;;\n"))
    assert [row.line for row in roster.rows] == [6]
    (bad,) = roster.bad_rows
    assert str(bad).startswith("line 7, Email: ';;' is not an e-mail address")


def test_a_group_in_quotation_marks_may_contain_a_semicolon(written: Write) -> None:
    roster = read_roster(written(f'{HEADER}\nann@x.example,Ann,Lee,,"""A;B"";C ""c"";""the """"D""""""",,\n'))
    assert only_row(roster)[4] == ("A;B", 'C "c"', 'the "D"')


def test_a_neutralised_formula_of_our_own_export_is_undone(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\n'+ann@x.example,'=Ann,''@Lee,'-bo@x.example,R;'+Plus;'t,,\n"))
    assert only_row(roster)[:5] == (
        "+ann@x.example",
        "=Ann",
        "'@Lee",
        ("-bo@x.example",),
        ("R", "+Plus", "'t"),
    )


def test_an_apostrophe_before_a_letter_stays(written: Write) -> None:
    assert only_row(read_roster(written("ann@x.example,Ann,'t Hooft")))[2] == "'t Hooft"


def test_a_note_of_several_lines_in_an_ignored_column_does_no_harm(written: Write) -> None:
    roster = read_roster(written('Note,Email,First,Last\n"one\ntwo",ann@x.example,Ann,Lee\n,bea@x.example,Bea,Ode\n'))
    assert [(row.line, row.email) for row in roster.rows] == [(2, "ann@x.example"), (4, "bea@x.example")]


# Files that are refused


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "absent.csv")
    assert "it is a directory" in refused(tmp_path)
    with pytest.raises(RosterError, match="null"):
        read_roster(tmp_path / "a\0b.csv")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in refused(tmp_path / "pipe")


def test_an_unreadable_file_is_refused(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(ANN_ROW)

    def denied(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)  # root may read everything
    assert "Permission denied" in refused(path)


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    assert "50,000,000 bytes; the limit is 20,000,000" in refused(path)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b"  \r\n ,,\n", b"\xff\xfe"])
def test_an_empty_file_is_refused(written: Write, content: bytes) -> None:
    message = refused(written(content))
    assert "0 bytes" in message or "no rows" in message


def test_a_file_with_only_a_header_is_refused(written: Write) -> None:
    assert "only a header" in refused(written(HEADER + "\n\n,,,\n"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a binary file?"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel workbook"),
        (b"\xff\xd8\xff\xe0\x10JFIF\x01", "a binary file?"),
        (b"\x7fELF\x02\x01\x01 \xc3\xa9 \xff", "a binary file?"),
        (b"Email\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (b"Email,First name,Last name\nann@x.example,A\x00n,Lee\n", "line 2: a NUL character"),
        ("Email,First name,Last name\n".encode("utf-16-le"), "line 1: a NUL character"),
        (b"\xff\xfeE\x00m", "starts as UTF-16, but byte"),
        (b"\xff\xfe\x00\x00E\x00\x00\x00", "a NUL character"),
        ("Zoë,".encode() + "Müller".encode("cp1252"), "line 1: not UTF-8, although other parts"),
        ("Žan\n".encode() + "Müller".encode("cp1252"), "line 2: not UTF-8, although other parts"),
        ("Müller\n".encode("cp1252") + "Zoë".encode(), "line 1: not UTF-8, although other parts"),
        (b"\xef\xbb\xbfEmail\nM\xfcller", "line 2: not UTF-8, although other parts"),
    ],
)
def test_a_binary_file_or_an_unknown_encoding_is_refused(written: Write, content: bytes, reason: str) -> None:
    assert reason in refused(written(content))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('"ann@x.example,Ann,Lee\nbea@x.example,Bea,Ode\n', "line 2: a quotation mark is opened and never closed"),
        ('a@x.example,A,"B\nb"\nann@x.example,Ann,"Lee\nbea@x.example,Bea,Ode\n', "line 4: a quotation mark is opened"),
        ('a@x.example,A,""""\nann@x.example,"Ann""\n', "line 3: a quotation mark is opened and never closed"),
        ('ann@x.example,"Ann,Lee\nbea@x.example,"Bea",Ode\n', "line 2: a quotation mark is opened, and text follows"),
        ('ann@x.example,"Ann" Mary,Lee\n', "follows the closing one in line 2"),
        ('ann@x.example,"' + "a\n" * 100_000, "line 2: a quotation mark is opened and never closed"),
        ('ann@x.example,"' + "a\n" * 100_000 + '",Lee', "line 2: a cell of 200,001 characters"),
        ("ann@x.example," + "a" * 200_000, "line 2: field larger than field limit"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_unbalanced_quotation_marks_are_refused_with_the_line_of_the_first_one(
    written: Write, rows: str, reason: str, line_end: str
) -> None:
    message = refused(written(("Email,First name,Last name\n" + rows).replace("\n", line_end)))
    assert reason.replace("200,001", "300,001" if line_end == "\r\n" else "200,001") in message


def test_lines_are_counted_from_the_sep_line_where_quotation_marks_are_unbalanced(written: Write) -> None:
    assert "line 3: a quotation mark" in refused(written('sep=,\nEmail,First,Last\n"ann@x.example,Ann,Lee\n'))


def test_all_missing_and_repeated_columns_are_named_at_once_with_what_was_found(written: Write) -> None:
    message = refused(written("Email,E-mail address,Name,Group,Team\nann@x.example,,Ann Lee,,\n"))
    found = "(found: 'Email', 'E-mail address', 'Name', 'Group', 'Team')"
    assert f"line 1: there is no column First name {found}" in message
    assert f"line 1: there is no column Last name {found}" in message
    assert "line 1: 2 columns are Email: 'Email' and 'E-mail address'" in message
    assert "line 1: 2 columns are Groups: 'Group' and 'Team'" in message


def test_a_first_person_with_a_malformed_address_is_not_silently_a_header(written: Write) -> None:
    assert "it seems to be a person" in refused(written("ann@@x.example,Ann,Lee\nbea@x.example,Bea,Ode\n"))


def test_a_file_without_a_header_needs_the_names(written: Write) -> None:
    assert "First name, Last name missing" in refused(written("ann@x.example\nbea@x.example\n"))


def test_two_equally_possible_delimiters_are_refused(written: Write) -> None:
    message = refused(written("Email,First name;Last name\nann@x.example,Ann;Lee\n"))
    assert "line 1: comma and semicolon are equally possible" in message
    assert "sep=" in message


def test_a_sep_line_with_another_delimiter_is_refused(written: Write) -> None:
    assert "'sep=|' names no supported delimiter" in refused(written("sep=|\nEmail|First|Last\nann@x.example|A|L\n"))


def test_a_file_of_too_many_rows_is_refused(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connector.roster_file.MOST_ROWS", 3)
    assert "more than 3 rows" in refused(written(f"{HEADER}\n" + ANN_ROW + "\n" + ANN_ROW + "\n" + ANN_ROW))


# Rows that are bad


BAD_ROWS = [
    ("ann@x,Ann,Lee", "Email", "'ann@x' is not an e-mail address: "),
    (",Ann,Lee", "Email", "it is empty"),
    ("Ann Lee <ann@x.example>,Ann,Lee", "Email", "display name"),
    ("=HYPERLINK(0)@x.example,Ann,Lee", "Email", "invalid characters"),
    ("ann@x.example,=1+1,Lee", "First name", "'=1+1' starts with '='"),
    ("ann@x.example,Ann,-", "Last name", "'-' starts with '-'"),
    ("ann@x.example,Ann,＝1", "Last name", "starts with '＝'"),
    ("ann@x.example,A\x07nn,Lee", "First name", "U+0007"),
    ("ann@x.example,'\tAnn,Lee", "First name", "U+0009"),
    ("ann@x.example,Ann,L\u202eee", "Last name", "U+202E"),
    ("ann@x.example,Jos\ufffd,Lee", "First name", "U+FFFD"),
    ("ann@x.example,Ann,Lee,Bo Boss", "Managers", "'Bo Boss' is not an e-mail address"),
    ("ann@x.example,Ann,Lee,bo@x.example;cy@x", "Managers", "'cy@x' is not an e-mail address"),
    ("ann@x.example,Ann,Lee,,R&D;+Plus", "Groups", "'+Plus' starts with '+'"),
    ("ann@x.example,Ann,Lee,,@all", "Groups", "'@all' starts with '@'"),
    ("ann@x.example,Ann,Lee,,bo@x.example", "Groups", "is an e-mail address, not a group"),
    ("ann@x.example,Ann,Lee,,R\x1b[0m", "Groups", "U+001B"),
    ("ann@x.example,Ann,Lee,,,Boss", "Role", "there is no role 'Boss' (known: learner, manager, admin"),
    ("ann@x.example,Ann,Lee,,,,invited", "Status", "there is no status 'invited' (known: active, deactivated)"),
    ("ann@x.example,Ann,Lee,,Sales, EMEA,Admin,active,more", None, "9 cells for 7 columns"),
    ('ann@x.example,"Ann\nbea@x.example,Bea",Ode', None, "goes on to line 4: is a quotation mark missing?"),
]


@pytest.mark.parametrize(("row", "column", "reason"), BAD_ROWS)
def test_a_bad_row_is_named_by_line_and_column_and_its_neighbours_stay_good(
    written: Write, row: str, column: str | None, reason: str
) -> None:
    roster = read_roster(written(f"{HEADER}\nfirst@x.example,F,F\n{row}\nzoe@x.example,Z,Z\n"))
    assert [good.email for good in roster.rows] == ["first@x.example", "zoe@x.example"]
    (bad,) = roster.bad_rows
    assert (bad.line, bad.column) == (3, column)
    assert reason in bad.reason
    assert str(bad) == f"line 3, {column}: {bad.reason}" if column else f"line 3: {bad.reason}"
    assert bad.email == next(csv.reader([row]))[0].strip()


def test_everything_wrong_in_a_row_is_named_at_once(written: Write) -> None:
    (bad,) = read_roster(written(f"{HEADER}\nann,@,Lee,bo,=x,Boss,gone\n")).bad_rows
    assert bad.column == "Email"
    for column in ("First name", "Managers", "Groups", "Role", "Status"):
        assert f"; {column}: " in bad.reason


UNNAMED_ROWS = [
    ("ann@x.example,,Lee", "First name", "it is empty"),
    ("ann@x.example,Ann, ", "Last name", "it is empty"),
    ("ann@x.example", "First name", "it is empty; Last name: it is empty"),
]


@pytest.mark.parametrize(("row", "column", "reason"), UNNAMED_ROWS)
def test_a_row_without_a_name_is_read_and_says_why_nobody_can_be_invited_by_it(
    written: Write, row: str, column: str, reason: str
) -> None:
    roster = read_roster(written(f"{HEADER}\nfirst@x.example,F,F\n{row}\nzoe@x.example,Z,Z\n"))
    assert roster.bad_rows == ()
    unnamed = [bad for good in roster.rows if (bad := good.unnamed()) is not None]
    assert [(bad.line, bad.column, bad.reason, bad.email) for bad in unnamed] == [(3, column, reason, "ann@x.example")]


def test_of_a_row_with_too_many_cells_nothing_else_is_believed(written: Write) -> None:
    roster = read_roster(
        written("Email,First,Last,Groups,Role\nann@x.example,Ann,Lee,Sales, EMEA,x\nann@x.example,A,L\n")
    )
    (bad,) = roster.bad_rows
    assert str(bad) == "line 2: 6 cells for 5 columns: a cell with the delimiter in it needs quotes"
    assert [row.line for row in roster.rows] == [3]


def test_blank_cells_beyond_the_columns_are_no_fault(written: Write) -> None:
    assert only_row(read_roster(written("Email,First,Last\nann@x.example,Ann,Lee,, ,\n")))[:3] == ANN[:3]


def test_a_quotation_mark_that_swallows_rows_into_an_ignored_column_is_noticed(written: Write) -> None:
    roster = read_roster(
        written('Email,First,Last,Note\nann@x.example,Ann,Lee,"hm\nbea@x.example,Bea,Ode,x"\ncy@x.example,Cy,Poe,\n')
    )
    assert [row.email for row in roster.rows] == ["cy@x.example"]
    assert [str(bad) for bad in roster.bad_rows] == [
        "line 2: the cell 'hm' goes on to line 3: is a quotation mark missing?"
    ]


def test_of_a_person_listed_twice_alike_the_first_row_stays(written: Write) -> None:
    roster = read_roster(
        written(f"{HEADER}\nann@x.example,Ann,Lee,,A;B\nbea@x.example,Bea,Ode\nANN@X.example,Ann,Lee,,B;A\n")
    )
    assert [row.line for row in roster.rows] == [2, 3]
    assert [str(bad) for bad in roster.bad_rows] == ["line 4, Email: the same person is already in line 2"]


def test_of_two_rows_that_differ_about_one_address_neither_is_believed(written: Write) -> None:
    roster = read_roster(
        written(f"{HEADER}\nann@x.example,Ann,Lee,,A\nbea@x.example,Bea,Ode\nann@x.example,Ann,Lee,,B\n")
    )
    assert [row.email for row in roster.rows] == ["bea@x.example"]
    assert [str(bad) for bad in roster.bad_rows] == [
        "line 2, Email: the same address with other details is in line 4",
        "line 4, Email: the same address with other details is in line 2",
    ]


def test_a_duplicate_of_a_row_that_is_bad_for_another_reason_is_noticed(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\nann@x.example,Ann,,,,Boss\nann@x.example,Ann,Lee\n"))
    assert roster.rows == ()
    assert [bad.line for bad in roster.bad_rows] == [2, 3]


def test_look_alike_addresses_are_both_refused_and_made_visible(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\nann@x.example,Ann,Lee\nbea@x.example,B,O\n\u0430nn@x.example,Ann,Lee\n"))
    assert [row.email for row in roster.rows] == ["bea@x.example"]
    assert [str(bad) for bad in roster.bad_rows] == [
        r"line 2, Email: 'ann@x.example' can be taken for '\u0430nn@x.example' in line 4",
        r"line 4, Email: '\u0430nn@x.example' can be taken for 'ann@x.example' in line 2",
    ]


def test_look_alike_addresses_pass_where_they_are_allowed(written: Write) -> None:
    path = written(f"{HEADER}\nelia@x.example,Elia,Rossi\nella@x.example,Ella,Rossi\n")
    assert read_roster(path).rows == ()
    assert len(read_roster(path, allow_look_alikes=True).rows) == 2


def test_ten_thousand_people_with_one_address_are_answered_shortly(written: Write) -> None:
    roster = read_roster(written(f"{HEADER}\n" + "".join(f"ann@x.example,Ann,{n}\n" for n in range(10_000))))
    assert len(roster.bad_rows) == 10_000
    assert max(len(bad.reason) for bad in roster.bad_rows) < 120


# Addresses only


def test_leavers_need_no_column_but_the_address(written: Write) -> None:
    listed = read_addresses(written("Last day,E-mail,Role\n2026-01-30, Ann@x.example ,Boss\n,bea@x,\n"))
    assert [(row.line, row.email) for row in listed.rows] == [(2, "Ann@x.example")]
    assert [(bad.line, bad.column, bad.email) for bad in listed.bad_rows] == [(3, "Email", "bea@x")]
    assert listed.notes[-1] == "ignored columns: 'Last day', 'Role'"


def test_leavers_may_be_a_bare_list_of_addresses(written: Write) -> None:
    listed = read_addresses(written("ann@x.example\nbea@x.example\nANN@x.example\n"))
    assert [row.email for row in listed.rows] == ["ann@x.example", "bea@x.example"]
    assert [str(bad) for bad in listed.bad_rows] == ["line 3, Email: the same person is already in line 1"]
    assert "no header: columns taken as Email" in listed.notes


def test_a_shifted_row_never_makes_another_persons_address_the_leavers(written: Write) -> None:
    listed = read_addresses(written("Name,Manager,Email\nLee, Ann,boss@x.example,ann@x.example\n"))
    assert listed.rows == ()
    assert "4 cells for 3 columns" in listed.bad_rows[0].reason


def test_leavers_are_checked_as_a_file_like_any_roster(written: Write) -> None:
    with pytest.raises(RosterError, match="there is no column Email"):
        read_addresses(written("Name\nAnn\n"))
    with pytest.raises(RosterError, match="never closed"):
        read_addresses(written('Email\n"ann@x.example\n'))


# Writing


def test_people_are_written_in_the_documented_order_and_read_back(tmp_path: Path) -> None:
    people = [
        Person(
            email="ann@x.example",
            first_name="Ann",
            last_name="Lee",
            managers=("bo@x.example", "cy@x.example"),
            groups=("R&D", "Sales, EMEA"),
            role=Role.ADMIN,
            status=Status.ACTIVE,
        ),
        Person(email="bea@x.example", first_name="Bea", last_name="O'Day", status=Status.DEACTIVATED),
    ]
    path = tmp_path / "people.csv"
    write_roster(path, people)
    assert path.read_bytes().decode() == (
        "Email,First name,Last name,Managers,Groups,Role,Status\n"
        'ann@x.example,Ann,Lee,bo@x.example;cy@x.example,"R&D;Sales, EMEA",admin,active\n'
        "bea@x.example,Bea,O'Day,,,,deactivated\n"
    )
    roster = read_roster(path)
    assert roster.bad_rows == ()
    assert [row.email for row in roster.rows] == ["ann@x.example", "bea@x.example"]


def test_an_invited_person_is_written_as_wanted_active() -> None:
    text = roster_text([Person(email="ann@x.example", status=Status.INVITED)])
    assert text.splitlines()[1] == "ann@x.example,,,,,,active"


@pytest.mark.parametrize("start", list("=+-@＝＋－＠"))
def test_no_cell_or_item_of_an_export_starts_a_formula(start: str) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    person = Person(
        email=f"{start}a@x.example",
        first_name=evil,
        last_name=f" {evil}",
        managers=(f"{start}b@x.example",),
        groups=(evil, "ok", evil),
    )
    row = next(csv.DictReader(roster_text([person]).splitlines()))
    for cell in row.values():
        assert not cell.startswith(start)
        assert not any(item.startswith(start) for item in cell.split(";"))
    assert row["First name"] == f"'{evil}"


def test_characters_that_move_the_cursor_do_not_reach_an_export() -> None:
    text = roster_text([Person(email="ann@x.example", first_name="A\x1b[2Jn\tn\n", last_name="L\ud800\u202e\0e")])
    assert text.splitlines()[1].split(",")[1:3] == ["A [2Jn n", "L   e"]


def test_neutralising_is_undone_exactly() -> None:
    for text in ("", "'", "''", "a", "'a", "=a", "'=a", "''=a", "-", "a=b", "'t"):
        assert restore(neutralise(text)) == text


def test_an_export_is_private_and_replaces_the_old_one_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/absent")  # replacing in one step needs one file system
    path = tmp_path / "people.csv"
    path.write_text("old")
    path.chmod(0o644)
    write_roster(path, [Person(email="ann@x.example")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["people.csv"]


def test_a_failed_export_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.csv"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RosterError, match="No space left on device"):
        write_roster(path, [Person(email="ann@x.example")])
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["people.csv"]


def test_an_export_into_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"absent/people\.csv cannot be written: No such file"):
        write_roster(tmp_path / "absent" / "people.csv", [])


def test_the_import_file_has_the_documented_order_and_the_values_as_they_are() -> None:
    invite = Invite(
        email="ann@x.example",
        first_name="-Ann",
        last_name='Lee, "Jr."',
        role=Role.CONTENT_CREATOR,
        groups=("=R&D", "Sales, EMEA"),
        managers=("bo@x.example", "cy@x.example"),
    )
    assert import_csv([invite]).decode() == (
        "Email,First name,Last name,Managers,Groups,Role\r\n"
        'ann@x.example,-Ann,"Lee, ""Jr.""",bo@x.example;cy@x.example,"=R&D;Sales, EMEA",Content Creator\r\n'
    )


def test_the_import_file_takes_the_consoles_own_names_of_roles() -> None:
    invite = Invite(email="ann@x.example", first_name="Ann", last_name="Lee")
    assert import_csv([invite], {Role.LEARNER: "User"}).endswith(b",User\r\n")


def test_a_group_with_a_semicolon_cannot_be_imported_and_every_one_is_named() -> None:
    invite = Invite(email="ann@x.example", first_name="Ann", last_name="Lee", groups=("A;B", "C", "D;E"))
    with pytest.raises(RosterError) as refusal:
        import_csv([invite])
    assert [problem.split(" contains")[0] for problem in refusal.value.problems] == [
        "ann@x.example: 'A;B'",
        "ann@x.example: 'D;E'",
    ]


# The sample files


def test_the_new_hires_have_the_bad_rows_they_are_meant_to_have() -> None:
    roster = read_roster(SAMPLES / "new-hires.csv")
    assert [(bad.line, bad.column) for bad in roster.bad_rows] == [
        (11, "Email"),
        (18, "Email"),
        (21, "Email"),
        (27, "Role"),
    ]
    assert [(bad.line, bad.column) for row in roster.rows if (bad := row.unnamed())] == [(29, "Last name")]
    assert len(roster.rows) == 36


@pytest.mark.parametrize(
    ("name", "people", "said"),
    [
        ("excel-semicolon.csv", 4, "Windows-1252"),
        ("excel-unicode-text.txt", 3, "UTF-16"),
        ("positional.csv", 3, "no header"),
        ("utf8-bom.csv", 3, "byte order mark"),
    ],
)
def test_a_sample_of_another_system_is_read_whole(name: str, people: int, said: str) -> None:
    roster = read_roster(SAMPLES / name)
    assert len(roster.rows) == people
    assert roster.bad_rows == ()
    assert said in "; ".join(roster.notes)


def test_the_leavers_are_read_by_address_alone() -> None:
    listed = read_addresses(SAMPLES / "leavers.csv")
    assert len(listed.rows) == 5
    assert listed.bad_rows == ()
