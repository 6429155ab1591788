"""Reads and writes the vectors of `tlgen conformance` with Telethon; see ../src/vectors.rs."""

import json
import os

from telethon.extensions import BinaryReader
from telethon.tl.alltlobjects import tlobjects

from telethon_values import value


def text(error):
    return f"{type(error).__name__}: {error}"[:300]


def again(data):
    """The bytes of the value that `data` is."""
    reader = BinaryReader(data)
    result = reader.tgread_object()
    left = len(reader.get_bytes()) - reader.tell_position()
    if left:
        raise ValueError(f"{left} bytes are left over")
    if isinstance(result, bool):
        raise ValueError("no object")
    return bytes(result)


with open(os.environ["PEER_VECTORS"], encoding="utf-8") as file:
    vectors = json.load(file)["vectors"]
for number, vector in enumerate(vectors):
    line = {"vector": number}
    if int(vector["id"], 16) not in tlobjects:
        print(json.dumps({**line, "absent": True}))
        continue
    try:
        line["bytes"] = again(bytes.fromhex(vector["bytes"])).hex()
    except Exception as error:  # Whatever it is, it refuses the bytes.
        line["refused"] = text(error)
    if "value" in vector:
        try:
            line["made"] = bytes(value(vector["value"])).hex()
        except Exception as error:
            line["unmade"] = text(error)
    print(json.dumps(line))
