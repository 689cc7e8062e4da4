"""What the service announces: what a console can hold of people and groups, and nothing else.

Attributes are a part of those of RFC 7643 (4.1, 4.2, 4.3), under the same schema URNs. A console knows one e-mail
address per person, a first and a last name, one of four roles, groups by name, managers, and whether somebody is
deactivated; `externalId` and `displayName` are kept by the service for the identity provider.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from pydantic import Field
from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    External,
    Filter,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    Returned,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

from connector.terms import Role

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PAGE = 100
"""The most resources that one answer lists."""
ROLES = [role.value for role in Role]


AnyUser = Reference["User"]  # type: ignore[type-arg]


class Name(ComplexAttribute):
    """First and last name; a console keeps both."""

    given_name: Annotated[str | None, Required.true] = None
    """The first name."""
    family_name: Annotated[str | None, Required.true] = None
    """The last name."""


class Email(ComplexAttribute):
    """The one address that a console keeps of a person."""

    value: Annotated[str | None, Mutability.read_only] = None
    """The same address as userName."""
    type: Annotated[str | None, Mutability.read_only] = Field(None, examples=["work"])
    """Always work."""
    primary: Annotated[bool | None, Mutability.read_only] = None
    """Always true: there is only one."""


class HeldRole(ComplexAttribute):
    """A role in WorkRamp; everybody holds exactly one."""

    value: str | None = Field(None, examples=ROLES)
    """learner, manager, admin or content_creator."""
    primary: bool | None = None
    """Always true: there is only one."""


class Membership(ComplexAttribute):
    """A group that a person is in."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The id of the group."""
    ref: Annotated[Reference[Group] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the group."""
    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the group."""


class User(Resource[AnyExtension]):
    """A person in WorkRamp."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true, Mutability.immutable] = None
    """The e-mail address. A console changes nobody's address."""
    name: Annotated[Name | None, Required.true] = None
    """First and last name."""
    display_name: str | None = None
    """As the identity provider calls the person; kept by the service, and first and last name where it gives none."""
    active: Annotated[bool | None, Required.true] = True
    """False for a person who is deactivated; true where a request leaves it out."""
    emails: Annotated[list[Email] | None, Mutability.read_only] = None
    """The address once more."""
    groups: Annotated[list[Membership] | None, Mutability.read_only] = None
    """The groups the person is in; changed through the groups."""
    roles: list[HeldRole] | None = None
    """The role in WorkRamp; learner where none is given."""
    entitlements: list[HeldRole] | None = None
    """The role once more, for identity providers that map entitlements."""


class Manager(ComplexAttribute):
    """The person whom somebody reports to."""

    value: Annotated[str | None, Required.true, CaseExact.true] = None
    """The id of the manager; the manager's e-mail address is understood as well."""
    ref: Annotated[AnyUser | None, Mutability.read_write] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the manager's resource."""


class EnterpriseUser(Extension):
    """Whom a person reports to."""

    __schema__ = URN(ENTERPRISE)

    manager: Manager | None = None
    """The first of the managers whom the console shows."""


class Member(ComplexAttribute):
    """A person in a group."""

    value: Annotated[str | None, Required.true, Mutability.immutable, CaseExact.true] = None
    """The id of the person."""
    ref: Annotated[AnyUser | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the person's resource."""
    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Always User."""
    display: Annotated[str | None, Mutability.read_only, Returned.request] = None
    """What the person is called, where that is asked for."""


class Group(Resource[Any]):
    """A group in WorkRamp."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    """The name of the group."""
    members: list[Member] | None = None
    """Who is in it."""


FullUser: type[User[Any]] = User[EnterpriseUser]
"""A person with what the enterprise extension adds."""


@cache
def provider() -> ScimProvider:
    """What the service is: its schemas, its two types of resources, what it can do, and which dialects it understands.

    Microsoft Entra ID removes members by a list of values, and writes to entries that a filter names before they are
    there; both are taken as meant.
    """
    return ScimProvider(
        models=[User, EnterpriseUser, Group],
        resource_types=[ResourceType.from_resource(FullUser), ResourceType.from_resource(Group)],
        config=ServiceProviderConfig(
            patch=Patch(supported=True),
            bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
            filter=Filter(supported=True, max_results=PAGE),
            change_password=ChangePassword(supported=False),
            sort=Sort(supported=True),
            etag=ETag(supported=True),
            pagination=Pagination(cursor=False, index=True, default_page_size=PAGE, max_page_size=PAGE),
            authentication_schemes=[
                AuthenticationScheme(
                    type=AuthenticationScheme.Type.oauthbearertoken,
                    name="Bearer token",
                    description="A token that `workramp serve token add` gives out, one per identity provider",
                    spec_uri=Reference[External]("https://datatracker.ietf.org/doc/html/rfc6750"),
                    primary=True,
                )
            ],
        ),
        policy=ScimPolicy(
            remove_value_as_filter=ScimPolicy.RemoveValue.apply,
            unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
        ),
    )


USER_TYPE, GROUP_TYPE = "User", "Group"
