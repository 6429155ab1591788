// What a query finds in the indexes: by name, also with one typing error, by id or code, by words of the text.
(function () {
  "use strict";

  // Names without case, dots and underscores: getTopPeers, get_top_peers and GetTopPeers are one.
  const fold = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  // A typing error is forgiven in words of this length or more.
  const forgiven = 4;

  // An id in hexadecimal with or without 0x or #, or as a decimal number, perhaps a negative one.
  function id(query) {
    const hex = /^(?:0x|#)?([0-9a-f]{4,8})$/i.exec(query);
    const number = /^-?\d{5,10}$/.test(query) ? (Number(query) >>> 0).toString(16).padStart(8, "0") : null;
    return { hex: hex ? hex[1].toLowerCase() : null, number };
  }

  // Whether `name` is `query` with one character too many, too few, another one, or two in the wrong order. With `begins`, whether
  // it begins so.
  function almost(query, name, begins) {
    let at = 0;
    while (at < query.length && query[at] === name[at]) at += 1;
    const rest = (skipped, left) => {
      const [a, b] = [query.slice(at + skipped), name.slice(at + left)];
      return begins ? b.startsWith(a) : a === b;
    };
    const swapped = query[at] === name[at + 1] && query[at + 1] === name[at];
    return rest(1, 1) || rest(1, 0) || rest(0, 1) || (swapped && rest(2, 2));
  }

  // Lower is better; null for no match.
  function rank(entry, query, wanted) {
    if (entry.id && (entry.id === wanted.number || (wanted.hex && entry.id === wanted.hex.padStart(8, "0")))) return 0;
    if (!query) return null;
    if (entry.full === query) return 1;
    if (entry.ident === query) return 2;
    if (wanted.hex && entry.id.startsWith(wanted.hex)) return 3;
    if (entry.ident.startsWith(query)) return 4;
    if (entry.full.startsWith(query)) return 5;
    if (entry.full.includes(query)) return 6;
    if (query.length < forgiven) return null;
    if (almost(query, entry.ident, false) || almost(query, entry.full, false)) return 8;
    if (almost(query, entry.ident, true) || almost(query, entry.full, true)) return 9;
    return null;
  }

  // The pages on which every word begins some word. A word that begins none may have a typing error.
  function pages(index, words) {
    let common = null;
    for (const word of words) {
      const known = index.words.filter((one) => one.word.startsWith(word));
      const close = known.length > 0 || word.length < forgiven ? known : index.words.filter((one) => almost(word, one.word, false));
      const found = new Set(close.flatMap((one) => one.pages()));
      common = common ? new Set([...common].filter((page) => found.has(page))) : found;
    }
    return common || new Set();
  }

  // The entries that a text finds, the best first.
  function search(indexes, text) {
    const query = text.trim();
    const wanted = id(query);
    // Of a Rust path only what comes after the module of the tree counts. In the text of an error a number is an X.
    const named = query.replace(/^.*\b(?:functions|constructors|types)::/, "");
    const name = fold(named);
    const numbered = fold(named.replace(/^.*?(?=[A-Z][A-Z0-9]*_)/, "").replace(/(^|_)\d+(MIN)?(?=_|$)/g, "$1X$2"));
    const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
    const kinds = { f: 0, t: 1, c: 2, e: 3 };
    const found = [];
    indexes.forEach(function (index, order) {
      const inText = pages(index, words);
      index.entries.forEach(function (entry, at) {
        let value = rank(entry, name, wanted);
        if (entry.kind === "e" && entry.full === numbered) value = 1;
        if ((value === null || value > 7) && inText.has(at)) value = 7;
        if (value !== null) found.push({ entry, key: [value, order, entry.until ? 1 : 0, kinds[entry.kind], entry.name.length, at] });
      });
    });
    found.sort(function (a, b) {
      const differs = a.key.findIndex((part, index) => part !== b.key[index]);
      return differs < 0 ? 0 : a.key[differs] - b.key[differs];
    });
    return found.map((result) => result.entry);
  }

  window.tlMatch = { fold, search };
})();
