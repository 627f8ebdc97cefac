"""``NamedTuple`` that costs a twentieth of ``typing``'s when a module is imported.

``typing.NamedTuple`` compiles the annotation of every field and a constructor
for every class: 15 ms for the records of this package, as much as checking a
few dozen files. Here nothing is compiled. Type checkers see the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import _tuplegetter as _field  # what collections.namedtuple makes its fields of

    _new = tuple.__new__
    #: constructors by their number of fields; larger records are few, and made in another way
    _CONSTRUCTORS = (
        lambda cls: _new(cls, ()),
        lambda cls, a: _new(cls, (a,)),
        lambda cls, a, b: _new(cls, (a, b)),
        lambda cls, a, b, c: _new(cls, (a, b, c)),
        lambda cls, a, b, c, d: _new(cls, (a, b, c, d)),
        lambda cls, a, b, c, d, e: _new(cls, (a, b, c, d, e)),
        lambda cls, a, b, c, d, e, f: _new(cls, (a, b, c, d, e, f)),
        lambda cls, a, b, c, d, e, f, g: _new(cls, (a, b, c, d, e, f, g)),
        lambda cls, a, b, c, d, e, f, g, h: _new(cls, (a, b, c, d, e, f, g, h)),
    )

    def _constructor(fields: tuple[str, ...], defaults: tuple[Any, ...]) -> FunctionType:
        if len(fields) < len(_CONSTRUCTORS):
            code = _CONSTRUCTORS[len(fields)].__code__.replace(co_varnames=("cls", *fields), co_name="__new__")
            return FunctionType(code, globals(), "__new__", defaults)
        optional = dict(zip(fields[len(fields) - len(defaults) :], defaults))

        def make(cls: type, *values: Any, **named: Any) -> Any:
            given = {**optional, **dict(zip(fields, values)), **named}
            if len(given) != len(fields) or len(values) + len(named) > len(fields):
                raise TypeError(f"{cls.__name__}() takes the fields {', '.join(fields)}")
            return _new(cls, [given[name] for name in fields])

        return make

    class _Record(tuple):
        """The methods of named tuples that are used here."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()

        @classmethod
        def _make(cls, values: Any) -> Any:
            return cls(*values)

        def _replace(self, **changes: Any) -> Any:
            made = _new(type(self), [changes.pop(name, value) for name, value in zip(self._fields, self)])
            if changes:
                raise ValueError(f"unexpected field names: {', '.join(changes)}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            inside = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
            return f"{type(self).__name__}({inside})"

    class _RecordType(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            annotations: Mapping[str, Any] = body.get("__annotations__", {})
            fields = tuple(annotations)
            defaults = tuple(body.pop(field) for field in fields if field in body)
            body.update((field, _field(number, "")) for number, field in enumerate(fields))
            made = _constructor(fields, defaults)
            return type(name, (_Record,), {**body, "__slots__": (), "_fields": fields, "__new__": made})

    class NamedTuple(metaclass=_RecordType):
        """The base class of records, as ``typing.NamedTuple``."""
