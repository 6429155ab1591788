// GramJS marks a field that is a list as none while it reads the list, and leaves it so when an item cannot be read: the field is then
// never read as a list again. `mend` puts it right, so that one vector does not decide about the next.

const helpers = require("telegram/tl/generationHelpers");

const lists = [];
const { parseTl } = helpers;
helpers.parseTl = function* (...args) {
    for (const definition of parseTl(...args)) {
        lists.push(...Object.values(definition.argsConfig ?? {}).filter((field) => field.isVector));
        yield definition;
    }
};

module.exports = {
    mend: () => {
        for (const field of lists) field.isVector = true;
    },
};
