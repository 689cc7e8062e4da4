"""The platform behind every console here: people, groups, invitations, imports, and the log of what happened."""

from __future__ import annotations

import copy
import csv
import io
import random
import re
import secrets
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

ROLES = ("Admin", "Manager", "Learner", "Content Creator")
GROUPS = (
    "Customer Success",
    "Engineering",
    "New Hires 2026",
    "R&D",
    "Sales",
    "Sales, EMEA",
    "Support – Tier 2",
    "Équipe Paris",
)

ROLE_WORDS = {
    "admin": "Admin",
    "manager": "Manager",
    "learner": "Learner",
    "user": "Learner",
    "content creator": "Content Creator",
    "content creator / author": "Content Creator",
    "author": "Content Creator",
}
COLUMN_WORDS = {
    "email": "email",
    "e-mail": "email",
    "email address": "email",
    "first name": "first_name",
    "firstname": "first_name",
    "last name": "last_name",
    "lastname": "last_name",
    "role": "role",
    "managers": "managers",
    "manager": "managers",
    "manager email": "managers",
    "manager emails": "managers",
    "groups": "groups",
    "group": "groups",
}
REQUIRED_COLUMNS = ("email", "first_name", "last_name", "role")
COLUMN_TITLES = {"email": "Email", "first_name": "First Name", "last_name": "Last Name", "role": "Role"}

EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
MAX_IMPORT_ROWS = 1000


@dataclass
class Person:
    id: int
    email: str
    first_name: str
    last_name: str
    role: str = "Learner"
    status: str = "active"  # active, invited, deactivated
    groups: list[str] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)
    last_login: str | None = None
    scim_managed: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def standing(self) -> str:
        """What the help center's status column says."""
        if self.status == "deactivated":
            return "Deactivated"
        return "Admin" if self.role == "Admin" else "User"


class Refused(Exception):
    """The console says no: one message for the whole form, or one for each field."""

    def __init__(self, message: str, fields: dict[str, str] | None = None, status: int = 422) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields or {}
        self.status = status


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


FIRST = """
Aisha Alejandro Amara Beatriz Callum Chen Chloé Daniel Dmitri Elif Emma Farid Fatima Gabriel Grace Hannah Hugo Ingrid
Ivan Jamal Julia Kenji Lars Leila Liam Lucía Mateo Mei Mohammed Nadia Noah Olivia Omar Priya Rafael Ravi Sara Sofía
Thomas Tomasz Uma Victor Wei Yara Yusuf
"""
LAST = """
Abbott Almeida Andersson Bauer Becker Brown Castillo Chowdhury Cohen Dubois Eriksen Fernández Fischer Gupta Haddad
Hansen Ito Jansen Johnson Kaya Khan Kowalski Kumar Larsen Lopez Mensah Moreau Nakamura Novák Okafor Olsen Park Patel
Petrov Rossi Santos Schmidt Silva Smith Suzuki Tanaka Weber Williams Wójcik Zhang
"""

ACCOUNT = "provisioning@corp.example"
PASSWORD = "correct horse battery staple"  # not a secret: a made-up account on loopback


def cast_of_characters() -> list[Person]:
    """People every console has, whatever the size: the awkward cases of a real directory."""
    rows: list[tuple[str, str, str, str, str, list[str], list[str]]] = [
        (ACCOUNT, "Provisioning", "Service", "Admin", "active", [], []),
        ("helena.costa@corp.example", "Helena", "Costa", "Admin", "active", ["Customer Success"], []),
        ("marcus.webb@corp.example", "Marcus", "Webb", "Manager", "active", ["Sales", "Sales, EMEA"], []),
        ("ines.duarte@corp.example", "Inês", "Duarte", "Manager", "active", ["Engineering", "R&D"], []),
        ("ann@corp.example", "Ann", "Lee", "Learner", "active", ["Sales, EMEA"], ["marcus.webb@corp.example"]),
        ("joann@corp.example", "Joann", "Lee", "Learner", "active", ["Sales"], ["marcus.webb@corp.example"]),
        ("ann@corp.example.org", "Ann", "Lee", "Learner", "active", ["Customer Success"], []),
        ("ann.lee@corp.example", "Ann", "Lee", "Learner", "deactivated", ["Sales"], []),
        ("maria.garcia@corp.example", "María", "García", "Learner", "active", ["R&D"], ["ines.duarte@corp.example"]),
        ("maria.garcia2@corp.example", "Maria", "Garcia", "Content Creator", "active", ["R&D", "New Hires 2026"], []),
        ("zoe.mueller@corp.example", "Zoë", "Müller-Łukasik", "Content Creator", "active", ["Équipe Paris"], []),
        ("soren.angstrom@corp.example", "Søren", "Ångström", "Learner", "invited", ["Engineering"], []),
        ("taro.yamada@corp.example", "太郎", "山田", "Learner", "active", ["R&D"], ["ines.duarte@corp.example"]),
        ("siobhan.obrien@corp.example", "Siobhán", "O’Brien", "Learner", "active", ["Support – Tier 2"], []),
        ("huong.nguyen@corp.example", "Hương", "Nguyễn", "Learner", "invited", ["Sales, EMEA", "New Hires 2026"], []),
        ("sam+training@corp.example", "Sam", "O'Neil", "Learner", "active", [], ["helena.costa@corp.example"]),
        (
            "priyanka.rao@corp.example",
            "Priyanka",
            "Rao",
            "Learner",
            "active",
            ["Customer Success", "Engineering", "New Hires 2026", "R&D", "Sales, EMEA"],
            ["marcus.webb@corp.example", "ines.duarte@corp.example"],
        ),
        ("jean-luc.delatour@corp.example", "Jean-Luc", "de la Tour", "Learner", "deactivated", ["Équipe Paris"], []),
        ("contractor7@partner.example", "Olu", "Adeyemi-Castellanos", "Learner", "invited", [], []),
        ("scim.kept@corp.example", "Viktor", "Lindqvist", "Learner", "active", ["Engineering"], []),
    ]
    cast_list = [
        Person(0, email, first, last, role, status, list(groups), list(managers))
        for email, first, last, role, status, groups, managers in rows
    ]
    for person in cast_list:
        person.scim_managed = person.email in {"scim.kept@corp.example", "maria.garcia@corp.example"}
    return cast_list


class Store:
    """The platform behind the pages. Every method is one transaction."""

    def __init__(self, people: int, seed: int, seats: int | None, today: date | None) -> None:
        self._lock = threading.RLock()
        self.today = today or datetime.now(UTC).date()
        rng = random.Random(seed)
        self.people: dict[int, Person] = {}
        self.groups: list[str] = list(GROUPS)
        self.events: list[dict[str, Any]] = []
        self.imports: dict[str, list[dict[str, Any]]] = {}
        self._next_id = 10_000 + rng.randrange(9_000)
        for person in cast_of_characters()[: max(people, 4)]:
            self._seat(person, rng)
        managers = [p.email for p in self.people.values() if p.role == "Manager"]
        while len(self.people) < people:
            self._seat(self._stranger(rng, managers), rng)
        self.seats_total = seats if seats is not None else self.seats_used() + 25

    def _seat(self, person: Person, rng: random.Random) -> None:
        self._next_id += rng.randrange(1, 9)
        person.id = self._next_id
        if person.status != "invited" and rng.random() > 0.06:
            minutes = rng.choice((1, 3, 10, 45, 130, 400)) * rng.randrange(300, 1440)
            moment = datetime(self.today.year, self.today.month, self.today.day, 7, tzinfo=UTC)
            person.last_login = (moment - timedelta(minutes=minutes)).isoformat()
        self.people[person.id] = person

    def _stranger(self, rng: random.Random, managers: list[str]) -> Person:
        first, last = rng.choice(FIRST.split()), rng.choice(LAST.split())
        plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode().lower()
        taken = {p.email for p in self.people.values()}
        email, number = f"{plain}@corp.example", 1
        while email in taken:
            number += 1
            email = f"{plain}{number}@corp.example"
        role = rng.choices(ROLES, weights=(1, 8, 80, 8))[0]
        status = rng.choices(("active", "invited", "deactivated"), weights=(82, 8, 10))[0]
        groups = sorted(rng.sample(GROUPS, rng.choice((0, 1, 1, 1, 2, 2, 3))), key=fold)
        return Person(0, email, first, last, role, status, groups, rng.sample(managers, rng.choice((0, 1, 1))))

    def authenticate(self, email: str, password: str) -> Person:
        with self._lock:
            email = email.strip().lower()
            person = self.find(email)
            if person is None or person.role != "Admin" or email != ACCOUNT or password != PASSWORD:
                self.note("login_failed", email, email)
                raise Refused("Incorrect email or password", status=401)
            self.note("login", person.email, person.email)
            return person

    # reading

    def seats_used(self) -> int:
        return sum(p.status == "active" for p in self.people.values())

    def find(self, email: str) -> Person | None:
        return next((p for p in self.people.values() if fold(p.email) == fold(email)), None)

    def get(self, person_id: int) -> Person:
        with self._lock:
            if person_id not in self.people:
                raise Refused("User not found", status=404)
            return self.people[person_id]

    def summary(self) -> dict[str, Any]:
        with self._lock:
            counts = {s: sum(p.status == s for p in self.people.values()) for s in ("active", "invited", "deactivated")}
            return {
                "total": len(self.people),
                "counts": counts,
                "seats_used": self.seats_used(),
                "seats_total": self.seats_total,
                "groups": sorted(self.groups, key=fold),
                "today": self.today.isoformat(),
            }

    def listing(self, query: dict[str, str]) -> dict[str, Any]:
        with self._lock:
            found = list(self.people.values())
            if text := fold(query.get("search", "")):
                found = [p for p in found if text in fold(p.name) or text in fold(p.email)]
            if status := query.get("status", ""):
                found = [p for p in found if p.status == status]
            if role := query.get("role", ""):
                found = [p for p in found if p.role == role]
            if standing := query.get("standing", ""):
                found = [p for p in found if p.standing == standing]
            if (idle := query.get("idle_days", "")).isdigit():
                edge = (self.today - timedelta(days=int(idle))).isoformat()
                found = [p for p in found if p.last_login is not None and p.last_login < edge]
            if query.get("never") == "1":
                found = [p for p in found if p.last_login is None]
            key = query.get("sort") or "name"
            orders: dict[str, Callable[[Person], Any]] = {
                "name": lambda p: (fold(p.name), p.email),
                "email": lambda p: fold(p.email),
                "role": lambda p: (p.role, fold(p.name)),
                "status": lambda p: (p.status, fold(p.name)),
                "last_login": lambda p: (p.last_login or "", fold(p.name)),
            }
            found.sort(key=orders.get(key, orders["name"]), reverse=query.get("dir") == "desc")
            size = max(1, min(500, int(query.get("page_size") or 25)))
            page = max(1, int(query.get("page") or 1))
            items = [asdict(p) for p in found[(page - 1) * size : page * size]]
            return {"items": items, "total": len(found), "page": page, "page_size": size}

    def options(self, text: str) -> list[dict[str, str]]:
        with self._lock:
            wanted = fold(text)
            hits = [
                p
                for p in self.people.values()
                if p.status != "deactivated" and (wanted in fold(p.email) or wanted in fold(p.name))
            ]
            hits.sort(key=lambda p: (p.role not in {"Manager", "Admin"}, fold(p.name)))
            return [{"email": p.email, "name": p.name} for p in hits[:20]]

    def books(self) -> dict[str, Any]:
        with self._lock:
            people = sorted((asdict(p) for p in self.people.values()), key=lambda p: str(p["email"]))
            state = {
                "people": people,
                "events": self.events,
                "groups": self.groups,
                "seats": {"used": self.seats_used(), "total": self.seats_total},
            }
            return copy.deepcopy(state)

    # writing

    def note(self, action: str, actor: str, email: str = "", **details: Any) -> None:
        with self._lock:
            self.events.append(
                {
                    "seq": len(self.events) + 1,
                    "at": datetime.now(UTC).isoformat(),
                    "actor": actor,
                    "action": action,
                    "email": email,
                    "details": copy.deepcopy(details),
                }
            )

    def _check_lists(self, data: dict[str, Any]) -> tuple[list[str], list[str], dict[str, str]]:
        errors: dict[str, str] = {}
        groups: list[str] = []
        for raw in data.get("groups") or []:
            group = " ".join(str(raw).split())
            known = next((g for g in self.groups if fold(g) == fold(group)), group)
            if group and known not in groups:
                groups.append(known)
        managers: list[str] = []
        for raw in data.get("managers") or []:
            manager = str(raw).strip()
            if not EMAIL.fullmatch(manager):
                errors["managers"] = f"“{manager}” is not a valid email address"
                continue
            known_person = self.find(manager)
            address = known_person.email if known_person else manager.lower()
            if known_person and known_person.status == "deactivated":
                errors["managers"] = f"{address} is deactivated"
            if address not in managers:
                managers.append(address)
        return groups, managers, errors

    def _settle(self, person: Person, actor: str) -> None:
        """Groups that do not exist are created; a manager who is nobody yet is invited and becomes a Manager."""
        for group in person.groups:
            if group not in self.groups:
                self.groups.append(group)
                self.note("group_created", actor, person.email, group=group)
        for address in person.managers:
            manager = self.find(address)
            if manager is None:
                self._next_id += 1
                manager = Person(self._next_id, address, "", "", "Manager", "invited")
                self.people[manager.id] = manager
                self.note("invited", actor, address, via="manager", role="Manager")
            elif manager.role == "Learner":
                manager.role = "Manager"
                self.note("became_manager", actor, address)

    def _check_new(self, data: dict[str, Any]) -> tuple[Person, dict[str, str]]:
        email = str(data.get("email") or "").strip().lower()
        first = " ".join(str(data.get("first_name") or "").split())
        last = " ".join(str(data.get("last_name") or "").split())
        role = ROLE_WORDS.get(fold(str(data.get("role") or "")), "")
        errors: dict[str, str] = {}
        if not email:
            errors["email"] = "Email is required"
        elif not EMAIL.fullmatch(email):
            errors["email"] = "Enter a valid email address"
        elif (known := self.find(email)) is not None:
            errors["email"] = (
                "A deactivated user with this email already exists. Reactivate them instead."
                if known.status == "deactivated"
                else "A user with this email already exists"
            )
        if not first:
            errors["first_name"] = "First name is required"
        if not last:
            errors["last_name"] = "Last name is required"
        if not str(data.get("role") or "").strip():
            errors["role"] = "Role is required"
        elif not role:
            errors["role"] = f"Unknown role “{data.get('role')}”"
        groups, managers, more = self._check_lists(data)
        if "managers" not in more and email in managers:
            more["managers"] = "A person cannot be their own manager"
        return Person(0, email, first, last, role, "invited", groups, managers), errors | more

    def invite(self, data: dict[str, Any], actor: str, via: str = "form") -> Person:
        with self._lock:
            person, errors = self._check_new(data)
            if errors:
                raise Refused("Please check the highlighted fields", errors)
            self._next_id += 1
            person.id = self._next_id
            self.people[person.id] = person
            self.note(
                "invited",
                actor,
                person.email,
                via=via,
                first_name=person.first_name,
                last_name=person.last_name,
                role=person.role,
                groups=person.groups,
                managers=person.managers,
            )
            self._settle(person, actor)
            return copy.deepcopy(person)

    def invite_list(self, data: dict[str, Any], actor: str) -> dict[str, Any]:
        """Invites addresses without names, all or none. `managers` is one list for all, or lists by address."""
        with self._lock:
            emails = list(dict.fromkeys(str(email).strip().lower() for email in data.get("emails") or [] if email))
            if not emails:
                raise Refused("Enter at least one email address", {"emails": "Enter at least one email address"})
            for email in emails:
                if not EMAIL.fullmatch(email):
                    raise Refused("Check the addresses", {"emails": f"“{email}” is not a valid email address"})
                if self.find(email) is not None:
                    raise Refused("Check the addresses", {"emails": f"{email} is already a user"})
            wanted = data.get("managers") or []
            people = []
            for email in emails:
                own = wanted.get(email, []) if isinstance(wanted, dict) else wanted
                groups, managers, errors = self._check_lists({"groups": data.get("groups"), "managers": own})
                if email in managers:
                    errors["managers"] = "A person cannot be their own manager"
                if errors:
                    raise Refused("Check the addresses", errors)
                role = "Admin" if data.get("admin") else "Learner"
                people.append(Person(0, email, "", "", role, "invited", groups, managers))
            for person in people:
                self._next_id += 1
                person.id = self._next_id
                self.people[person.id] = person
                self.note("invited", actor, person.email, via="list", role=person.role)
                self._settle(person, actor)
            return {"invited": emails}

    def edit(self, person_id: int, data: dict[str, Any], actor: str) -> Person:
        with self._lock:
            person = self.get(person_id)
            groups, managers, errors = self._check_lists(
                {"groups": data.get("groups", person.groups), "managers": data.get("managers", person.managers)}
            )
            role = ROLE_WORDS.get(fold(str(data.get("role", person.role) or "")), "")
            first = " ".join(str(data.get("first_name", person.first_name) or "").split())
            last = " ".join(str(data.get("last_name", person.last_name) or "").split())
            if not role:
                errors["role"] = "Role is required"
            if person.email in managers:
                errors["managers"] = "A person cannot be their own manager"
            if person.role == "Admin" and role not in {"Admin", ""}:
                if person.email == actor:
                    errors["role"] = "You cannot remove your own admin role"
                elif self._admins() == [person]:
                    errors["role"] = "At least one admin is required"
            if errors:
                raise Refused("Please check the highlighted fields", errors)
            wanted: dict[str, Any] = {
                "first_name": first,
                "last_name": last,
                "role": role,
                "groups": groups,
                "managers": managers,
            }
            changes = {
                name: {"from": getattr(person, name), "to": value}
                for name, value in wanted.items()
                if getattr(person, name) != value
            }
            for name, value in wanted.items():
                setattr(person, name, value)
            self.note("edited", actor, person.email, changes=changes)
            self._settle(person, actor)
            return copy.deepcopy(person)

    def _admins(self) -> list[Person]:
        return [p for p in self.people.values() if p.role == "Admin" and p.status == "active"]

    def deactivate(self, person_id: int, actor: str) -> Person:
        with self._lock:
            person = self.get(person_id)
            if person.status == "deactivated":
                raise Refused(f"{person.email} is already deactivated")
            if person.email == actor:
                raise Refused("You cannot deactivate your own account")
            if self._admins() == [person]:
                raise Refused("At least one admin is required")
            before = person.status
            person.status = "deactivated"
            self.note("deactivated", actor, person.email, was=before)
            return copy.deepcopy(person)

    def reactivate(self, person_id: int, actor: str) -> Person:
        with self._lock:
            person = self.get(person_id)
            if person.status != "deactivated":
                raise Refused(f"{person.email} is not deactivated")
            if self.seats_used() >= self.seats_total:
                raise Refused("No seats available. Free a seat or contact your account team.")
            person.status = "active"
            self.note("reactivated", actor, person.email)
            return copy.deepcopy(person)

    def resend(self, person_id: int, actor: str) -> Person:
        with self._lock:
            person = self.get(person_id)
            if person.status != "invited":
                raise Refused(f"{person.email} has already accepted the invitation")
            self.note("invitation_resent", actor, person.email)
            return copy.deepcopy(person)

    def delete(self, person_id: int, actor: str) -> None:
        with self._lock:
            person = self.get(person_id)
            if person.email == actor:
                raise Refused("You cannot delete your own account")
            if self._admins() == [person]:
                raise Refused("At least one admin is required")
            del self.people[person_id]
            self.note("permanently_deleted", actor, person.email)

    # import

    def preview(self, filename: str, content: bytes, actor: str) -> dict[str, Any]:
        with self._lock:
            rows = self._read_rows(filename, content)
            token = secrets.token_hex(8)
            self.imports[token] = rows
            bad = sum(bool(row["errors"]) for row in rows)
            self.note("import_uploaded", actor, filename=filename, rows=len(rows), rows_with_errors=bad)
            return {"token": token, "filename": filename, "rows": rows, "valid": len(rows) - bad, "invalid": bad}

    def _read_rows(self, filename: str, content: bytes) -> list[dict[str, Any]]:
        if not filename.lower().endswith(".csv"):
            raise Refused("Only .csv files are supported")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused("The file could not be read. Save it as CSV UTF-8 and try again.") from None
        lines = list(csv.reader(io.StringIO(text, newline="")))
        if not lines or not any(cell.strip() for cell in lines[0]):
            raise Refused("The file is empty")
        columns = [COLUMN_WORDS.get(fold(cell.replace("_", " ")), "") for cell in lines[0]]
        missing = [COLUMN_TITLES[name] for name in REQUIRED_COLUMNS if name not in columns]
        if missing:
            raise Refused(f"Missing required column{'s' if len(missing) > 1 else ''}: {', '.join(missing)}")
        if len(lines) - 1 > MAX_IMPORT_ROWS:
            raise Refused(f"A file may hold at most {MAX_IMPORT_ROWS} people")
        rows: list[dict[str, Any]] = []
        seen: dict[str, int] = {}
        for number, cells in enumerate(lines[1:], start=2):
            if not any(cell.strip() for cell in cells):
                continue
            values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
            data: dict[str, Any] = dict(values)
            for name in ("groups", "managers"):
                data[name] = [part.strip() for part in values.get(name, "").split(";") if part.strip()]
            person, errors = self._check_new(data)
            if person.email and person.email in seen:
                errors["email"] = f"Duplicate of row {seen[person.email]}"
            seen.setdefault(person.email, number)
            row = {name: data.get(name, "") for name in ("email", "first_name", "last_name", "role")}
            rows.append(
                row
                | {"row": number, "groups": data["groups"], "managers": data["managers"]}
                | {"errors": list(errors.values())}
            )
        if not rows:
            raise Refused("The file holds no people")
        return rows

    def commit(self, token: str, actor: str) -> dict[str, Any]:
        with self._lock:
            rows = self.imports.pop(token, None)
            if rows is None:
                raise Refused("This import has expired. Upload the file again.", status=404)
            created: list[str] = []
            skipped: list[dict[str, Any]] = []
            for row in rows:
                errors: list[str] = list(row["errors"])
                if not errors:
                    try:
                        created.append(self.invite(row, actor, via="import").email)
                    except Refused as refusal:
                        errors = list(refusal.fields.values()) or [refusal.message]
                if errors:
                    skipped.append({"row": row["row"], "email": row["email"], "reason": "; ".join(errors)})
            self.note("imported", actor, created=created, skipped=skipped)
            return {"created": len(created), "skipped": skipped}
