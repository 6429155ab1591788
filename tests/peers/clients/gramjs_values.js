// Values of plans and vectors with the types of GramJS, and back to bytes.

const { tlobjects } = require("telegram/tl/AllTLObjects");
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

module.exports = { value, written };
