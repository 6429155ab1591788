"use strict";
// A row and its bytes have one number; a group also has that of the last row in it.
const all = (selector) => Array.from(document.querySelectorAll(selector));
const rows = new Map(all("#rows [data-r]").map((row) => [Number(row.dataset.r), row]));
const parts = all("#bytes [data-r]");
const bytes = new Map();
for (const part of parts) {
  const of = Number(part.dataset.r);
  if (!bytes.has(of)) bytes.set(of, []);
  bytes.get(of).push(part);
}
let marked = [];
function mark(part, name) {
  part.classList.add(name);
  marked.push(part);
}
// One row and one part of the bytes can be reached by the tab key: those that were shown last.
function stop(part, others) {
  for (const other of others) other.tabIndex = -1;
  part.tabIndex = 0;
}
function show(number) {
  for (const part of marked) part.classList.remove("on", "in");
  marked = [];
  const row = rows.get(number);
  if (!row) return;
  const last = Number(row.dataset.e ?? number);
  let first = bytes.get(number)?.[0];
  for (let inner = number + 1; inner <= last; inner += 1) {
    for (const part of bytes.get(inner) ?? []) {
      mark(part, "in");
      first ??= part;
    }
  }
  for (const part of bytes.get(number) ?? []) mark(part, "on");
  for (const other of rows.values()) other.setAttribute("aria-selected", other === row);
  mark(row, "on");
  stop(row, rows.values());
  row.scrollIntoView({ block: "nearest" });
  if (!first) return;
  stop(first, parts);
  first.scrollIntoView({ block: "nearest", inline: "nearest" });
}
for (const section of all("#rows, #bytes")) {
  const pick = (event) => {
    const part = event.target.closest("[data-r]");
    if (part) show(Number(part.dataset.r));
  };
  section.addEventListener("click", pick);
  section.addEventListener("focusin", pick);
}
function step(list, back, on) {
  return (event) => {
    const by = { [back]: -1, [on]: 1 }[event.key];
    const next = by && list[list.indexOf(document.activeElement) + by];
    if (next) {
      next.focus();
      event.preventDefault();
    }
  };
}
document.getElementById("rows").addEventListener("keydown", step(Array.from(rows.values()), "ArrowUp", "ArrowDown"));
document.getElementById("bytes").addEventListener("keydown", step(parts, "ArrowLeft", "ArrowRight"));
const faults = Array.from(rows.values()).filter((row) => row.querySelector(".wrong"));
let at = -1;
function fault(by) {
  at = (at + by + faults.length) % faults.length;
  show(Number(faults[at].dataset.r));
}
document.getElementById("next")?.addEventListener("click", () => fault(1));
document.getElementById("previous")?.addEventListener("click", () => fault(at < 0 ? 0 : -1));
