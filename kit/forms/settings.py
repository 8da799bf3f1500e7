"""What an office may set in a plugin, as a form that the plugin declares."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from core.api import Context, NotFound, Text, set_settings
from kit.forms.checking import check_fields
from kit.forms.field import JSON
from kit.forms.files import File
from kit.forms.kinds import AnyField
from kit.forms.sheets import Groups

_NONE = Text("โมดูลนี้ไม่มีอะไรให้ตั้งค่าที่นี่", "There is nothing to set in this module here.")


class SettingsGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Some settings under one heading.

    :param fields: their names are those of the settings; no two groups share one.
    :param within: the setting that holds these as a mapping; "" where each stands by itself.
    """

    heading: Text
    fields: tuple[AnyField, ...]
    within: str = ""


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a plugin; what stands there at first is in ``Manifest.settings``.

    :param intro: what to know before changing them.
    :raises ValueError: a field is faulty, personal, or for files.
    """

    groups: tuple[SettingsGroup, ...]
    intro: Text | None = None

    def __post_init__(self) -> None:
        fields = [field for _, field in self.placed()]
        if faults := check_fields(fields):
            raise ValueError(faults[0].en)
        # They are told to every process and written into the trail as they are.
        wrong = [one.name for one in fields if one.personal or isinstance(one, File)]
        if wrong:
            raise ValueError(f"{wrong[0]!r} is no setting: personal data and files are kept apart")

    def placed(self) -> Iterator[tuple[str, AnyField]]:
        """Yield every field after the setting that holds it."""
        for group in self.groups:
            for field in group.fields:
                yield group.within, field

    @property
    def sheet(self) -> Groups:
        """Headings with their fields, as a page shows them."""
        return tuple((group.heading, group.fields) for group in self.groups)


def declared(ctx: Context, plugin: str) -> OfficeSettings:
    """Return what can be set in a plugin that is on.

    :raises NotFound: it declares nothing, or is off.
    """
    form: OfficeSettings | None = dict(ctx.host.gathered("register_settings")).get(plugin)
    if form is None or plugin not in ctx.tenant.plugins:
        raise NotFound(_NONE)
    return form


def known(ctx: Context, plugin: str, form: OfficeSettings) -> dict[str, JSON]:
    """Return what is set now, by field; what does not fit to its field is left out."""
    return _of(form, ctx.tenant.settings.get(plugin, {}))


def _of(form: OfficeSettings, settings: Mapping[str, Any]) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for within, field in form.placed():
        place = settings.get(within) if within else settings
        value = place.get(field.name) if isinstance(place, Mapping) else None
        try:
            found[field.name] = msgspec.convert(value, field.shape)
        except msgspec.ValidationError:
            continue
    return found


async def keep(ctx: Context, plugin: str, form: OfficeSettings, values: Mapping[str, JSON]) -> bool:
    """Keep what was set, and return whether that changed anything.

    What was left empty goes back to what stands there at first.

    :param values: as they were read, by field.
    """
    at_first = _of(form, ctx.host.plugins[plugin].settings)
    now = ctx.tenant.settings.get(plugin, {})
    wanted: dict[str, Any] = {}
    for within, field in form.placed():
        value = values.get(field.name, at_first.get(field.name))
        if within:
            held = wanted.setdefault(within, dict(now.get(within) or {}))
            held[field.name] = value
        else:
            wanted[field.name] = value
    changed = {name: value for name, value in wanted.items() if now.get(name) != value}
    if changed:
        await set_settings(ctx, plugin=plugin, settings=changed)
    return bool(changed)
