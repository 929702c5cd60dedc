"use strict";
// Everything that a document says reaches the page through text nodes only; there is no markup made from strings here.

const data = JSON.parse(document.getElementById("data").textContent);
const L = data.labels;
const documents = new Map(data.briefing.documents.map((one) => [one.id, one]));
const distinct = data.briefing.documents.filter((one) => !one.duplicate_of).map((one) => one.id);
const items = new Map();
for (const one of data.briefing.documents) {
  for (const task of one.tasks) items.set(task.id, { ...task, type: "task", document: one.id });
  for (const found of one.indicators) items.set(found.id, { ...found, type: "indicator", document: one.id });
}

// Marks that turn the reading direction would reorder what stands around them: each is shown as one replacement sign.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function shown(value) {
  return String(value ?? "").replace(DIRECTION, "\ufffd");
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// An element with properties, event listeners (onclick …), attributes (the rest) and children; strings become text nodes.
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value" || name === "checked" || name === "selected" || name === "hidden") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(shown(child)));
  }
  return node;
}

// The briefing counts code points, JavaScript UTF-16 units: texts with characters beyond U+FFFF are cut from an array.
const points = new Map();

function cut(id, start, end) {
  const text = data.sources[id]?.text ?? "";
  if (!points.has(id)) points.set(id, /[\ud800-\udfff]/.test(text) ? Array.from(text) : null);
  const array = points.get(id);
  return array ? array.slice(start, end).join("") : text.slice(start, end);
}

function length(id) {
  cut(id, 0, 0);
  return points.get(id)?.length ?? data.sources[id]?.text.length ?? 0;
}

function nameOf(id) {
  return data.names[id] ?? id;
}
