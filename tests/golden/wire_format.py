"""Format 1 of the entity tag, written from docs/wire-format.md alone.

Every function returns octets, so that a caller builds a stream from the inside out. The § in a description is the
section of the page that the function implements.
"""

from __future__ import annotations

import base64
import hashlib
import urllib.parse
from collections.abc import Iterable
from typing import NamedTuple

FORMAT = b"\x01"
END = b"\x00"


# --- § 3: items -----------------------------------------------------------------------------------------------------

NOTHING = b"\x01"
"""§ 3: null, an absent option, a unit."""

LEFT_OUT = b"\x66"
"""§ 3: a field of a record that is left out of this representation."""


def boolean(value: bool) -> bytes:
    """§ 3: false or true."""
    return b"\x03" if value else b"\x02"


def integer(value: int) -> bytes:
    """§ 3: an integer of any width. ValueError when its magnitude needs more than 16 octets."""
    first, magnitude = (0x10, value) if value >= 0 else (0x30, -1 - value)
    count = (magnitude.bit_length() + 7) // 8
    if count > 16:
        raise ValueError(f"{value} needs more than 16 octets")
    return bytes([first + count]) + magnitude.to_bytes(count, "big")


def floating_point(binary64: bytes) -> bytes:
    """§ 3: a floating-point number. It is taken as octets, because a NaN need not survive a Python float."""
    if len(binary64) != 8:
        raise ValueError(f"a binary64 has 8 octets, not {len(binary64)}")
    exponent, fraction = int.from_bytes(binary64, "big") >> 52 & 0x7FF, int.from_bytes(binary64, "big") & (1 << 52) - 1
    is_nan = exponent == 0x7FF and fraction != 0
    return b"\x50" + (bytes.fromhex("7ff8000000000000") if is_nan else binary64)


def text(value: str) -> bytes:
    """§ 3: a text, or a single character. UnicodeEncodeError when it has no form in UTF-8 (a lone surrogate)."""
    octets = value.encode("utf-8")
    return b"\x51" + integer(len(octets)) + octets


def octets(value: bytes) -> bytes:
    """§ 3: bytes."""
    return b"\x52" + integer(len(value)) + value


def record(fields: Iterable[bytes]) -> bytes:
    """§ 3: a record, whose fields are items or LEFT_OUT, in the order of declaration."""
    return b"\x60" + b"".join(fields) + END


def sequence(items: Iterable[bytes]) -> bytes:
    """§ 3: a list, a tuple or an array."""
    return b"\x61" + b"".join(items) + END


def some(item: bytes) -> bytes:
    """§ 3: a present option."""
    return b"\x64" + item


def variant_of_enumeration(name: str, payload: bytes) -> bytes:
    """§ 3: a variant of an enumeration; its payload is NOTHING, an item, a sequence or a record."""
    return b"\x65" + text(name) + payload


# --- § 4: maps and sets ---------------------------------------------------------------------------------------------


def map_of(entries: Iterable[tuple[bytes, bytes]]) -> bytes:
    """§ 4: a map, from the key item and the value item of each of its entries."""
    return b"\x62" + _in_order_of_digest(key + value for key, value in entries)


def set_of(members: Iterable[bytes]) -> bytes:
    """§ 4: a set, from the items of its members."""
    return b"\x63" + _in_order_of_digest(members)


def _in_order_of_digest(contents: Iterable[bytes]) -> bytes:
    digests = sorted(hashlib.sha256(FORMAT + b"\x4d" + content).digest() for content in contents)
    return integer(len(digests)) + b"".join(digests)


# --- § 2 and § 5: parts and related entities ------------------------------------------------------------------------


class Contribution(NamedTuple):
    """§ 5: what a part, or an entity under a relation, writes, according to where it stands."""

    state: bytes
    """Written to the state when it is guarded."""
    representation: bytes | None
    """Written to the representation when it is guarded; None when its type has no representation parts."""
    unguarded: bytes
    """Written to the representation when it stands below an unguarded relation; nothing goes to the state then."""


def version(item: bytes) -> Contribution:
    """§ 2: a version, from an integer, a text or bytes."""
    return _state_part(b"\x70" + item)


def timestamp(microseconds: int | None) -> Contribution:
    """§ 2: a timestamp, in microseconds since 1970; None if there is none."""
    return _state_part(b"\x71" + (NOTHING if microseconds is None else integer(microseconds)))


def content(item: bytes) -> Contribution:
    """§ 2: content, from any item."""
    return _state_part(b"\x72" + item)


def salt(value: bytes) -> Contribution:
    """§ 2: a salt, which goes to both streams."""
    written = b"\x75" + octets(value)
    return Contribution(written, written, written)


def variant(name: str) -> Contribution:
    """§ 2: the variant that an entity is, before the parts of that variant."""
    return _state_part(b"\x65" + text(name))


def _state_part(written: bytes) -> Contribution:
    return Contribution(written, None, written)


def related(entity: Contribution) -> Contribution:
    """§ 5: a guarded related entity, as a part of the entity that refers to it."""
    return entity


def unguarded(entity: Contribution) -> Contribution:
    """§ 5: an unguarded related entity, as a part of the entity that refers to it."""
    return Contribution(b"", entity.unguarded, entity.unguarded)


def entity_of_parts(parts: Iterable[Contribution]) -> Contribution:
    """§ 5: an entity whose parts are known."""
    parts = list(parts)
    has_representation = any(part.representation is not None for part in parts)
    return Contribution(
        record(part.state for part in parts),
        record(part.representation or b"" for part in parts) if has_representation else None,
        record(part.unguarded for part in parts),
    )


def entity_with_tag_from_elsewhere(state: bytes, representation: bytes | None) -> Contribution:
    """§ 5: an entity with a tag from elsewhere: its two halves, or the whole opaque part and None."""
    state_part = b"\x74" + octets(state)
    representation_part = b"" if representation is None else b"\x74" + octets(representation)
    return Contribution(
        record([state_part]),
        record([representation_part]),
        record([state_part, representation_part]),
    )


def absent_entity(has_representation: bool) -> Contribution:
    """§ 5: an absent entity, of a type that has representation parts or has none."""
    return Contribution(NOTHING, NOTHING if has_representation else None, NOTHING)


def present_entity(entity: Contribution) -> Contribution:
    """§ 5: an entity that is present, but could be absent."""
    representation = None if entity.representation is None else some(entity.representation)
    return Contribution(some(entity.state), representation, some(entity.unguarded))


def entities_in_order(entities: Iterable[Contribution], has_representation: bool) -> Contribution:
    """§ 5: several entities, in order. ValueError when an entity is not of the type that the caller states."""
    entities = _of_one_type(entities, has_representation)
    return Contribution(
        sequence(entity.state for entity in entities),
        sequence(entity.representation for entity in entities) if has_representation else None,
        sequence(entity.unguarded for entity in entities),
    )


def entities_by_key(entries: Iterable[tuple[bytes, Contribution]], has_representation: bool) -> Contribution:
    """§ 5: several entities, by key. ValueError as for entities_in_order."""
    entries = list(entries)
    _of_one_type((entity for _, entity in entries), has_representation)
    return Contribution(
        map_of((key, entity.state) for key, entity in entries),
        map_of((key, entity.representation) for key, entity in entries) if has_representation else None,
        map_of((key, entity.unguarded) for key, entity in entries),
    )


def entities_in_no_order(entities: Iterable[Contribution], has_representation: bool) -> Contribution:
    """§ 5: several entities, in no order. ValueError as for entities_in_order."""
    entities = _of_one_type(entities, has_representation)
    return Contribution(
        set_of(entity.state for entity in entities),
        set_of(entity.representation for entity in entities) if has_representation else None,
        set_of(entity.unguarded for entity in entities),
    )


def _of_one_type(entities: Iterable[Contribution], has_representation: bool) -> list[Contribution]:
    entities = list(entities)
    if any((entity.representation is not None) != has_representation for entity in entities):
        raise ValueError("entities of one type either all have representation parts or all have none")
    return entities


# --- § 2: the two streams -------------------------------------------------------------------------------------------


def state_stream(parts: Iterable[Contribution]) -> bytes:
    """§ 2: S."""
    return FORMAT + b"\x53" + b"".join(part.state for part in parts)


def representation_stream(schema: bytes, parts: Iterable[Contribution]) -> bytes | None:
    """§ 2: R, or None when it has no parts."""
    if len(schema) != 8:
        raise ValueError(f"a schema fingerprint has 8 octets, not {len(schema)}")
    written = b"".join(part.representation or b"" for part in parts)
    return FORMAT + b"\x52" + schema + written if written else None


# --- § 1: the halves and the text of a tag --------------------------------------------------------------------------


def state_half(stream: bytes) -> bytes:
    """§ 1: the state half, from S."""
    return hashlib.sha256(stream).digest()[:16]


def representation_half(schema: bytes, stream: bytes | None) -> bytes:
    """§ 1: the representation half, from R, or from the schema fingerprint if R has no parts."""
    return schema if stream is None else hashlib.sha256(stream).digest()[:8]


def entity_tag(state: bytes | str, representation: bytes, weak: bool) -> str:
    """§ 1: the text of a tag, from its two halves; the state is octets, or a plain version."""
    state = state if isinstance(state, str) else _base64url(state)
    return f'{"W/" if weak else ""}"{state}.{_base64url(representation)}"'


def plain_version(value: int | str | bytes) -> str:
    """§ 1: the state half of an entity that is reversible."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str):
        return urllib.parse.quote(value, safe="")
    return str(value)


def _base64url(half: bytes) -> str:
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode("ascii")


# --- § 6: variants --------------------------------------------------------------------------------------------------

# What is not written.
DEFAULT_VARIANT = ("media-type", b"application/json")


def opaque_tag(opaque: str, weak: bool) -> str:
    """A tag from elsewhere."""
    return f'{"W/" if weak else ""}"{opaque}"'


def tag_of_variant(own: str, has_halves: bool, variants: Iterable[tuple[str, bytes]]) -> str:
    """§ 6: the tag of a variant of the representation whose own tag this is."""
    named = sorted((name.encode(), value) for name, value in variants if (name, value) != DEFAULT_VARIANT)
    if not named:
        return own
    weak, opaque = own.startswith("W/"), own[own.index('"') + 1 : -1]
    state, half = (opaque[:-12], octets(opaque[-11:].encode())) if has_halves else (opaque, NOTHING)
    written = b"".join(text(name.decode()) + octets(value) for name, value in named)
    return entity_tag(state, hashlib.sha256(FORMAT + b"\x56" + half + written).digest()[:8], weak)


# --- § 7: content codings -------------------------------------------------------------------------------------------

# Other names of the same.
SAME_CODING = {"x-gzip": "gzip", "x-compress": "compress"}


def coded_tag(uncoded: str, codings: Iterable[str]) -> str:
    """§ 7: the tag of a representation to which these codings were applied, of the one without codings."""
    names = [SAME_CODING.get(name.lower(), name.lower()) for name in codings]
    written = "".join("-" + _coding(name) for name in names if name != "identity")
    return uncoded[:-1] + written + '"'


def _coding(name: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else c.encode().hex() for c in name)


# --- § 8: the tag of a content --------------------------------------------------------------------------------------

FIELDS_OF_THE_CONTENT = ("content-encoding", "content-language", "content-type")


def tag_of_content(fields: Iterable[tuple[str, bytes]], content: bytes) -> str:
    """§ 8: the tag of a response with these field lines and this content."""
    lines = [(name.lower(), value) for name, value in fields]
    written = b"".join(
        text(name) + octets(value) for name in FIELDS_OF_THE_CONTENT for other, value in lines if other == name
    )
    digest = hashlib.sha256(FORMAT + b"\x43" + written + END + content).digest()
    return f'"{_base64url(digest[:16])}"'
