// Makes the calls of a plan with GramJS; see ../src/main.rs.

const fs = require("fs");
const { TelegramClient } = require("telegram");
const { MemorySession } = require("telegram/sessions");
const { AuthKey } = require("telegram/crypto/AuthKey");
const connections = require("telegram/network/connection");
const { LogLevel } = require("telegram/extensions/Logger");
const { value, written } = require("./gramjs_values");

const text = (error) => String(error && error.message ? error.message : error).replace(/[^ -~]/g, "?").slice(0, 300);

const within = (promise, milliseconds) =>
    Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), milliseconds).unref())]);

async function main() {
    const plan = JSON.parse(fs.readFileSync(process.env.PEER_PLAN, "utf8"));
    const session = new MemorySession();
    session.setDC(2, "127.0.0.1", Number(process.env.PEER_PORT));
    const key = new AuthKey();
    await key.setKey(Buffer.from(process.env.PEER_KEY, "hex"));
    session.setAuthKey(key, 2);
    // GramJS connects to port 80 or 443, whatever the session says.
    const connection = class extends connections[process.argv[2] || "ConnectionTCPFull"] {
        constructor(options) {
            super({ ...options, port: Number(process.env.PEER_PORT) });
        }
    };
    const client = new TelegramClient(session, 1, "hash", { connection, connectionRetries: 1, useWSS: false });
    client.setLogLevel(LogLevel.NONE);
    if (!(await client.connect())) throw new Error("no connection");
    for (const [number, planned] of plan.entries()) {
        const line = { call: number };
        try {
            const request = value(planned);
            // The calls of the reference pages as they show them; the others without what GramJS changes of arguments.
            const call = number < 2 ? client.invoke(request) : client._sender.send(request);
            const result = await within(call, 20000);
            try {
                const bytes = written(result);
                line.bytes = bytes === null ? null : bytes.toString("hex");
            } catch (error) {
                line.unwritten = text(error);
            }
        } catch (error) {
            line.error = text(error);
        }
        fs.writeSync(1, JSON.stringify(line) + "\n");
    }
    process.exit(0);
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
