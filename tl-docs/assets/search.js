// Search over names, ids and text. The index of each schema is a script that is loaded at the first use, so that it works
// for pages that were opened from disk.
(function () {
  "use strict";
  const { fold, search } = window.tlMatch;
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const status = document.getElementById("search-status");
  const { root, unit, units } = document.body.dataset;
  const folders = { f: "functions", c: "constructors", t: "types", e: "errors" };
  const labels = { f: "function", c: "constructor", t: "type", e: "error" };
  const shown = 30;
  let indexes = null;
  let selected = -1;

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
      if (entry.kind === "e" && entry.id) head.append(element("span", "unit", entry.id));
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
      show(search(indexes, input.value));
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
