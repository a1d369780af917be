"""ETags and If-Match (RFC 9110, sections 8.8.3 and 13.1.1): a change says which revision it was made for."""

import re
from typing import Annotated

from fastapi import Depends, Header
from pydantic import WithJsonSchema
from starlette.requests import Request

from server.errors import InvalidValue, PreconditionRequired

LARGEST = 2**31 - 1
"""The largest number of a revision or an audit entry that may be asked for; one of 100 a second is far from it."""
_PATTERN = r'"(0|[1-9][0-9]{0,9})"'
_TAG = re.compile(_PATTERN)
_SHOWN = 'If-Match must be one ETag as a GET answers it, such as "41"; "*", weak tags and lists are not taken.'


def etag_of(revision: int) -> str:
    """The ETag of a resource that was last changed at ``revision``."""
    return f'"{revision}"'


def planned_for(
    request: Request,
    _if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            description='The ETag of what is changed, such as `"41"`.',
        ),
        WithJsonSchema({"type": "string", "pattern": f"^{_PATTERN}$"}),
    ] = None,
) -> int | None:
    """The revision that If-Match names, None without one; raise InvalidValue for what is no ETag of ours."""
    sent = request.headers.getlist("if-match")
    if not sent:
        return None
    match = _TAG.fullmatch(sent[0].strip(" \t")) if len(sent) == 1 else None
    if match is None or int(match[1]) > LARGEST:
        raise InvalidValue(_SHOWN, param="If-Match")
    return int(match[1])


def expected(planned: Annotated[int | None, Depends(planned_for)]) -> int:
    """The revision that If-Match names; raise PreconditionRequired without one."""
    if planned is None:
        raise PreconditionRequired(
            "A change needs If-Match, so that it undoes nobody else's; send the ETag that GET answers.",
            param="If-Match",
        )
    return planned


PlannedFor = Annotated[int | None, Depends(planned_for)]
"""The revision of an If-Match that may be left out."""
Expected = Annotated[int, Depends(expected)]
"""The revision of an If-Match that must be there."""
