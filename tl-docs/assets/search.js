// Search over names, ids and text. The index of each schema is a script that is loaded at the first use, so that it works
// for pages that were opened from disk.
(function () {
  "use strict";
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const status = document.getElementById("search-status");
  const { root, unit, units } = document.body.dataset;
  const folders = { f: "functions", c: "constructors", t: "types" };
  const labels = { f: "function", c: "constructor", t: "type" };
  const shown = 30;
  let indexes = null;
  let selected = -1;

  // Names without case, dots and underscores: getTopPeers, get_top_peers and GetTopPeers are one.
  const fold = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  function read(raw) {
    const entries = raw.entries.split("\n").filter(Boolean).map(function (line) {
      const [kind, name, id = "", file = "", summary = "", until = ""] = line.split("\t");
      return {
        unit: raw.unit, title: raw.title, kind, name, id, summary, until,
        href: root + raw.unit + "/" + folders[kind] + "/" + (file || name) + ".html",
        full: fold(name), ident: fold(name.slice(name.lastIndexOf(".") + 1)),
      };
    });
    const words = raw.words.split("\n").filter(Boolean).map(function (line) {
      const [word, pages] = line.split(" ");
      let at = 0;
      return { word, pages: () => (at = 0, pages.split(",").map((step) => (at += parseInt(step, 36)))) };
    });
    return { unit: raw.unit, entries, words };
  }

  function load(then) {
    if (indexes) return then();
    const all = units.split(" ").filter(Boolean);
    let left = all.length;
    const done = function () {
      left -= 1;
      if (left > 0) return;
      const order = (index) => (index.unit === unit ? -1 : all.indexOf(index.unit));
      indexes = (window.tlSearch || []).map(read).sort((a, b) => order(a) - order(b));
      then();
    };
    if (left === 0) { left = 1; done(); }
    for (const name of all) {
      const script = document.createElement("script");
      script.src = root + name + "/search.js";
      script.onload = done;
      script.onerror = done;
      document.head.append(script);
    }
  }

  // An id in hexadecimal with or without 0x or #, or as a decimal number, perhaps a negative one.
  function id(query) {
    const hex = /^(?:0x|#)?([0-9a-f]{4,8})$/i.exec(query);
    const number = /^-?\d{5,10}$/.test(query) ? (Number(query) >>> 0).toString(16).padStart(8, "0") : null;
    return { hex: hex ? hex[1].toLowerCase() : null, number };
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
    return null;
  }

  // The pages on which every word begins some word.
  function pages(index, words) {
    let common = null;
    for (const word of words) {
      const found = new Set();
      for (const known of index.words) {
        if (known.word.startsWith(word)) for (const page of known.pages()) found.add(page);
      }
      common = common ? new Set([...common].filter((page) => found.has(page))) : found;
    }
    return common || new Set();
  }

  function search(text) {
    const query = text.trim();
    const wanted = id(query);
    // Of a Rust path only what stands behind the module of the tree counts.
    const name = fold(query.replace(/^.*\b(?:functions|constructors|types)::/, ""));
    const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
    const kinds = { f: 0, t: 1, c: 2 };
    const found = [];
    indexes.forEach(function (index, place) {
      const inText = pages(index, words);
      index.entries.forEach(function (entry, at) {
        let value = rank(entry, name, wanted);
        if (value === null && inText.has(at)) value = 7;
        if (value !== null) found.push({ entry, key: [value, place, entry.until ? 1 : 0, kinds[entry.kind], entry.name.length, at] });
      });
    });
    found.sort(function (a, b) {
      const differs = a.key.findIndex((part, place) => part !== b.key[place]);
      return differs < 0 ? 0 : a.key[differs] - b.key[differs];
    });
    return found.map((result) => result.entry);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function show(results) {
    list.replaceChildren();
    select(-1);
    results.slice(0, shown).forEach(function (entry, place) {
      const link = document.createElement("a");
      link.href = entry.href;
      link.id = "result-" + place;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      const head = element("span", "head", "");
      head.append(element("code", "", entry.name), element("span", "kind " + labels[entry.kind], labels[entry.kind]));
      if (entry.until) head.append(element("span", "unit", "until layer " + entry.until));
      if (units.includes(" ")) head.append(element("span", "unit", entry.title));
      link.append(head);
      if (entry.summary) link.append(element("span", "summary", entry.summary));
      list.append(link);
    });
    if (results.length === 0) list.append(element("p", "muted", "Nothing found."));
    if (results.length > shown) list.append(element("p", "muted", "And " + (results.length - shown) + " more."));
    status.textContent = results.length + (results.length === 1 ? " result" : " results");
    open(true);
  }

  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) select(-1);
  }

  function select(place) {
    const options = list.querySelectorAll("[role=option]");
    selected = options.length === 0 ? -1 : Math.max(-1, Math.min(place, options.length - 1));
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === selected)));
    if (selected < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", options[selected].id);
      options[selected].scrollIntoView({ block: "nearest" });
    }
  }

  function update() {
    if (input.value.trim() === "") return open(false);
    load(function () {
      // What was found for another text never stays.
      list.replaceChildren();
      show(search(input.value));
    });
  }

  input.addEventListener("input", update);
  input.addEventListener("focus", () => load(function () { if (input.value.trim() !== "") update(); }));
  input.addEventListener("keydown", function (event) {
    const options = list.querySelectorAll("[role=option]");
    if (event.key === "ArrowDown") select(selected + 1);
    else if (event.key === "ArrowUp") select(selected - 1);
    else if (event.key === "Escape") { if (list.hidden) input.value = ""; open(false); }
    else if (event.key === "Enter" && !list.hidden && options.length > 0) options[Math.max(selected, 0)].click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    const typing = /^(?:input|textarea|select)$/i.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest(".search")) open(false);
  });
})();
