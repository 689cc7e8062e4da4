"""Resources as JSON, made once for each of their versions: what most reads ask for is there already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scim2_models import Context, Resource, ResponseParameters, SearchRequest
from scim2_server.service import ScimService

_LEFT_OUT = {"members", "groups"}
"""What providers exclude, as a whole attribute: nothing else of the JSON depends on it."""
_MOST = 50_000
"""So many resources are kept at the most; whoever asks under ever other host names only slows herself down."""

Json = dict[str, Any]


class Rendering:
    """Gives the JSON of resources that a service would publish; the JSON is shared, and not to be changed."""

    def __init__(self, service: ScimService) -> None:
        self._service = service
        self._known: dict[tuple[str, str, str], tuple[str | None, Json]] = {}

    def all(
        self, base_url: str, resources: Iterable[Resource[Any]], asked: ResponseParameters[Any] | SearchRequest[Any]
    ) -> list[Json] | None:
        """The JSON of each; None where what is asked for is made by the models alone (`attributes`, parts of them)."""
        excluded = {str(one).lower() for one in asked.excluded_attributes or ()}
        if asked.attributes or not excluded <= _LEFT_OUT:
            return None
        found = [self._whole(base_url, resource) for resource in resources]
        if not excluded:
            return found
        return [{name: value for name, value in one.items() if name.lower() not in excluded} for one in found]

    def _whole(self, base_url: str, resource: Resource[Any]) -> Json:
        assert resource.meta is not None
        key = (base_url, resource.meta.resource_type or "", resource.id or "")
        version, made = self._known.get(key, (None, {}))
        if made and version == resource.meta.version:
            return made
        made = self._service.publish(base_url, resource).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = (resource.meta.version, made)
        return made
