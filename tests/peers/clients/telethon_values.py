"""Values of plans and vectors with the types of Telethon, and back to bytes."""

import inspect
import struct

from telethon.tl.alltlobjects import tlobjects
from telethon.tl.tlobject import TLObject

# Arguments that Telethon gives other names, because Python needs theirs.
RENAMED = {"self": "is_self", "from": "from_", "range": "range"}


def value(tagged):
    """A value of the plan with Telethon's types."""
    if "_" in tagged:
        kind = tlobjects[tagged["id"]]
        fields = {RENAMED.get(name, name): value(field) for name, field in tagged["fields"].items()}
        # Telethon makes words itself, those without fields, too.
        known = inspect.signature(kind).parameters
        return kind(**{name: field for name, field in fields.items() if name in known or not name.startswith("flags")})
    ((kind, content),) = tagged.items()
    if kind == "long":
        return int(content)
    if kind == "double":
        return struct.unpack("<d", bytes.fromhex(content))[0]
    if kind == "bytes":
        return bytes.fromhex(content)
    if kind == "large":
        return int.from_bytes(bytes.fromhex(content), "little", signed=True)
    if kind == "list":
        return [value(item) for item in content]
    return content


def written(result):
    """The bytes of a result; None where its Python type does not say what they are."""
    if isinstance(result, bool):
        return struct.pack("<I", 0x997275B5 if result else 0xBC799737)
    if isinstance(result, TLObject):
        return bytes(result)
    if isinstance(result, list) and all(isinstance(item, TLObject) for item in result):
        return struct.pack("<II", 0x1CB5C415, len(result)) + b"".join(map(bytes, result))
    return None
