"""What a process found at its start: plugins taken and refused, and why."""

from collections.abc import Iterator

from core.host import Host

_FROM = {
    "platform": "",
    "approved": " (approved, from the catalog)",
    "local": " (local, not approved)",
}


def report(host: Host) -> Iterator[str]:
    """Yield a line for each plugin, the refused ones last."""
    width = max((len(name) for name in [*host.plugins, *host.refused]), default=0)
    for name, manifest in sorted(host.plugins.items()):
        kind = "part of the platform" if manifest.fixed else manifest.title.en
        yield f"  {name:{width}}  {manifest.version:8}  {kind}{_FROM[host.origins[name]]}"
    for name, refusal in sorted(host.refused.items()):
        yield f"  {name:{width}}  REFUSED   {refusal.reason}"
