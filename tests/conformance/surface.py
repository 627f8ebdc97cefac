"""What an installed ``openai`` package takes and gives, as JSON on stdout.

Runs inside the SDK's own environment (``python surface.py``) and needs nothing
but that package. Every value is drawn from a type of the SDK: each member of a
``Literal``, both bools, a few numbers, each arm of a union, each key of a
``TypedDict`` on top of the required ones, one change at a time.

``{"create": {parameter: [value, …]}, "methods": [{"path", "args", "socket"}],
"client": {argument: [value, …]}, "completion": {"paths", "full"}, "chunk": …}``.
Bytes are written as ``{"$bytes": text}``.
"""

from __future__ import annotations

import inspect
import json
import sys
import types
import typing
from typing import Any

import typing_extensions

DEPTH = 7
TEXTS = {"url": "https://example.com/a.png", "data": "aGVsbG8=", "file_data": "aGVsbG8="}
MARK = "$bytes"


class Unsampled(Exception):
    """A type of which no value can be written down (a callable, a client)."""


def samples(tp: Any, key: str = "", depth: int = 0) -> list[Any]:
    """Values of a type, the plainest first; Unsampled if there is none."""
    if depth > DEPTH:
        raise Unsampled(tp)
    origin, args = typing.get_origin(tp), typing.get_args(tp)
    name = getattr(origin, "__name__", "") or str(origin)
    if name in ("Required", "NotRequired", "Annotated") or str(origin).endswith((".Required", ".NotRequired")):
        return samples(args[0], key, depth)
    if origin is typing.Literal:
        return list(args)
    if origin is typing.Union or origin is types.UnionType:
        return _all(args, key, depth)
    if tp is type(None):
        return [None]
    if tp is bool:
        return [True, False]
    if tp is int:
        return [2, 1, 0]
    if tp is float:
        return [0.5, 0, 1, 1.5, 2, 0.99]
    if tp is str:
        return [TEXTS.get(key, "text"), *([" \n", "\n\n"] if key == "stop" else [])]
    if tp is bytes:
        return [{MARK: "text"}]
    if tp in (object, typing.Any):
        return ["text"]
    if isinstance(tp, type) and hasattr(tp, "__total__") and hasattr(tp, "__annotations__"):
        return typed_dict(tp, depth)
    if isinstance(origin, type) and issubclass(origin, dict) or name in ("Mapping", "Dict"):
        if args[1] in (object, typing.Any):
            return [{"type": "object", "properties": {}}]
        return [*({"50256": value} if args[1] is int else {"text": value} for value in samples(args[1], "", depth + 1)), {}]
    if isinstance(origin, type) and origin is not tuple and hasattr(origin, "__iter__"):
        return [[value] for value in samples(args[0], key, depth + 1)]
    raise Unsampled(tp)


def _all(arms: typing.Iterable[Any], key: str, depth: int) -> list[Any]:
    found: list[Any] = []
    for arm in arms:
        if getattr(arm, "__name__", "") in ("Omit", "NotGiven"):
            continue
        try:
            found += samples(arm, key, depth)
        except Unsampled:
            continue
    if not found:
        raise Unsampled(arms)
    return unique(found)


def unique(values: list[Any]) -> list[Any]:
    return list({json.dumps(value, sort_keys=True): value for value in values}.values())


def typed_dict(tp: Any, depth: int) -> list[dict[str, Any]]:
    """The required keys, then each other value of each key."""
    hints = typing.get_type_hints(tp, include_extras=True)
    values: dict[str, list[Any]] = {}
    least: dict[str, Any] = {}
    for key, hint in hints.items():
        kind = str(typing.get_origin(hint))
        required = kind.endswith(".Required") or (key in tp.__required_keys__ and not kind.endswith(".NotRequired"))
        try:
            values[key] = samples(hint, key, depth + 1)
        except Unsampled:
            if required:
                raise
            continue
        if required:
            least[key] = values[key][0]
    found = [least]
    for key, options in values.items():
        found += [{**least, key: option} for option in options]
    return unique(found)


# ---------------------------------------------------------------- requests


def create() -> dict[str, list[Any]]:
    from openai.resources.chat.completions import Completions
    from openai.types.chat import completion_create_params as params

    hints: dict[str, Any] = {}
    for half in (params.CompletionCreateParamsStreaming, params.CompletionCreateParamsNonStreaming):
        for name, hint in typing.get_type_hints(half, include_extras=True).items():
            hints[name] = hints[name] | hint if name == "stream" and name in hints else hint
    found = {}
    for name in inspect.signature(Completions.create).parameters:
        if name != "self" and name in hints:
            found[name] = samples(hints[name], name)
    return found


def client_arguments() -> dict[str, list[Any]]:
    import openai

    found = {}
    hints = _hints(openai.OpenAI.__init__)
    for name in inspect.signature(openai.OpenAI.__init__).parameters:
        if name != "self" and not name.startswith("_") and name in hints:
            try:
                found[name] = [value for value in samples(hints[name], name) if value is not None]
            except Unsampled:
                continue
    return found


def _hints(function: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except Exception:  # names that are imported for type checkers only
        module = sys.modules[function.__module__]
        found = {}
        for name, text in function.__annotations__.items():
            try:
                found[name] = eval(text, vars(typing) | vars(module)) if isinstance(text, str) else text
            except Exception:
                continue
        return found


def methods() -> list[dict[str, Any]]:
    import openai
    from openai._resource import SyncAPIResource

    found: list[dict[str, Any]] = []

    def walk(resource: Any, path: str) -> None:
        for name in sorted(dir(type(resource))):
            if name.startswith(("_", "with_")):
                continue
            member = inspect.getattr_static(type(resource), name)
            if inspect.isfunction(member):
                found.append(_method(getattr(type(resource), name), f"{path}.{name}"))
            else:
                value = getattr(resource, name, None)
                if isinstance(value, SyncAPIResource):
                    walk(value, f"{path}.{name}")
                elif type(value).__name__ == "Realtime":
                    walk(value, f"{path}.{name}")

    client = openai.OpenAI(api_key="none", admin_api_key="none") if _takes_admin() else openai.OpenAI(api_key="none")
    for name in sorted(dir(type(client))):
        if not name.startswith(("_", "with_")):
            value = getattr(client, name, None)
            if isinstance(value, SyncAPIResource):
                walk(value, name)
    return found


def _takes_admin() -> bool:
    import openai

    return "admin_api_key" in inspect.signature(openai.OpenAI.__init__).parameters


def _method(method: Any, path: str) -> dict[str, Any]:
    function = inspect.unwrap(method)
    overloads = typing_extensions.get_overloads(function)
    signature = inspect.signature(overloads[0] if overloads else function)
    hints = {**_hints(function), **(_hints(overloads[0]) if overloads else {})}
    args: dict[str, Any] = {}
    for name, parameter in signature.parameters.items():
        given = parameter.default is inspect.Parameter.empty
        if name == "self" or not given or parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        try:
            args[name] = samples(hints.get(name, str), name)[0]
        except Unsampled:
            args[name] = {MARK: "text"} if "file" in name or name in ("image", "content") else "text"
    return {"path": path, "args": args, "socket": path.rpartition(".")[2] == "connect"}


# ----------------------------------------------------------------- answers


def answer(model: Any) -> dict[str, Any]:
    """Every path that can be read from a model, and one with all of them filled."""
    paths: list[str] = []

    def fill(tp: Any, path: str, depth: int) -> Any:
        origin, args = typing.get_origin(tp), typing.get_args(tp)
        if origin is typing.Union or origin is types.UnionType:
            return fill(next(arm for arm in args if arm is not type(None)), path, depth)
        if origin is typing.Literal:
            return args[0]
        if str(origin).endswith("Annotated"):
            return fill(args[0], path, depth)
        if origin is list:
            return [fill(args[0], f"{path}[0]", depth + 1)]
        if hasattr(tp, "model_fields") and depth < DEPTH:
            found = {}
            for name, field in tp.model_fields.items():
                below = f"{path}.{name}"
                paths.append(below)
                found[name] = fill(field.annotation, below, depth + 1)
            return found
        return {bool: True, int: 7, float: -0.5, str: "text"}.get(tp, {"text": "text"})

    full = fill(model, "", 0)
    return {"paths": paths, "full": full}


def surface() -> dict[str, Any]:
    import openai
    from openai.types.chat import ChatCompletion, ChatCompletionChunk

    return {
        "version": openai.__version__,
        "create": create(),
        "client": client_arguments(),
        "methods": methods(),
        "completion": answer(ChatCompletion),
        "chunk": answer(ChatCompletionChunk),
    }


if __name__ == "__main__":
    json.dump(surface(), sys.stdout)
