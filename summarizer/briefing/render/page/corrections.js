// An analyst's verdicts on items, and the gold file that `summarizer eval` takes: accepted and edited items count, items not
// looked at are optional (they count neither way), rejected ones are left out.

const corrections = new Map();
let unsaved = false;

addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

// Name, label, and for a field with a closed list its values with their labels ("" stands for none).
const options = (prefix, ...values) => values.map((value) => [value, L[`${prefix}.${value || "level"}`]]);
const FIELDS = {
  task: [["title", L.title], ["kind", L.kind, options("kind", "task", "near_term", "safeguard")], ["lead", L.lead], ["support", L.support],
    ["deadline", L.deadline]],
  indicator: [["name", L.name], ["raw", L.printed], ["value", L["field.value"]], ["value_high", L["field.value_high"]], ["unit", L.unit],
    ["bound", L.bound, options("relation", "eq", "ge", "gt", "le", "lt", "approx", "range")], ["change", L.change, options("relation", "", "up", "down")],
    ["status", L.status, options("status", "achieved", "target")], ["period", L.period], ["base", L.base]],
};
const LISTS = ["lead", "support"];

function verdicts(item) {
  const verdict = corrections.get(item.id)?.verdict;
  const button = (name) => el("button", { type: "button", class: `verdict ${name}`, "aria-pressed": String(verdict === name),
    onclick: () => judge(item.id, verdict === name ? null : { ...corrections.get(item.id), verdict: name }) }, L[`page.${name}`]);
  const form = el("form", { class: "edit", hidden: true });
  const edit = el("button", { type: "button", "aria-expanded": "false", onclick: () => {
    form.hidden = !form.hidden;
    edit.setAttribute("aria-expanded", String(!form.hidden));
    if (!form.hidden) { fillForm(form, item); form.querySelector("input").focus(); }
  } }, L["page.edit"]);
  return el("div", { class: "judging" }, el("div", { class: "verdicts" }, button("accepted"), button("rejected"), edit), form);
}

function judge(id, correction) {
  unsaved = true;
  if (correction) corrections.set(id, correction);
  else corrections.delete(id);
  tables.forEach((table) => table.refresh(id));
  countReviewed();
  if (state.id === id) openItem(id);
}

function corrected(item) {
  return { ...item, ...item.evidence, ...(corrections.get(item.id)?.edit ?? {}) };
}

function fillForm(form, item) {
  const now = corrected(item);
  const span = { start: now.start, end: now.end };
  const error = el("p", { class: "error", role: "alert" });
  const quote = el("p", { class: "quote" }, cut(item.document, span.start, span.end));
  const inputs = FIELDS[item.type].map(([name, label, choices]) => {
    const value = Array.isArray(now[name]) ? now[name].join("\u3001") : now[name] ?? "";
    const input = choices
      ? el("select", { name }, choices.map(([one, words]) => el("option", { value: one, selected: one === value }, words)))
      : el("input", { name, value: String(value) });
    return el("label", {}, label, input);
  });
  const use = el("button", { type: "button", onclick: () => {
    const chosen = selectedSpan();
    if (!chosen) { error.textContent = L["page.select_first"]; return; }
    Object.assign(span, chosen);
    error.textContent = "";
    quote.textContent = shown(cut(item.document, span.start, span.end));
  } }, L["page.use_selection"]);
  form.replaceChildren(inputs.length ? el("div", { class: "fields" }, inputs) : "", quote, use,
    el("button", { type: "submit" }, L["page.save"]), error);
  form.onsubmit = (event) => {
    event.preventDefault();
    const edit = { ...span, ...read(form, item.type) };
    const fault = faultOf(item, edit);
    if (fault) { error.textContent = fault; return; }
    judge(item.id, { verdict: "accepted", edit });
  };
}

function read(form, type) {
  const values = Object.fromEntries(new FormData(form));
  const blank = (name) => values[name]?.trim() || null;
  if (type === "task") {
    const lists = LISTS.map((name) => [name, (blank(name) ?? "").split(/[\u3001,\uff0c]/).map((one) => one.trim()).filter(Boolean)]);
    return { title: blank("title"), kind: values.kind, ...Object.fromEntries(lists), deadline: blank("deadline") };
  }
  const number = (name) => (blank(name) === null ? null : Number(blank(name)));
  return { name: blank("name"), raw: blank("raw"), value: number("value"), value_high: number("value_high"), unit: values.unit.trim(),
    bound: values.bound, change: values.change || null, status: values.status, period: blank("period"), base: number("base") };
}

// The same conditions that the gold loader checks.
function faultOf(item, edit) {
  const quote = cut(item.document, edit.start, edit.end);
  if (item.type === "task") return edit.title && !quote.includes(edit.title) ? L["page.title_not_in_quote"] : "";
  if (!edit.name || !edit.raw || edit.value === null) return L["page.needed"];
  if ([edit.value, edit.value_high, edit.base].some((value) => value !== null && !Number.isFinite(value))) return L["page.no_number"];
  return quote.includes(edit.raw) ? "" : L["page.raw_not_in_quote"];
}

function gold(id) {
  const one = documents.get(id);
  const kept = [...items.values()].filter((item) => item.document === id && corrections.get(item.id)?.verdict !== "rejected")
    .map((item) => ({ ...corrected(item), optional: !corrections.has(item.id) }));
  return {
    document: one.path.split(/[\\/]/).pop(), sha256: one.sha256, kind: one.kind, document_year: one.year, title: one.title, issuer: one.issuer, region: one.region, level: one.level,
    meeting_date: one.meeting.date, place: one.meeting.place, published: one.published, genre: one.genre,
    declared_task_count: one.declared_task_count, quality: [...new Set(one.quality.map((flag) => flag.flag))], annotated_ranges: null,
    alternative_level: null,
    tasks: kept.filter((item) => item.type === "task").map((item, index) => ({
      ordinal: index + 1, start: item.start, end: item.end, title: item.title, marker: item.marker, kind: item.kind,
      optional: item.optional, group: item.group.map((above) => above.title), ...duties(item),
      steps: item.steps.filter((step) => item.start <= step.evidence.start && step.evidence.end <= item.end).map((step) => ({
        start: step.evidence.start, end: step.evidence.end, marker: step.marker, text: step.text, ...duties(step) })),
      ...resolved(item, "deadline", ["deadline_date"]), themes: item.themes })),
    indicators: unique(kept.filter((item) => item.type === "indicator").map((item) => ({
      start: item.start, end: item.end, name: item.name, value: item.value_high === null ? item.value : [item.value, item.value_high],
      raw: item.raw, unit: item.unit, bound: item.bound, change: item.change, status: item.status, period: item.period,
      ...resolved(item, "period", ["period_start", "period_end"]),
      base: item.base, base_period: item.base_period, base_period_start: item.base_period_start, base_period_end: item.base_period_end,
      quote: cut(id, item.start, item.end), optional: item.optional }))),
    decoys: [],
  };
}

function duties({ lead, support, deadline, deadline_date }) {
  return { lead, support, deadline, deadline_date };
}

// Days follow from a printed time: when the analyst changes that, they are open and nobody is sure of them.
function resolved(item, name, days) {
  if (item[name] === items.get(item.id)[name]) return Object.fromEntries(days.map((day) => [day, item[day]]));
  return { ...Object.fromEntries(days.map((day) => [day, null])), unsure: days };
}

function unique(list) {
  const seen = new Map(list.map((one) => [JSON.stringify([one.start, one.end, one.name, one.raw]), one]));
  return [...seen.values()];
}

function download(id) {
  unsaved = false;
  const name = documents.get(id).path.split(/[\\/]/).pop().replace(/\.[^.]*$/, "");
  const address = URL.createObjectURL(new Blob([JSON.stringify(gold(id), null, 1) + "\n"], { type: "application/json" }));
  const link = el("a", { href: address, download: `${name}.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function countReviewed() {
  for (const node of document.querySelectorAll("[data-reviewed]")) {
    const id = node.getAttribute("data-reviewed");
    const count = [...corrections.keys()].filter((key) => items.get(key).document === id).length;
    node.textContent = fill(L["page.reviewed"], { count });
  }
}
