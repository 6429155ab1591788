// Makes the calls of a plan with GramJS; see ../src/main.rs.

const fs = require("fs");
const { TelegramClient } = require("telegram");
const { MemorySession } = require("telegram/sessions");
const { AuthKey } = require("telegram/crypto/AuthKey");
const { tlobjects } = require("telegram/tl/AllTLObjects");
const connections = require("telegram/network/connection");
const { LogLevel } = require("telegram/extensions/Logger");
const bigInt = require("big-integer");

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** A value of the plan with the types of GramJS. */
function value(tagged) {
    if ("_" in tagged) {
        const fields = {};
        for (const [name, field] of Object.entries(tagged.fields)) fields[camel(name)] = value(field);
        return new tlobjects[tagged.id](fields);
    }
    const [[kind, content]] = Object.entries(tagged);
    switch (kind) {
        case "long":
            return bigInt(content);
        case "double":
            return Buffer.from(content, "hex").readDoubleLE(0);
        case "bytes":
            return Buffer.from(content, "hex");
        case "large":
            return littleEndian(Buffer.from(content, "hex"));
        case "list":
            return content.map(value);
        default:
            return content;
    }
}

/** The signed number that GramJS takes for an `int128` or `int256`. */
function littleEndian(bytes) {
    const number = bigInt(Buffer.from(bytes).reverse().toString("hex"), 16);
    return bytes[bytes.length - 1] & 0x80 ? number.subtract(bigInt(1).shiftLeft(bytes.length * 8)) : number;
}

/** The bytes of a result; null where its type does not say what they are. */
function written(result) {
    if (result === true || result === false) return Buffer.from(result ? "b5757299" : "379779bc", "hex");
    if (Array.isArray(result) && result.every((item) => item && item.getBytes)) {
        const head = Buffer.alloc(8);
        head.writeUInt32LE(0x1cb5c415, 0);
        head.writeUInt32LE(result.length, 4);
        return Buffer.concat([head, ...result.map((item) => item.getBytes())]);
    }
    return result && result.getBytes ? result.getBytes() : null;
}

const text = (error) => String(error && error.message ? error.message : error).slice(0, 300);

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
