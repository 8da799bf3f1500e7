"""Services under the headings by which people look for them.

A service names its heading by the code; a heading without a service is not shown.
"""

from collections.abc import Iterable, Mapping, Sequence

from kit.casework import Service
from plugins.oss.rules.topics import TOPICS

OTHER = "general"


def topic_of(service: Service) -> str:
    """Return the code of the heading; one that nobody knows counts as any other matter."""
    return service.topic if service.topic in TOPICS else OTHER


def by_topic(services: Iterable[Service]) -> Mapping[str, Sequence[Service]]:
    """Return the services under their headings, in the order of the headings."""
    found: dict[str, list[Service]] = {code: [] for code in TOPICS}
    for service in services:
        found[topic_of(service)].append(service)
    return {code: inside for code, inside in found.items() if inside}
