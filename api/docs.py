"""The page at `/docs`: routes, parameters, shapes and examples, drawn from the OpenAPI schema.

One HTML page without script; nothing is fetched from anywhere. Machines read `/openapi.json`.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

Schema = Mapping[str, Any]

router = APIRouter()


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> HTMLResponse:
    """Return the page."""
    html = page(request.app.openapi(), str(request.base_url).rstrip("/"))
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY})


_FORM = "multipart/form-data"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1f24; background: #fff; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #d0d7de; }
code, pre { font: 14px/1.5 ui-monospace, monospace; }
pre { background: #f6f8fa; padding: .75rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
  border-bottom: 1px solid #eaeef2; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; } pre { background: #161b22; } a { color: #58a6ff; }
  h2, th, td { border-color: #30363d; }
}
"""


def page(openapi: Schema, base_url: str) -> str:
    """Return the service's description as one HTML page."""
    shapes = openapi["components"]["schemas"]
    routes = (
        _route(path, method, operation, shapes, base_url)
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    )
    title = escape(openapi["info"]["title"])
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title} · HTTP 说明</title><style>{_STYLE}</style></head><body>"
        f"<h1>{title}</h1><p>{escape(openapi['info']['description'])}</p>"
        '<p>给程序看的说明在 <a href="openapi.json">openapi.json</a>。'
        '出错时返回 <a href="#ErrorBody">ErrorBody</a>，message 说明要改什么。</p>'
        f"{''.join(routes)}<h2>形状</h2>{''.join(_shape(*shape) for shape in shapes.items())}"
        "</body></html>\n"
    )


def _route(path: str, method: str, operation: Schema, shapes: Schema, base_url: str) -> str:
    body = _content(operation.get("requestBody", {}))
    form = _content(operation.get("requestBody", {}), _FORM)
    answers = sorted(operation["responses"].items())
    ok = _content(next(answer for status, answer in answers if status.startswith("2")))
    parts = [
        f'<h2 id="{escape(operation["operationId"])}"><code>{method.upper()} {escape(path)}</code>'
        f" {escape(operation['summary'])}</h2><p>{escape(operation['description'])}</p>",
        _table(_parameters(operation.get("parameters", ()))),
        f"<p>请求体：{_type(body)}</p>" if body else "",
        f"<p>请求体：{_FORM}</p>{_table(_fields(form))}" if form else "",
        f"<pre>{escape(_call(method, path, operation, shapes, base_url))}</pre>",
        f"<p>返回：{_type(ok)}</p><pre>{escape(_json(example(ok, shapes), 2))}</pre>" if ok else "",
        _table(
            (escape(status), escape(answer["description"]))
            for status, answer in answers
            if not status.startswith("2")
        ),
    ]
    return "".join(parts)


def _content(holder: Schema, media: str = "application/json") -> Schema:
    """Return the schema of a body or an answer in one of its forms; an empty one if it has none."""
    found: Schema = holder.get("content", {}).get(media, {}).get("schema", {})
    return found


def _parameters(parameters: Iterable[Schema]) -> Iterator[tuple[str, ...]]:
    for parameter in parameters:
        schema = parameter["schema"]
        yield (
            f"<code>{escape(parameter['name'])}</code>",
            _type(schema) + _limits(schema, parameter["required"]),
            escape(parameter["description"]),
        )


def _shape(name: str, schema: Schema) -> str:
    about = escape(schema.get("description", ""))
    rows = _fields(schema)
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{about}</p>{_table(rows)}'


def _fields(schema: Schema) -> Iterator[tuple[str, ...]]:
    required = schema.get("required", ())
    for field, values in schema["properties"].items():
        yield (
            f"<code>{escape(field)}</code>",
            _type(values) + _limits(values, field in required),
            escape(values.get("description", "")),
        )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>" if lines else ""


_TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "真假", "null": "null"}


def _type(schema: Schema) -> str:
    """Return what a value may be, in words.

    >>> _type({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}})
    '列表（文字 或 null）'
    """
    if "$ref" in schema:
        name = escape(_name(schema))
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " 或 ".join(_type(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return escape(" | ".join(schema["enum"]))
    if "const" in schema:
        return escape(schema["const"])
    if schema.get("format") == "binary":
        return "文件"
    if "prefixItems" in schema:
        return f"[{', '.join(_type(item) for item in schema['prefixItems'])}]"
    if schema.get("type") == "array":
        return f"列表（{_type(schema['items'])}）"
    if schema.get("type") == "object":
        return f"对象（值是{_type(schema['additionalProperties'])}）"
    return _TYPES.get(schema.get("type", ""), "任何值")


def _limits(schema: Schema, required: bool) -> str:
    told = {"minimum": "最小", "maximum": "最大", "maxLength": "最长", "maxItems": "最多"}
    notes = [f"{word} {schema[key]}" for key, word in told.items() if key in schema]
    if not required and "default" in schema:
        notes.append(f"默认 {_json(schema['default'])}")
    return escape("".join(f"，{note}" for note in notes))


def _call(method: str, path: str, operation: Schema, shapes: Schema, base_url: str) -> str:
    """Return a call of the route as one types it into a shell."""
    words = ["curl"]
    body = _content(operation.get("requestBody", {}))
    for parameter in operation.get("parameters", ()):
        value = example(parameter["schema"], shapes)
        path = path.replace(f"{{{parameter['name']}}}", str(value))
        if parameter["in"] == "query":
            for each in value if isinstance(value, list) else [value]:
                words += ["--data-urlencode", f"{parameter['name']}={each}"]
    if len(words) > 1:
        words.insert(1, "-G")
    if body:
        words += ["-H", "Content-Type: application/json", "-d", _json(example(body, shapes))]
    for field in _content(operation.get("requestBody", {}), _FORM).get("properties", ()):
        words += ["-F", f"{field}=@洛江.txt"]
    if method == "delete":
        words += ["-X", "DELETE"]
    words.append(base_url + path)
    return shlex.join(words)


def example(schema: Schema, shapes: Schema) -> Any:
    """Return an example of what a schema describes, put together from its fields' examples.

    >>> example({"type": "array", "items": {"examples": ["洛江区"]}}, {})
    ['洛江区']
    """
    if "$ref" in schema:
        return example(shapes[_name(schema)], shapes)
    if "examples" in schema:
        return schema["examples"][0]
    if "properties" in schema:
        return {name: example(field, shapes) for name, field in schema["properties"].items()}
    if "items" in schema:
        return [example(schema["items"], shapes)]
    if "anyOf" in schema:
        return example(schema["anyOf"][0], shapes)
    return schema["const"] if "const" in schema else schema["enum"][0]


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
