"""What a plugin says of itself, and what is wrong with it."""

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import msgspec

from core.identity.defaults import CODES
from core.levels import API_LEVELS
from core.text import Text

NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The name and the promises of a plugin.

    :param name: also the folder, the schema, the path, the prefix of templates, permissions
        and audit actions.
    :param api: level of the public interface that it was written for.
    :param law: the acts it carries out, as a lawyer cites them.
    :param permissions: ``<name>.<verb>`` and what it allows, in words.
    :param roles: which of its permissions each role of an office should have to begin with, by
        the role's code, see ``core.identity.defaults``.
    :param actions: ``<name>.<noun>.<past participle>`` of the audit trail, in words.
    :param needs: plugins without which it cannot be switched on.
    :param fixed: part of the platform: always on, in every municipality.
    :param hookspecs: modules of hooks that this plugin calls and others may implement.
    :param settings: defaults of what an office may set, as JSON values.
    """

    name: str
    title: Text
    summary: Text = Text("", "")
    version: str = "0.1.0"
    api: int = 1
    law: tuple[str, ...] = ()
    permissions: Mapping[str, Text] = msgspec.field(default_factory=dict)
    roles: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    actions: Mapping[str, Text] = msgspec.field(default_factory=dict)
    needs: tuple[str, ...] = ()
    fixed: bool = False
    hookspecs: tuple[ModuleType, ...] = ()
    settings: Mapping[str, Any] = msgspec.field(default_factory=dict)


class PluginRefused(Exception):
    """A plugin cannot be taken as it is. The site starts without it.

    :param plugin: its name, or where it was found.
    """

    def __init__(self, plugin: str, reason: str) -> None:
        super().__init__(f"{plugin}: {reason}")
        self.plugin = plugin
        self.reason = reason


def check_manifest(found_as: str, module: ModuleType) -> Manifest:
    """Return the manifest of a plugin's module.

    :param found_as: the folder or entry point it was found by.
    :raises PluginRefused: it is missing, or does not fit.
    """
    manifest = getattr(module, "MANIFEST", None)
    if not isinstance(manifest, Manifest):
        raise PluginRefused(found_as, "it has no MANIFEST of the type Manifest")
    if manifest.name != found_as:
        raise PluginRefused(found_as, f"its manifest has another name, {manifest.name!r}")
    if not NAME.fullmatch(manifest.name):
        raise PluginRefused(found_as, "a name is lower-case letters, digits and _, up to 31")
    if manifest.api not in API_LEVELS:
        levels = ", ".join(str(level) for level in sorted(API_LEVELS))
        raise PluginRefused(found_as, f"it wants API level {manifest.api}; here is {levels}")
    _check_names(manifest)
    _check_roles(manifest)
    return manifest


def _check_names(manifest: Manifest) -> None:
    for kind, names in (("permission", manifest.permissions), ("action", manifest.actions)):
        foreign = [name for name in names if not name.startswith(f"{manifest.name}.")]
        if foreign:
            reason = f"{kind} {foreign[0]!r} does not begin with its name"
            raise PluginRefused(manifest.name, reason)


def _check_roles(manifest: Manifest) -> None:
    for role, permissions in manifest.roles.items():
        if role not in CODES:
            raise PluginRefused(manifest.name, f"there is no role {role!r}; see core.identity")
        unknown = [one for one in permissions if one not in manifest.permissions]
        if unknown:
            reason = f"role {role!r} gets {unknown[0]!r}, which is none of its permissions"
            raise PluginRefused(manifest.name, reason)
