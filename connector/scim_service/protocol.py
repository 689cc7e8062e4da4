"""The SCIM protocol as scim2-server speaks it, with the dialects of identity providers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from scim2_models import Context, PayloadTooLargeException, Resource, ResourceType, ResponseParameters, SearchRequest
from scim2_server.applications.asgi import ASGIApplication
from scim2_server.conditions import Conditions
from scim2_server.handler import AsyncScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation
from scim2_server.service import ScimService
from scim2_server.storage import SearchPage

from connector.addresses import same_address
from connector.errors import AuditFailed, RunDatabaseFailed
from connector.scim_service import dialects
from connector.scim_service.faults import ServiceFault, unavailable
from connector.scim_service.rendering import Rendering
from connector.scim_service.schema import EnterpriseUser, Group, User, provider
from connector.scim_service.storage import ConsoleStorage, asker, shared
from connector.scim_service.tokens import Token

BIGGEST_BODY = 1_000_000
"""Bytes; a group of ten thousand members has as many."""
_SAFE = "/:?#[]@!$&'()*+,;=~%"
Authenticate = Callable[[str | None], Token]
"""Whose token an Authorization header holds. Raises UnauthorizedException."""


class Protocol(ScimService):
    """What is read from requests, applied to resources, and answered."""

    def __init__(self) -> None:
        super().__init__(provider())
        self._rendering = Rendering(self)

    def max_body_size(self, request: ScimRequest) -> int | None:
        return BIGGEST_BODY

    def read_body(self, model: Any, body: bytes, content_type: str | None, scim_ctx: Context) -> Any:
        if len(body) > BIGGEST_BODY:
            raise PayloadTooLargeException(detail=f"The body has more than {BIGGEST_BODY:,} bytes")
        self.ensure_json(content_type)
        given = dialects.read(body)
        if scim_ctx in (Context.RESOURCE_CREATION_REQUEST, Context.RESOURCE_REPLACEMENT_REQUEST):
            given = dialects.user(given) if issubclass(model, User) else dialects.group(given)
        return super().read_body(model, json.dumps(given).encode(), content_type, scim_ctx)

    def decode_body(self, body: bytes, content_type: str | None) -> Any:
        if len(body) > BIGGEST_BODY:
            raise PayloadTooLargeException(detail=f"The body has more than {BIGGEST_BODY:,} bytes")
        self.ensure_json(content_type)
        return dialects.read(body)

    def query_response(
        self,
        base_url: str,
        resource: Resource[Any],
        response_parameters: ResponseParameters[Any],
        conditions: Conditions,
    ) -> ScimResponse:
        found = self._rendering.all(base_url, [resource], response_parameters)
        if found is None or not self.check_preconditions(resource, "GET", conditions):
            return super().query_response(base_url, resource, response_parameters, conditions)
        meta = found[0]["meta"]
        return ScimResponse(HTTPStatus.OK, found[0], {"Content-Location": meta["location"], "ETag": meta["version"]})

    def search_response(
        self,
        base_url: str,
        resource_types: list[ResourceType],
        page: SearchPage,
        search_request: SearchRequest[Any],
    ) -> ScimResponse:
        found = self._rendering.all(base_url, page.resources, search_request)
        if not found:
            return super().search_response(base_url, resource_types, page, search_request)
        response = super().search_response(base_url, resource_types, SearchPage(page.total, []), search_request)
        assert response.body is not None
        response.body |= {"itemsPerPage": len(found), "Resources": found}
        return response

    def apply_replacement(
        self, current: Resource[Any], replacement: Resource[Any], conditions: Conditions
    ) -> Resource[Any] | None:
        """What a PUT leaves out stays as it is: a provider that does not map an attribute leaves it out."""
        if isinstance(replacement, User):
            assert isinstance(current, User)
            if same_address(replacement.user_name or "", current.user_name or ""):
                replacement.user_name = current.user_name
            if "active" not in replacement.model_fields_set:
                replacement.active = current.active
            if replacement.roles is None and replacement.entitlements is None:
                replacement.roles, replacement.entitlements = current.roles, current.entitlements
            if replacement.display_name is None:
                replacement.display_name = current.display_name
            if replacement[EnterpriseUser] is None:
                replacement[EnterpriseUser] = current[EnterpriseUser]
        elif isinstance(replacement, Group) and isinstance(current, Group) and replacement.members is None:
            replacement.members = current.members
        if replacement.external_id is None:
            replacement.external_id = current.external_id
        return super().apply_replacement(current, replacement, conditions)

    def patch_response(
        self, base_url: str, resource: Resource[Any], response_parameters: ResponseParameters[Any]
    ) -> ScimResponse:
        """The resource: Okta reads it, and the others may."""
        published = self.publish(base_url, resource)
        return self.resource_response(published, Context.RESOURCE_REPLACEMENT_RESPONSE, response_parameters)

    def error_response(self, exception: Exception) -> ScimResponse:
        if isinstance(exception, RunDatabaseFailed | AuditFailed):
            exception = unavailable(exception)
        response = super().error_response(exception)
        if isinstance(exception, ServiceFault) and exception.fault.retry_after is not None:
            response.headers["Retry-After"] = str(exception.fault.retry_after)
        return response


class Handler(AsyncScimHandler):
    """Serves requests. Whoever changes a resource waits until the changes before are over, and sees what they did."""

    storage: ConsoleStorage

    async def query(self, request: ScimRequest) -> ScimResponse:
        """Serves a GET of one resource, which nobody changes on the way."""
        with shared():
            return await super().query(request)

    async def search(self, request: ScimRequest) -> ScimResponse:
        with shared():
            return await super().search(request)

    async def search_with_body(self, request: ScimRequest) -> ScimResponse:
        with shared():
            return await super().search_with_body(request)

    async def replace(self, request: ScimRequest) -> ScimResponse:
        """Serves a PUT in its turn."""
        async with self._turn(request, Operation.replace):
            return await super().replace(request)

    async def patch(self, request: ScimRequest) -> ScimResponse:
        """Serves a PATCH in its turn, in the standard's words."""
        given = self.service.decode_body(request.body, request.header("Content-Type"))
        async with self._turn(request, Operation.patch) as target:
            with self.service.provider:
                resource_type = self.service.resource_type_at(cast(str, target.endpoint))
                current = await self.storage.get(resource_type, cast(str, target.resource_id))
                given = dialects.patch(given, current.user_name if isinstance(current, User) else None)
                if given is None:
                    parameters = self.service.read_response_parameters(resource_type, request.query)
                    self.service.check_preconditions(current, "PATCH", self.service.read_conditions(request))
                    return self.service.patch_response(request.base_url, current, parameters)
            request.body = json.dumps(given).encode()
            return await super().patch(request)

    async def delete(self, request: ScimRequest) -> ScimResponse:
        """Serves a DELETE in its turn."""
        async with self._turn(request, Operation.delete):
            return await super().delete(request)

    @asynccontextmanager
    async def _turn(self, request: ScimRequest, operation: Operation) -> AsyncIterator[Any]:
        target = self.service.route(request, operation)
        conditional = self.service.read_conditions(request) != Conditions()
        async with self.storage.turn(cast(str, target.resource_id), certain=conditional):
            yield target


class Application(ASGIApplication):
    """scim2-server's application, behind tokens."""

    storage: ConsoleStorage

    def __init__(self, storage: ConsoleStorage, authenticate: Authenticate) -> None:
        super().__init__(storage, provider(), Protocol())
        self.handler = Handler(self.service, storage)
        self._authenticate = authenticate

    async def dispatch_request(self, request: ScimRequest) -> ScimResponse:
        self.storage.begin_answer()
        return await super().dispatch_request(request)

    def check_auth(self, request: ScimRequest) -> None:
        request.subject = self._authenticate(request.header("Authorization"))
        asker.set(request.subject.name)

    def get_subject(self, request: ScimRequest) -> Any:
        return request.subject

    def finalize_response(self, request: ScimRequest, response: ScimResponse) -> ScimResponse:
        # scim2-server repeats the address that was asked for, which may hold anything; a header may not.
        response.headers.setdefault("Location", quote(request.url, safe=_SAFE))
        response = super().finalize_response(request, response)
        if response.status == HTTPStatus.NO_CONTENT:
            del response.headers["Content-Type"]
        return response
