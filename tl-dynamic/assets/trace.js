"use strict";
// A row and its bytes have one number; a group also has that of the last row in it.
const rows = new Map(Array.from(document.querySelectorAll("#rows [data-r]"), (row) => [Number(row.dataset.r), row]));
const bytes = new Map();
for (const part of document.querySelectorAll("#bytes [data-r]")) {
  const of = Number(part.dataset.r);
  if (!bytes.has(of)) bytes.set(of, []);
  bytes.get(of).push(part);
}
let marked = [];
function mark(part, name) {
  part.classList.add(name);
  marked.push(part);
}
function show(number, from) {
  for (const part of marked) part.classList.remove("on", "in");
  marked = [];
  const row = rows.get(number);
  if (!row) return;
  const last = Number(row.dataset.e ?? number);
  for (let inner = number + 1; inner <= last; inner += 1) {
    for (const part of bytes.get(inner) ?? []) mark(part, "in");
  }
  mark(row, "on");
  const own = bytes.get(number) ?? [];
  for (const part of own) mark(part, "on");
  const other = from === "rows" ? own[0] ?? bytes.get(number + 1)?.[0] : row;
  other?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
for (const section of document.querySelectorAll("section")) {
  const pick = (event) => {
    const part = event.target.closest("[data-r]");
    if (part) show(Number(part.dataset.r), section.id);
  };
  section.addEventListener("click", pick);
  section.addEventListener("focusin", pick);
}
document.getElementById("rows").addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const next = step && document.activeElement[step];
  if (next) {
    next.focus();
    event.preventDefault();
  }
});
