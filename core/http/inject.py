"""What a handler may ask for by name."""

from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from core.context import Context
from core.errors import NotFound
from core.http.shell import CONTEXT
from core.text import Text

# Ours, and no data of the request: there is nothing to validate.
Ctx = NamedDependency[SkipValidation[Context]]


def provide_ctx(request: Request[Any, Any, Any]) -> Context:
    """Return the context of the request.

    :raises NotFound: the address is no municipality's.
    """
    ctx: Context | None = request.scope.get(CONTEXT)  # type: ignore[assignment]
    if ctx is None:
        raise NotFound(Text("ไม่พบหน่วยงานของที่อยู่นี้", "No municipality has this address."))
    return ctx
