"""What every field of a form carries, and what every kind of field can do.

A form is data: a tuple of fields, the same whether a plugin declares it in code or an
officer made it in the browser and it comes from a JSON row. Every kind is one class that
reads, describes and shows its value; whatever walks over a form treats all kinds alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar

import msgspec

from core.api import InvalidInput, Language, Text
from kit.forms import cleaning, sentences
from kit.forms.place import Place

# A value as it is stored and travels: str, int, bool, a list of str or a dict of them.
JSON = Any
# What was typed, by control; a control that can be ticked more than once has several texts.
Texts = Mapping[str, list[str]]

MANY = 100
ROOM = 1_000
CODE = re.compile("[a-z0-9][a-z0-9_-]{0,39}")
DOTS = "•••••"


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """True where the answer to another field is one of ``values``.

    :param field: name of a field that stands earlier in the form.
    :param values: codes of options; ``"yes"`` and ``"no"`` for a tick.
    """

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, JSON]) -> bool:
        """Return whether ``answers`` meet the condition; a missing answer does not."""
        answer = answers.get(self.field)
        if answer is None:
            return False
        if isinstance(answer, bool):
            answer = "yes" if answer else "no"
        given = answer if isinstance(answer, list) else [answer]
        return any(str(one) in self.values for one in given)


@lru_cache(maxsize=10_000)
def _controls(name: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}.{part}" for part in parts) or (name,)


class Named(
    msgspec.Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True, omit_defaults=True
):
    """The two things that are said first of every field.

    :param name: identifier of ASCII letters, digits and underscores; also the id of its
        first control, so that a link in the summary of problems leads there.
    """

    name: str
    label: Text


class Field(Named, frozen=True, kw_only=True):
    """One question of a form.

    :param when: the field is asked, and its answer kept, only where this holds.
    :param personal: personal data: masked when shown, encrypted where it is kept.
    :param step: heading of the page it stands on, the same for all fields of that page.
    :param missing: the sentence when left empty, where it should say what the answer is for.

    Law: Personal Data Protection Act B.E. 2562 (2019), s. 22 and 23 (collect what is
    needed, say why) is what ``personal`` and ``missing`` are for.
    """

    help: Text | None = None
    required: bool = True
    when: When | None = None
    personal: bool = False
    step: Text | None = None
    missing: Text | None = None

    parts: ClassVar[tuple[str, ...]] = ()
    """Names of the controls of a composite field, posted as ``name.part``."""
    shape: ClassVar[Any] = str
    """The type of its JSON value."""
    asks: ClassVar[Text] = sentences.FILL_IN
    """What is said when it was left empty."""

    @property
    def kind(self) -> str:
        """The tag by which JSON tells the kinds apart, e.g. ``"line"``."""
        return str(self.__struct_config__.tag)

    @property
    def room(self) -> int:
        """The characters that one control may send; more is refused without being read."""
        return ROOM

    @property
    def controls(self) -> tuple[str, ...]:
        """Names, which are also the ids, of its controls in the order of the page."""
        return _controls(self.name, self.parts)

    def is_asked(self, answers: Mapping[str, JSON]) -> bool:
        """Return whether the field is asked, given the values of the fields before it."""
        return self.when is None or self.when.holds(answers)

    def typed(self, posted: Texts) -> dict[str, list[str]]:
        """Return what was typed into this field, cut to ``room`` and safe to show again."""
        return {
            control: [cleaning.clean(text[: self.room]) for text in posted[control][:MANY]]
            for control in self.controls
            if posted.get(control)
        }

    def read(self, posted: Texts, place: Place) -> JSON:
        """Return the value that was typed, None where nothing was and nothing must be.

        :raises InvalidInput: a sentence for each control that is wrong.
        """
        for control in self.controls:
            for text in posted.get(control, ())[:MANY]:
                if len(text) > self.room:
                    raise self.refuse(sentences.FAR_TOO_LONG, control, length=len(text))
        typed = self.typed(posted)
        if any(text.strip() for texts in typed.values() for text in texts):
            return self.take(typed, place)
        return self.empty()

    def accept(self, value: JSON, place: Place) -> JSON:
        """Return a JSON ``value`` that keeps the same rules as what is typed.

        :raises InvalidInput: as :meth:`read`, and where the value is not written in the
            one way in which it would be stored.
        """
        try:
            msgspec.convert(value, self.shape)
        except msgspec.ValidationError:
            raise self.refuse(sentences.NOT_AS_DESCRIBED) from None
        taken = self.read(self.fill(value), place)
        if not self.same(taken, value):
            raise self.refuse(sentences.NOT_AS_DESCRIBED)
        return taken

    def same(self, taken: JSON, given: JSON) -> bool:
        """Return whether a ``given`` JSON value is written as what was ``taken`` of it."""
        return bool(taken == given)

    def take(self, typed: Texts, place: Place) -> JSON:
        """Return the value of ``typed``, clean texts of which at least one is not blank.

        :raises InvalidInput: a sentence for each control that is wrong.
        """
        raise NotImplementedError

    def hold_against(self, value: JSON, answers: Mapping[str, JSON]) -> None:
        """Hold a ``value`` that was taken against the answers before it.

        :raises InvalidInput: it does not fit to one of them.
        """

    def empty(self) -> JSON:
        """Return the value of a field that was left empty.

        :raises InvalidInput: it must be given.
        """
        if self.required:
            raise self.wrong(self.missing or self.says(self.asks))
        return None

    def fill(self, value: JSON) -> dict[str, list[str]]:
        """Return the texts to show in the controls for a stored ``value``."""
        return {self.name: [value]}

    def schema(self) -> dict[str, JSON]:
        """Return the JSON Schema of the value, without title and description."""
        return {"type": "string"}

    def show(self, value: JSON, language: Language) -> str:
        """Return a stored ``value`` in words."""
        return str(value)

    def hide(self, value: JSON, language: Language) -> str:
        """Return as much of a personal ``value`` as lets its owner recognise it."""
        return DOTS

    def answer(self, code: str) -> Text | None:
        """Return what a code of a condition stands for; None where it is no answer of this."""
        return None

    def hint(self, place: Place) -> Text | None:
        """Return what the kind itself has to say beside the field, e.g. a limit."""
        return None

    def guidance(self, form: Sequence["Field"], place: Place) -> Text | None:
        """Return the help as shown: when to fill it in, what its author says, the hint."""
        parts = [part for part in (self._asked_when(form), self.help, self.hint(place)) if part]
        return Text.joined(parts, " ") if parts else None

    def _asked_when(self, form: Sequence["Field"]) -> Text | None:
        # Of an earlier page nothing is said: the answer is given, and the field is asked.
        other = next((one for one in form if self.when and one.name == self.when.field), None)
        if self.when is None or other is None:
            return None
        answers = [answer for code in self.when.values if (answer := other.answer(code))]
        either = Text(
            " หรือ ".join(f"“{answer.th}”" for answer in answers),
            " or ".join(f"“{answer.en}”" for answer in answers),
        )
        return sentences.ASKED_WHEN.format(other=other.label, answers=either)

    def faults(self) -> Iterator[Text]:
        """Yield what is wrong with the declaration of this field alone."""
        yield from ()

    def wrong(self, sentence: Text, control: str = "") -> InvalidInput:
        """Return the refusal that puts ``sentence`` at ``control``, else at the first one."""
        return InvalidInput({control or self.controls[0]: sentence})

    def refuse(self, sentence: Text, control: str = "", **values: object) -> InvalidInput:
        """Return the refusal that puts ``sentence``, with its values, at ``control``."""
        return self.wrong(self.says(sentence, **values), control)

    def says(self, sentence: Text, **values: object) -> Text:
        """Return ``sentence`` with its values and the label of this field."""
        return sentence.format(label=self.label, **values)

    def outside(self, what: Text, value: int, least: int, most: int) -> Iterator[Text]:
        """Yield the fault of a declared ``value`` that is not within ``least`` and ``most``."""
        if not least <= value <= most:
            yield self.says(sentences.OUTSIDE, what=what, least=least, most=most)
