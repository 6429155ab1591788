// Reads and writes the vectors of `tlgen conformance` with GramJS; see ../src/vectors.rs. Its complaints about types are not shown.

const fs = require("fs");
const { mend } = require("./gramjs_lists");
const { BinaryReader } = require("telegram/extensions");
const { tlobjects } = require("telegram/tl/AllTLObjects");
const { value } = require("./gramjs_values");

console.error = () => {};

const text = (error) => String(error && error.message ? error.message : error).replace(/[^ -~]/g, "?").slice(0, 300);

/** The bytes of the value that `data` is. */
function again(data) {
    const reader = new BinaryReader(data);
    const result = reader.tgReadObject();
    const left = data.length - reader.tellPosition();
    if (left) throw new Error(`${left} bytes are left over`);
    if (!result || !result.getBytes) throw new Error("no object");
    return result.getBytes();
}

const { vectors } = JSON.parse(fs.readFileSync(process.env.PEER_VECTORS, "utf8"));
for (const [number, vector] of vectors.entries()) {
    const line = { vector: number };
    if (!(parseInt(vector.id, 16) in tlobjects)) {
        fs.writeSync(1, JSON.stringify({ ...line, absent: true }) + "\n");
        continue;
    }
    try {
        line.bytes = again(Buffer.from(vector.bytes, "hex")).toString("hex");
    } catch (error) {
        line.refused = text(error);
        mend();
    }
    if ("value" in vector) {
        try {
            line.made = value(vector.value).getBytes().toString("hex");
        } catch (error) {
            line.unmade = text(error);
        }
    }
    fs.writeSync(1, JSON.stringify(line) + "\n");
}
