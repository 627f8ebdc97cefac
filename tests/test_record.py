"""``record.NamedTuple`` is in use what ``typing.NamedTuple`` is."""

from __future__ import annotations

import pickle
import typing

import pytest

from flake8_claude_compat import record


class Point(record.NamedTuple):
    """A place."""

    x: int
    y: int = 2

    @property
    def sum(self) -> int:
        return self.x + self.y


class Large(record.NamedTuple):
    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int
    i: int
    j: int = 10


class Empty(record.NamedTuple):
    pass


class Model(typing.NamedTuple):
    x: int
    y: int = 2


def test_fields_defaults_and_methods() -> None:
    point = Point(1)
    assert point == (1, 2) == Point(y=2, x=1) == Point._make([1, 2])
    assert (point.x, point.y, point.sum) == (1, 2, 3) and Point.__doc__ == "A place."
    assert point._replace(y=5) == (1, 5) and point._asdict() == {"x": 1, "y": 2}
    assert repr(point) == "Point(x=1, y=2)" and Point._fields == Model._fields
    assert not hasattr(point, "__dict__") and isinstance(point, tuple) and Empty() == ()
    assert pickle.loads(pickle.dumps(point)) == point and type(pickle.loads(pickle.dumps(point))) is Point


def test_large_records() -> None:
    assert Large(1, 2, 3, 4, 5, 6, 7, 8, i=9) == tuple(range(1, 11))
    assert Large(*range(10)).j == 9


@pytest.mark.parametrize("kind", [Point, Large, Model])
def test_wrong_arguments(kind: typing.Any) -> None:
    for values, named in (((), {}), ((1,) * 11, {}), ((1,) * len(kind._fields), {"z": 1})):
        with pytest.raises(TypeError):
            kind(*values, **named)
    with pytest.raises((ValueError, TypeError), match="unexpected field names"):  # from Python 3.13 on a TypeError
        kind(*range(len(kind._fields)))._replace(z=1)
