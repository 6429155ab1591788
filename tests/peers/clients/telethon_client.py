"""Makes the calls of a plan with Telethon; see ../src/main.rs."""

import asyncio
import json
import os
import sys

from telethon import TelegramClient
from telethon.crypto import AuthKey, rsa
from telethon.network import connection
from telethon.sessions import MemorySession

from telethon_values import value, written

async def main():
    with open(os.environ["PEER_PLAN"], encoding="utf-8") as file:
        plan = json.load(file)
    session = MemorySession()
    session.set_dc(2, "127.0.0.1", int(os.environ["PEER_PORT"]))
    if os.environ["PEER_KEY"]:
        session.auth_key = AuthKey(bytes.fromhex(os.environ["PEER_KEY"]))
    else:
        rsa.add_key(os.environ["PEER_PUBLIC_KEY"], old=False)
    transport = getattr(connection, sys.argv[1] if len(sys.argv) > 1 else "ConnectionTcpFull")
    client = TelegramClient(session, 1, "hash", connection=transport, receive_updates=False, connection_retries=1)
    await client.connect()
    for number, planned in enumerate(plan):
        line = {"call": number}
        try:
            request = value(planned)
            if planned["_"] in ("contacts.getTopPeers", "contacts.getContacts") and number < 2:
                # As the reference pages show it.
                result = await asyncio.wait_for(client(request), 20)
            else:
                # Without what Telethon changes of arguments by asking for more.
                result = await asyncio.wait_for(client._sender.send(request), 20)
            try:
                content = written(result)
                line["bytes"] = content.hex() if content is not None else None
            except Exception as error:
                line["unwritten"] = f"{type(error).__name__}: {error}"[:300]
        except Exception as error:  # Whatever it is, it is what the user of Telethon would get.
            line["error"] = f"{type(error).__name__}: {error}"[:300]
        print(json.dumps(line), flush=True)
    await client.disconnect()


asyncio.run(main())
