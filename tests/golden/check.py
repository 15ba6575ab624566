"""Checks every golden vector against the Python implementation of docs/wire-format.md.

    python3 tests/golden/check.py            compares, and ends with a status other than 0 on any difference
    python3 tests/golden/check.py --write    computes the expected fields anew and rewrites the file

It runs from the root of the project, with Python 3.10 or newer. A new vector is added without its expected fields and
completed by `--write`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import wire_format as wire

VECTORS = Path("tests/golden/vectors.json")
GIVEN = ("name", "schema", "weak", "parts")
OPTIONAL = ("reversible", "opaque", "response", "variants", "codings")
EXPECTED = ("state_stream", "representation_stream", "tag")


class Malformed(Exception):
    """The file, or a vector in it, is not of the documented form."""


# --- from JSON to the terms of the page -----------------------------------------------------------------------------


def only_key(value: object, what: str) -> tuple[str, object]:
    """The key and the content of an object that has exactly one key."""
    if not isinstance(value, dict) or len(value) != 1:
        raise Malformed(f"{what} is an object with one key, not {value!r}")
    return next(iter(value.items()))


def of_type(value: object, kind: type, what: str):
    """The value, if it is of that type; a boolean is never taken for an integer."""
    if type(value) is not kind:
        raise Malformed(f"{what} is a {kind.__name__}, not {value!r}")
    return value


def pair(value: object, what: str) -> list:
    """The value, if it is a list of two."""
    if len(of_type(value, list, what)) != 2:
        raise Malformed(f"{what} has two elements, not {value!r}")
    return value


def decimal(value: object) -> int:
    """An integer written as decimal text, which every reader of JSON hands over whole."""
    if not re.fullmatch(r"0|-?[1-9][0-9]*", of_type(value, str, "an integer")):
        raise Malformed(f"an integer is decimal text, not {value!r}")
    return int(value)


def hexadecimal(value: object) -> bytes:
    """Octets written in lowercase hexadecimal."""
    if not re.fullmatch(r"([0-9a-f]{2})*", of_type(value, str, "hexadecimal")):
        raise Malformed(f"octets are lowercase hexadecimal, not {value!r}")
    return bytes.fromhex(value)


def item(value: object, in_record: bool = False) -> bytes:
    """A VALUE as an item."""
    if value is None:
        return wire.NOTHING
    kind, inner = only_key(value, "a value")
    match kind:
        case "bool":
            return wire.boolean(of_type(inner, bool, "bool"))
        case "int":
            return wire.integer(decimal(inner))
        case "float":
            return wire.floating_point(hexadecimal(inner))
        case "text":
            return wire.text(of_type(inner, str, "text"))
        case "bytes":
            return wire.octets(hexadecimal(inner))
        case "seq":
            return wire.sequence(map(item, of_type(inner, list, "seq")))
        case "record":
            return wire.record(item(field, in_record=True) for field in of_type(inner, list, "record"))
        case "map":
            entries = [pair(entry, "an entry") for entry in of_type(inner, list, "map")]
            return wire.map_of((item(key), item(value)) for key, value in entries)
        case "set":
            return wire.set_of(map(item, of_type(inner, list, "set")))
        case "some":
            return wire.some(item(inner))
        case "variant":
            name, payload = pair(inner, "a variant")
            return wire.variant_of_enumeration(of_type(name, str, "the name of a variant"), item(payload))
        case "skipped" if in_record and inner is True:
            return wire.LEFT_OUT
    raise Malformed(f"no value, or not one for this place: {value!r}")


def version_item(value: object) -> bytes:
    """The VALUE of a version, which is an integer, a text or bytes."""
    kind, _ = only_key(value, "a version")
    if kind not in ("int", "text", "bytes"):
        raise Malformed(f"a version is an integer, a text or bytes, not {value!r}")
    return item(value)


def plain_version(parts: list) -> str:
    """The state half of a reversible entity: its version, beside which nothing is part of the state."""
    versions = [inner for kind, inner in parts if kind == "version"]
    if len(versions) != 1 or any(kind not in ("version", "unguarded") for kind, _ in parts):
        raise Malformed("the state of a reversible entity is one version")
    kind, inner = only_key(versions[0], "a version")
    match kind:
        case "int":
            return wire.plain_version(decimal(inner))
        case "text":
            return wire.plain_version(of_type(inner, str, "text"))
        case "bytes":
            return wire.plain_version(hexadecimal(inner))
    raise Malformed(f"a version is an integer, a text or bytes, not {versions[0]!r}")


def entity(value: object) -> wire.Contribution:
    """An ENTITY under a relation."""
    if isinstance(value, dict) and len(value) == 2 and "of" in value:
        return several_entities({key: inner for key, inner in value.items() if key != "of"}, value["of"])
    kind, inner = only_key(value, "an entity")
    match kind:
        case "parts":
            return wire.entity_of_parts(map(part, of_type(inner, list, "parts")))
        case "tag":
            state, representation = (
                None if half is None else of_type(half, str, "a half of a tag").encode("utf-8")
                for half in pair(inner, "a tag")
            )
            if state is None:
                raise Malformed("a tag from elsewhere has at least its first half")
            return wire.entity_with_tag_from_elsewhere(state, representation)
        case "none":
            return wire.absent_entity(of_type(inner, bool, "none"))
        case "some":
            return wire.present_entity(entity(inner))
    raise Malformed(f"no entity: {value!r}")


def several_entities(value: dict, of: object) -> wire.Contribution:
    """An ENTITY that stands for several, all of the type `of`."""
    kind, inner = only_key(value, "several entities")
    members = of_type(inner, list, kind)
    has_representation = of_type(of, bool, "of")
    match kind:
        case "list":
            return wire.entities_in_order(map(entity, members), has_representation)
        case "by_key":
            entries = [pair(member, "an entry") for member in members]
            return wire.entities_by_key([(item(key), entity(value)) for key, value in entries], has_representation)
        case "unordered":
            return wire.entities_in_no_order(map(entity, members), has_representation)
    raise Malformed(f"no entities: {value!r}")


def part(value: object) -> wire.Contribution:
    """A PART."""
    kind, inner = pair(value, "a part")
    match kind:
        case "version":
            return wire.version(version_item(inner))
        case "timestamp":
            return wire.timestamp(None if inner is None else decimal(inner))
        case "content":
            return wire.content(item(inner))
        case "salt":
            return wire.salt(hexadecimal(inner))
        case "variant":
            return wire.variant(of_type(inner, str, "the name of a variant"))
        case "related":
            return wire.related(entity(inner))
        case "unguarded":
            return wire.unguarded(entity(inner))
    raise Malformed(f"no part: {value!r}")


def variant(value: object) -> tuple[str, bytes]:
    """A name and a value."""
    name, text = pair(value, "a variant")
    return of_type(name, str, "the name of a variant"), of_type(text, str, "the value of a variant").encode()


def field_line(value: object) -> tuple[str, bytes]:
    """The name and the value of a field line."""
    name, line = pair(value, "a field line")
    return of_type(name, str, "the name of a field"), of_type(line, str, "the value of a line").encode()


def expected_fields(vector: dict) -> dict:
    """The three fields that follow from the others."""
    schema = hexadecimal(vector["schema"])
    parts = [part(value) for value in of_type(vector["parts"], list, "parts")]
    state = wire.state_stream(parts)
    representation = wire.representation_stream(schema, parts)
    half = wire.representation_half(schema, representation)
    is_reversible = of_type(vector.get("reversible", False), bool, "reversible")
    state_half = plain_version(vector["parts"]) if is_reversible else wire.state_half(state)
    is_weak = of_type(vector["weak"], bool, "weak")
    own = wire.entity_tag(state_half, half, is_weak)
    if "opaque" in vector:
        own = wire.opaque_tag(of_type(vector["opaque"], str, "opaque"), is_weak)
    if "response" in vector:
        fields, content = pair(vector["response"], "a response")
        lines = [field_line(value) for value in of_type(fields, list, "the fields of a response")]
        own = wire.tag_of_content(lines, of_type(content, str, "a content").encode())
    has_halves = "opaque" not in vector and "response" not in vector
    variants = [variant(value) for value in of_type(vector.get("variants", []), list, "variants")]
    codings = [of_type(name, str, "a coding") for name in of_type(vector.get("codings", []), list, "codings")]
    selected = wire.tag_of_variant(own, has_halves, variants)
    return {
        "state_stream": state.hex() if has_halves and not is_reversible else None,
        "representation_stream": None if representation is None else representation.hex(),
        "tag": wire.coded_tag(selected, codings),
    }


# --- the file -------------------------------------------------------------------------------------------------------


def no_key_twice(pairs: list) -> dict:
    """An object of JSON, unless a key occurs twice, of which a reader would see only one."""
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise Malformed(f"keys that occur twice: {twice}")
    return dict(pairs)


def read(path: Path, writing: bool) -> list[dict]:
    """The vectors of the file. Only when writing may a vector lack its expected fields."""
    file = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_key_twice)
    if not isinstance(file, dict) or set(file) != {"format", "vectors"} or file["format"] != 1:
        raise Malformed('the file has exactly the keys "format", which is 1, and "vectors"')
    vectors = of_type(file["vectors"], list, "vectors")
    if not vectors:
        raise Malformed("there are no vectors")
    for vector in vectors:
        keys = set(of_type(vector, dict, "a vector"))
        name = vector.get("name", vector)
        if unknown := keys - set(GIVEN + OPTIONAL + EXPECTED):
            raise Malformed(f"{name!r} has unknown keys: {sorted(unknown)}")
        if missing := set(GIVEN if writing else GIVEN + EXPECTED) - keys:
            raise Malformed(f"{name!r} lacks keys: {sorted(missing)}")
        of_type(name, str, "the name of a vector")
    names = Counter(vector["name"] for vector in vectors)
    if twice := [name for name, count in names.items() if count > 1]:
        raise Malformed(f"names that occur twice: {twice}")
    return vectors


def formatted(vectors: list[dict]) -> str:
    """The file with one field on a line: a change of one vector is then a change of few lines, and text stays ASCII."""
    blocks = []
    for vector in vectors:
        keys = [key for key in GIVEN + OPTIONAL + EXPECTED if key in vector]
        fields = [f"      {json.dumps(key)}: {json.dumps(vector[key])}" for key in keys]
        blocks.append("    {\n" + ",\n".join(fields) + "\n    }")
    return '{\n  "format": 1,\n  "vectors": [\n' + ",\n".join(blocks) + "\n  ]\n}\n"


def main(arguments: list[str]) -> int:
    """Runs the check and returns the status of the process."""
    if arguments not in ([], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    writing = bool(arguments)
    differing = new = 0
    try:
        vectors = read(VECTORS, writing)
        for vector in vectors:
            try:
                computed = expected_fields(vector)
            except (Malformed, ValueError) as error:
                raise Malformed(f"{vector['name']!r}: {error}") from error
            new += any(field not in vector for field in EXPECTED)
            differences = [field for field in EXPECTED if field in vector and vector[field] != computed[field]]
            differing += bool(differences)
            for field in differences:
                print(f"{vector['name']}: {field}")
                print(f"  in the file {vector[field]}")
                print(f"  computed    {computed[field]}")
            vector.update(computed)
    except (Malformed, ValueError, OSError) as error:
        print(f"{VECTORS}: {error}", file=sys.stderr)
        return 1
    if writing:
        VECTORS.write_text(formatted(vectors), encoding="utf-8")
        print(f"{len(vectors)} vectors written: {new} new, {differing} changed")
        return 0
    if differing:
        print(f"{differing} of {len(vectors)} vectors differ")
        return 1
    print(f"{len(vectors)} vectors agree")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
