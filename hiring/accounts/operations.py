"""Adding people, changing what they may do, giving them passwords, and naming the organisation."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from uuid import uuid4

from flask_security import hash_password
from flask_security.mail_util import EmailValidateException
from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from hiring.accounts.queries import is_last_administrator, organisation, person_with_email, roles_named
from hiring.audit import record
from hiring.errors import Refused, Stale
from hiring.extensions import db, security
from hiring.i18n import _
from hiring.models import Organisation, Paper, Person, Role, RoleName, now

LONGEST_NAME = 200
LONGEST_EMAIL = 254
CONSONANTS, VOWELS = "bdfghkmnprstvz", "aeiou"  # Without letters that are mistaken for one another.
SYLLABLES_IN_GROUP, GROUPS = 2, 5  # 61 bits: too many to try out, few enough to read out.


def add_person(
    name: str,
    email: str,
    roles: Collection[str],
    password: str,
    by: Person | None,
    is_demo: bool = False,
) -> Person:
    """Gives somebody an account; ``by`` is None on the command line."""
    address = _free_address(email)
    person = Person(name=_written(name), email=address, is_demo=is_demo, roles=_known(roles))
    person.password = hash_password(_strong(password, person))
    person.fs_uniquifier = uuid4().hex
    db.session.add(person)
    record("add_person", person, by, name=person.name, roles=person.role_names)
    return person


def change_person(
    person: Person, name: str, roles: Collection[str], active: bool, revision: int, by: Person | None
) -> None:
    """Changes somebody's name and roles, and whether they may sign in."""
    if person.revision != revision:
        raise Stale(_("Somebody else changed this person since you opened the page. See what is stored now."))
    chosen, written = _known(roles), _written(name)
    _refuse_lockout(person, chosen, active, by)
    before = {"name": person.name, "roles": person.role_names, "active": person.active}
    person.name, person.roles, person.active = written, chosen, active
    flag_modified(person, "name")  # A change of roles alone would not count as a revision.
    after = {"name": person.name, "roles": person.role_names, "active": active}
    record("change_person", person, by, before=before, after=after)


def set_password(person: Person, password: str, by: Person | None) -> None:
    """Gives somebody a new password and signs them out everywhere."""
    person.password = hash_password(_strong(password, person))
    person.fs_uniquifier = uuid4().hex
    record("set_password", person, by, name=person.name)


def note_sign_in(person: Person) -> None:
    """Remembers when somebody signed in, without counting it as a change of the person."""
    seen = update(Person).where(Person.id == person.id).values(last_seen_at=now())
    db.session.execute(seen, execution_options={"synchronize_session": False})


def new_password() -> str:
    """A random password that can be read out on the telephone."""
    groups = ("".join(_syllable() for _ in range(SYLLABLES_IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def found_organisation(
    name: str, paper: Paper, by: Person | None, revision: int | None = None
) -> Organisation:
    """Names the organisation and its paper; the first time this makes it."""
    found, written = organisation(), _written(name)
    if found is None:
        found = Organisation(id=1)
        db.session.add(found)
    elif revision not in (None, found.revision):
        raise Stale(
            _("Somebody else changed the organisation since you opened the page. See what is stored now.")
        )
    found.name, found.paper = written, Paper(paper)
    record("found_organisation", found, by, name=found.name, paper=found.paper)
    return found


def _written(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise Refused(_("Write a name."), field="name")
    if len(tidy) > LONGEST_NAME:
        raise Refused(
            _("Write a name of at most %(longest)s characters.", longest=LONGEST_NAME), field="name"
        )
    return tidy


def _free_address(email: str) -> str:
    try:
        address = str(security.mail_util.normalize(email.strip())).lower()
    except EmailValidateException:
        address = ""
    if not address or len(address) > LONGEST_EMAIL:
        raise Refused(_("Write a whole e-mail address, such as rosa@example.org."), field="email")
    owner = person_with_email(address)
    if owner is not None:
        raise Refused(
            _("%(name)s already has an account with this e-mail address.", name=owner.name), field="email"
        )
    return address


def _known(names: Collection[str]) -> list[Role]:
    unknown = set(names) - set(RoleName)
    if unknown:
        raise Refused(_("There is no role called %(role)s.", role=", ".join(sorted(unknown))), field="roles")
    if not names:
        raise Refused(_("Choose at least one role."), field="roles")
    return roles_named(names)


def _strong(password: str, person: Person) -> str:
    problems, normalised = security.password_util.validate(password, False, user=person)
    if problems:
        raise Refused(problems[0], field="password")
    return str(normalised)


def _refuse_lockout(person: Person, roles: list[Role], active: bool, by: Person | None) -> None:
    if person is by and not active:
        raise Refused(
            _("You cannot switch off your own account. Ask another administrator to do it."), field="active"
        )
    if not is_last_administrator(person):
        return
    if not active:
        raise Refused(
            _(
                "%(name)s is the only administrator. Make somebody else an administrator first.",
                name=person.name,
            ),
            field="active",
        )
    if RoleName.ADMINISTRATOR not in {role.name for role in roles}:
        raise Refused(
            _(
                "%(name)s is the only administrator. Make somebody else an administrator first.",
                name=person.name,
            ),
            field="roles",
        )


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)
