"""The plugin host: finds plugins, checks them, and calls their hooks, guarded.

pluggy holds the specs and the registrations. Calls go through :meth:`Host.ask`,
which knows three things that pluggy does not: whose plugins are switched on
(an allow list), how long an implementation may take, and that a failure stays
inside the plugin that failed.
"""

import inspect
import logging
from collections.abc import Callable, Mapping, Sequence
from math import inf
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pluggy

from core import db, hooks
from core.batches import Batches
from core.behalf import BEHALF, Behalf, Share
from core.context import Context
from core.costs import Costs, Measured
from core.discovery import Found
from core.hooks import demo, events, identity, notifications, pages, startup, switching
from core.kept import Kept
from core.manifest import Manifest, PluginRefused, check_manifest
from core.quarantine import Quarantine
from core.specs import Spec
from core.tenants.tenant import Tenant
from core.watchdog import Watchdog

log = logging.getLogger(__name__)

# Seconds for importing a plugin, and for each thing that is asked of it at the start.
LONGEST_IMPORT = 60.0
LONGEST_START = 5.0
# Asked anew whenever the pages are put together.
_OF_PAGES = frozenset({"register_routes", "register_filters"})
# The part of a budget by which an overloaded process excuses those who ran out of it.
LATE = 0.25


class Answer(NamedTuple):
    """What one plugin said; ``problem`` is set where it failed and said nothing."""

    plugin: str
    value: Any
    problem: BaseException | None


class Host:
    """The plugins of one process.

    :ivar plugins: manifests by name, in no order that means anything.
    :ivar folders: where the package of each plugin lies, with its templates and static files.
    :ivar memory: what rooms keep of unchanging facts for the life of the process, by a key that
        begins with the room's name.
    :ivar refused: what was found and not taken, with the reason.
    :ivar kept: answers of plugins that may be some minutes old.
    :ivar batches: changes that are made in one transaction with others of their kind.
    :ivar costs: what hooks and pages of plugins took.
    """

    def __init__(self, found: Sequence[Found]) -> None:
        self.plugins: dict[str, Manifest] = {}
        self.folders: dict[str, Path] = {}
        self.refused: dict[str, PluginRefused] = {}
        self.memory: dict[tuple[Any, ...], Any] = {}
        self.quarantine = Quarantine()
        self.watchdog = Watchdog()
        self.kept = Kept()
        self.batches = Batches()
        self.costs = Costs()
        self._shares: dict[str, Share] = {}
        self._manager = pluggy.PluginManager(hooks.PROJECT)
        self._specs: dict[str, Spec] = {}
        self._gathered: dict[str, tuple[tuple[str, Any], ...]] = {}
        self._chosen: dict[tuple[str, frozenset[str]], tuple[pluggy.HookImpl, ...]] = {}
        for module in (startup, pages, events, notifications, identity, switching, demo):
            self._add_specs(module)
        modules = self._take(found)
        for name, module in modules.items():
            self._register(name, module)

    def _take(self, found: Sequence[Found]) -> dict[str, ModuleType]:
        modules: dict[str, ModuleType] = {}
        for one in found:
            try:
                module = self.watchdog.call(one.load, longest=LONGEST_IMPORT)
                manifest = check_manifest(one.name, module)
                if one.name in modules:
                    raise PluginRefused(one.name, "two plugins have this name")
            except (PluginRefused, TimeoutError, RuntimeError) as problem:
                reason = getattr(problem, "reason", f"cannot be imported: {problem}")
                self.refuse(PluginRefused(one.name, reason))
                continue
            modules[one.name] = module
            self.plugins[one.name] = manifest
            if module.__package__ and module.__file__:
                self.folders[one.name] = Path(module.__file__).parent
            for specs in manifest.hookspecs:
                self._add_specs(specs)
        return modules

    def refuse(self, refusal: PluginRefused) -> None:
        """Go on without a plugin, which is no longer asked for anything."""
        log.error("plugin refused: %s", refusal)
        self.refused[refusal.plugin] = refusal
        self.plugins.pop(refusal.plugin, None)
        self._chosen.clear()
        for hook, given in self._gathered.items():
            self._gathered[hook] = tuple(one for one in given if one[0] != refusal.plugin)

    def _add_specs(self, module: ModuleType) -> None:
        self._manager.add_hookspecs(module)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if hasattr(function, "budget") and function.__module__ == module.__name__:
                self._specs[name] = Spec.of(function)

    def _register(self, name: str, module: ModuleType) -> None:
        try:
            self._manager.register(module, name)
            self._check(name, module)
        except (PluginRefused, pluggy.PluginValidationError) as problem:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            self.refuse(PluginRefused(name, getattr(problem, "reason", str(problem))))

    def _check(self, name: str, module: ModuleType) -> None:
        for hook, function in inspect.getmembers(module, inspect.isfunction):
            if not hasattr(function, f"{hooks.PROJECT}_impl"):
                continue
            spec = self._specs.get(hook)
            if spec is None:
                raise PluginRefused(name, f"there is no hook {hook!r}; see docs/hooks.md")
            awaited = inspect.iscoroutinefunction(spec.function)
            if inspect.iscoroutinefunction(function) != awaited:
                kind = "a coroutine (async def)" if awaited else "a plain function (def)"
                raise PluginRefused(name, f"hook {hook!r} is {kind}")

    def collect(self, hook: str) -> Sequence[tuple[str, Any]]:
        """Call a startup hook and return the answers, each with its plugin's name.

        A plugin that raises, does not come back or returns something else is refused; the
        others go on.
        """
        answers = []
        for implementation in self._implementations(hook):
            plugin = implementation.plugin_name
            try:
                longest = self.patience(plugin)
                value = self.watchdog.call(implementation.function, longest=longest)
                self._specs[hook].result.check(value)
            except Exception as problem:
                log.exception("plugin %s failed in %s", plugin, hook)
                self.refuse(PluginRefused(plugin, f"{hook}: {problem}"))
                continue
            answers.append((plugin, value))
        return answers

    def patience(self, plugin: str) -> float:
        """Return the seconds for a plain function of a plugin; the platform's own are awaited."""
        return inf if self.plugins[plugin].fixed else LONGEST_START

    def gathered(self, hook: str) -> Sequence[tuple[str, Any]]:
        """Return what :meth:`collect` gives, asked for once in the life of the process."""
        if hook not in self._gathered:
            self._gathered[hook] = tuple(self.collect(hook))
        return self._gathered[hook]

    def gather(self) -> None:
        """Ask what plugins are asked once, so that who fails is refused before anybody comes."""
        with self.watchdog.looking():
            for hook, spec in self._specs.items():
                if spec.budget is None and hook not in _OF_PAGES:
                    self.gathered(hook)

    def _implementations(self, hook: str) -> list[pluggy.HookImpl]:
        caller: pluggy.HookCaller = getattr(self._manager.hook, hook)
        return [one for one in caller.get_hookimpls() if one.plugin_name in self.plugins]

    def listeners(self, hook: str) -> frozenset[str]:
        """Return the names of the plugins of this installation that implement the hook."""
        return frozenset(one.plugin_name for one in self._implementations(hook))

    @property
    def hooks(self) -> frozenset[str]:
        """The names of all hooks that there are."""
        return frozenset(self._specs)

    def spec(self, hook: str) -> Callable[..., Any]:
        """Return the function that declares the hook."""
        return self._specs[hook].function

    @property
    def budgets(self) -> Mapping[str, float | None]:
        """Every hook of this installation with its budget; None where it is called at the start."""
        return {name: spec.budget for name, spec in self._specs.items()}

    def choose(self, hook: str, enabled: frozenset[str]) -> tuple[pluggy.HookImpl, ...]:
        """Return the implementations of a hook by the enabled plugins and the fixed ones."""
        if (chosen := self._chosen.get((hook, enabled))) is None:
            chosen = tuple(
                one
                for one in self._implementations(hook)
                if one.plugin_name in enabled or self.plugins[one.plugin_name].fixed
            )
            if len(self._chosen) > 10_000:
                self._chosen.clear()
            self._chosen[hook, enabled] = chosen
        return chosen

    def behalf(self, ctx: Context, plugin: str) -> Behalf | None:
        """Return in whose name the code of a plugin runs; None when it is the core's."""
        manifest = self.plugins.get(plugin)
        if manifest is None:
            return None
        if manifest.fixed:
            return Behalf(ctx, plugin, None)
        if plugin not in self._shares:
            self._shares[plugin] = Share(self.watchdog)
        return Behalf(ctx, plugin, self._shares[plugin])

    def end_tasks(self, tenant: Tenant) -> None:
        """Cancel what plugins that are off or rest (quarantine) have begun for a municipality."""
        for plugin in self._shares.keys() - tenant.plugins:
            self._shares[plugin].end(tenant.id)

    async def ask(
        self, ctx: Context, hook: str, *, only: str | None = None, **facts: Any
    ) -> list[Answer]:
        """Ask the plugins that are switched on, one after another.

        Each implementation has the budget of the hook. One that raises, takes too long
        or returns another type than the hook says has failed: its answer carries the
        problem, and after three failures within a minute it rests (quarantine).

        :param only: ask this plugin alone.
        :raises RuntimeError: within a transaction, which a failing plugin could spoil.
        """
        chosen = self.choose(hook, ctx.tenant.plugins)
        if only is not None:
            chosen = tuple(one for one in chosen if one.plugin_name == only)
        if not chosen:
            return []
        if db.in_transaction():
            raise RuntimeError(f"{hook}: hooks are asked outside of a transaction")
        if resting := self.quarantine.resting:
            chosen = tuple(one for one in chosen if (ctx.tenant.id, one.plugin_name) not in resting)
        facts["ctx"] = ctx
        answers = []
        for one in chosen:
            with Measured(self.costs, one.plugin_name, hook) as measured:
                answers.append(await self._ask_one(ctx, hook, one, facts))
                measured.problem = answers[-1].problem
        return answers

    async def _ask_one(
        self, ctx: Context, hook: str, one: pluggy.HookImpl, facts: dict[str, Any]
    ) -> Answer:
        spec = self._specs[hook]
        budget = spec.budget or 0.0
        spent = 0.0
        try:
            begun: Any = one.function(*[facts[name] for name in one.argnames])
            run = self.watchdog.watch(begun, longest=spec.longest)
            token = BEHALF.set(self.behalf(ctx, one.plugin_name))
            try:
                done, value = run.first()
                if not done:
                    value = await run.rest(value, within=spec.budget)
            finally:
                spent = run.spent
                BEHALF.reset(token)
                left = await db.end_left()
            if left:
                raise RuntimeError("left a transaction open, which was undone")
            spec.result.check(value)
            if budget and spent > budget:
                raise TimeoutError(f"held the event loop for {spent:.2f} s of {budget} s")
        except Exception as problem:
            if isinstance(problem, TimeoutError) and spent <= budget and self._is_late(budget):
                log.warning("plugin %s got no time in %s: all are late", one.plugin_name, hook)
            else:
                self.quarantine.failed(ctx, one.plugin_name, hook, problem)
            return Answer(one.plugin_name, None, problem)
        return Answer(one.plugin_name, value, None)

    def _is_late(self, budget: float) -> bool:
        """Return whether the process itself took a good part of the budget from everybody."""
        late = max(self.watchdog.lateness.longest(), db.engine.waiting.longest())
        return late >= budget * LATE
