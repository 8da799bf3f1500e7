"""Put the application together: the core's pages, the plugins' pages, one face."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig
from litestar.types import ASGIApp

from core.audit.routes import router as audit
from core.discovery import ROOT
from core.errors import AppError
from core.host import Host
from core.http import errors, home
from core.http.assets import Assets
from core.http.forgery import EXCLUDED, Forgery
from core.http.inject import provide_ctx
from core.http.received import LARGEST_TEXT, Received
from core.http.shell import Shell
from core.http.watched import watched
from core.identity.routes import router as identity
from core.manifest import PluginRefused
from core.modules.routes import router as modules
from core.modules.tracing import router as tracing
from core.notifications.routes import router as notifications
from core.personal import shorten_address
from core.runtime import Runtime, uncollected
from core.settings import Settings
from core.tenants.calendar_routes import router as calendar
from core.tenants.office_routes import router as office
from core.undelivered.routes import router as undelivered

log = logging.getLogger(__name__)

_CORE = (
    home.router,
    audit,
    identity,
    notifications,
    undelivered,
    modules,
    tracing,
    calendar,
    office,
)

# What may be kept carries its content in its address.
_A_YEAR = CacheControlHeader(public=True, max_age=365 * 24 * 3600, immutable=True)

# A typeface is compressed as it is.
_COMPRESSION = CompressionConfig(backend="gzip", gzip_compress_level=5, exclude=[r"\.woff2$"])

_OPENAPI = OpenAPIConfig(
    title="Thongthin",
    version=version("thongthin"),
    description="Services of a local government, for other systems.",
    path="/api",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
)


def create_app(runtime: Runtime, pages: Litestar | None = None) -> ASGIApp:
    """Return the application of one process.

    :param pages: made before by :func:`make_pages` for the same plugins; None makes them.
    """
    application = pages or make_pages(runtime.host, runtime.settings)
    application.state.runtime = runtime
    return Shell(application, runtime)


def make_pages(host: Host, settings: Settings) -> Litestar:
    """Return all pages of the core and the plugins; each request brings what they run on."""
    given = host.collect("register_routes")
    with uncollected():
        try:
            return _put_together(host, settings, given)
        except Exception:
            log.exception("the pages cannot be put together")
            _refuse_unfit(host, _put_together(host, settings, ()), given)
        return _put_together(host, settings, host.collect("register_routes"))


def _refuse_unfit(
    host: Host, known: Litestar, given: Iterable[tuple[str, Sequence[Router]]]
) -> None:
    """Refuse the plugins whose pages do not go together with the core's and those before them."""
    for plugin, routers in given:
        try:
            known.register(_of_plugin(plugin, routers))
        except Exception as problem:
            host.refuse(PluginRefused(plugin, f"register_routes: {problem}"))


def _put_together(
    host: Host, settings: Settings, given: Iterable[tuple[str, Sequence[Router]]]
) -> Litestar:
    folders = {"core": ROOT / "core" / "http"}
    folders |= {name: host.folders[name] for name in host.plugins if name in host.folders}
    routers = [_of_plugin(plugin, some) for plugin, some in given]
    return Litestar(
        route_handlers=[*_CORE, *routers, *_static(folders, settings)],
        dependencies={"ctx": Provide(provide_ctx, sync_to_thread=False)},
        template_config=TemplateConfig(
            instance=JinjaTemplateEngine.from_environment(_environment(folders, host, settings))
        ),
        middleware=[Forgery],
        request_class=Received,
        compression_config=_COMPRESSION,
        exception_handlers={
            AppError: errors.show_refusal,
            HTTPException: errors.show_http_error,
            Exception: errors.show_bug,
        },
        request_max_body_size=LARGEST_TEXT,
        on_startup=[_open],
        on_shutdown=[_close],
        include_in_schema=False,
        openapi_config=_OPENAPI,
        logging_config=None,
    )


async def _open(application: Litestar) -> None:
    await application.state.runtime.open()


async def _close(application: Litestar) -> None:
    await application.state.runtime.close()


def _of_plugin(name: str, routers: Sequence[Router]) -> Router:
    # One for all of a plugin: with each that is registered the tree of all paths is built anew.
    return Router(
        path="/",
        route_handlers=[*routers],
        middleware=[watched(name)],
    )


def _static(folders: Mapping[str, Path], settings: Settings) -> Sequence[Router]:
    served = {f"/static/{name}": path / "static" for name, path in folders.items()}
    served["/assets"] = settings.assets
    return [
        create_static_files_router(
            path=path,
            directories=[folder],
            cache_control=_A_YEAR,
            opt={EXCLUDED: True},
            include_in_schema=False,
            name=path,
        )
        for path, folder in served.items()
        if folder.is_dir()
    ]


def _environment(folders: Mapping[str, Path], host: Host, settings: Settings) -> Environment:
    environment = Environment(
        loader=PrefixLoader(
            {name: FileSystemLoader(folder / "templates") for name, folder in folders.items()}
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["address_masked"] = shorten_address
    for plugin, given in host.collect("register_filters"):
        if taken := sorted(environment.filters.keys() & given):
            reason = f"register_filters: there is a filter {taken[0]!r} already"
            host.refuse(PluginRefused(plugin, reason))
        else:
            environment.filters |= given
    environment.globals["asset"] = Assets(folders, settings.assets).url
    return environment
