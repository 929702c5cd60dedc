// The page's parts, in the order in which a reader needs them.

const several = data.briefing.documents.length > 1;
const themes = new Map(data.themes);
const main = document.getElementById("main");
const FIRST = 10;

function section(id, title, ...content) {
  document.getElementById("nav").append(el("a", { href: `#${id}` }, title));
  main.append(el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), content));
}

function counted(label, count) {
  return `${label}${L.open}${count}${L.close}`;
}

function folded(list, render, tag = "ul") {
  const rest = list.slice(FIRST);
  return [el(tag, {}, list.slice(0, FIRST).map(render)),
    rest.length ? el("details", {}, el("summary", {}, fill(L["page.further"], { count: rest.length })), el(tag, {}, rest.map(render))) : ""];
}

function overview() {
  const sentences = data.briefing.overview;
  if (!sentences.length) return;
  const ids = (one) => () => one.cites;
  section("overview", L.overview, el("ol", { class: "overview" }, sentences.map((one) => el("li", {}, one.text, " ",
    el("span", { class: "cite" }, one.cites.filter((id) => items.has(id)).map((id, at) => placeButton(id, at + 1, ids(one))))))));
  main.querySelectorAll(".cite button").forEach((button) => {
    const item = items.get(button.dataset.item);
    button.setAttribute("aria-label", shown(`${nameOf(item.document)} ${item.title ?? item.name}`));
  });
}

function problems() {
  const list = data.problems;
  const line = (one) => el("li", {}, one.document ? el("strong", {}, nameOf(one.document) + L.colon) : "", one.message, " ",
    one.document && one.span ? el("button", { type: "button", class: "place", onclick: (event) =>
      openPlace(one.document, one.span, one.message, event.currentTarget) }, L["page.show"]) : "");
  section("problems", counted(L.problems, list.length), list.length ? folded(list, line) : el("p", {}, L["page.no_problems"]));
}

function matrix() {
  const { themes: rows, baseline } = data.briefing.comparison;
  const most = Math.max(1, ...rows.flatMap((row) => Object.values(row.tasks).map((ids) => ids.length)));
  const cell = (row, id) => {
    const ids = row.tasks[id] ?? [];
    const standing = row.standing[id];
    const heat = ids.length ? Math.max(1, Math.round((ids.length / most) * 4)) : 0;
    const words = standing ? L[`standing.${standing}`] : "";
    return el("td", { class: `heat${heat} ${standing ?? ""}`, "data-label": nameOf(id) }, ids.length
      ? el("button", { type: "button", onclick: () => showTasks(id, row.theme),
        "aria-label": `${row.label}\uff0c${nameOf(id)}\uff1a${ids.length}` }, String(ids.length)) : el("span", { class: "none" }, "\u2014"),
      words ? el("small", {}, words) : "");
  };
  const ids = [...documents.keys()].sort((a, b) => (b === baseline) - (a === baseline));
  return el("div", { class: "scroll matrix", tabindex: "0", role: "region", "aria-label": L.comparison },
    el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, L.theme),
      ids.map((id) => el("th", { scope: "col" }, nameOf(id), id === baseline ? el("small", {}, L["standing.baseline"]) : "")))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label), ids.map((id) => cell(row, id)))))));
}

function aligned() {
  const ids = [...documents.keys()];
  const members = (row, id) => row.indicators.filter((one) => items.get(one).document === id);
  const value = (id) => [data.printed[id], items.get(id).period, L[`status.${items.get(id).status}`]].filter(Boolean).join(" ");
  const columns = [{ label: L.name, text: (row) => row.name + (row.change ? L.open + L.change + L.close : "") }, { label: L.unit, text: (row) => row.unit },
    ...ids.map((id) => ({ label: nameOf(id), text: (row) => members(row, id).map(value).join("\uff1b"),
      node: (row) => members(row, id).length ? members(row, id).map((one) => el("div", { class: "value" }, placeButton(one, data.printed[one], () => row.indicators),
        el("small", {}, [items.get(one).period, L[`status.${items.get(one).status}`]].filter(Boolean).join(" ")))) : el("span", { class: "none" }, L.not_mentioned) }))];
  return new Table("aligned", L.aligned, columns, data.briefing.comparison.indicators).node;
}

function phrases() {
  const columns = [
    { label: L.phrase, text: (row) => row.phrase, node: (row) => el("button", { type: "button", class: "place",
      onclick: (event) => openPlace(row.document, row.evidence, row.phrase, event.currentTarget) }, row.phrase) },
    byDocument(),
    { label: L.against, text: (row) => (row.against ? nameOf(row.against) : "") },
    { label: L.context, text: (row) => around(row) },
  ];
  return new Table("phrases", L.new_phrases, columns, data.briefing.comparison.new_phrases).node;
}

function around({ document: id, evidence }) {
  const before = cut(id, Math.max(0, evidence.start - 24), evidence.start).split(/[\u3002\uff1b;\n]/).pop();
  return (before + cut(id, evidence.start, evidence.end + 24)).replace(/\s+/g, " ");
}

function byDocument() {
  return { label: L.document, text: (row) => nameOf(row.document), choices: new Map([...documents.keys()].map((id) => [id, nameOf(id)])), choice: (row) => [row.document] };
}

function byTheme() {
  return { label: L.theme, text: (row) => row.themes.map((key) => themes.get(key) ?? key).join("\u3001"), choices: themes,
    choice: (row) => (row.themes.length ? row.themes : ["other"]) };
}

function choices(prefix, values) {
  return new Map(values.map((value) => [value, L[`${prefix}.${value}`]]));
}

function used(columns, rows) {
  return columns.filter((column) => column.always || rows.some((row) => column.text(row)));
}

const rowClass = (row) => [corrections.get(row.id)?.verdict, state.id === row.id && !panel.hidden ? "open" : ""].filter(Boolean).join(" ");
let taskTable;

function tasks() {
  const rows = [...items.values()].filter((item) => item.type === "task");
  const targets = new Map();
  for (const item of items.values()) if (item.task_id) targets.set(item.task_id, [...(targets.get(item.task_id) ?? []), `${item.name} ${data.printed[item.id]}`]);
  const many = (list) => (list.length < 4 ? el("ul", {}, list.map((text) => el("li", {}, text)))
    : el("details", {}, el("summary", {}, fill(L["page.items"], { count: list.length })), el("ul", {}, list.map((text) => el("li", {}, text)))));
  const measures = (row) => row.measures.map((one) => one.text);
  const columns = used([
    { label: L.ordinal, text: (row) => String(row.ordinal), number: (row) => row.ordinal },
    ...(several ? [byDocument()] : []),
    { label: L.task, text: (row) => row.title, node: (row) => placeButton(row.id, row.title, () => taskTable.current.map((one) => one.id)) },
    { label: L.measures, text: (row) => measures(row).join("\uff1b"), node: (row) => many(measures(row)) },
    { label: L.lead, text: (row) => row.lead.join("\u3001") }, { label: L.support, text: (row) => row.support.join("\u3001") },
    { label: L.deadline, text: (row) => row.deadline ?? "" },
    { label: L.target, text: (row) => (targets.get(row.id) ?? []).join("\uff1b"), node: (row) => many(targets.get(row.id) ?? []) },
    { label: L["field.kind"], text: (row) => L[`choice.${row.kind}`], choices: choices("choice", ["task", "near_term", "safeguard"]), choice: (row) => [row.kind] },
    byTheme(),
  ], rows);
  taskTable = new Table("task-table", L.tasks, columns, rows, rowClass);
  section("tasks", counted(L.tasks, rows.length), rows.length ? taskTable.node : el("p", {}, L.no_tasks));
}

function showTasks(id, theme) {
  for (const column of taskTable.columns) {
    if (column.label === L.document) taskTable.choose(column, id);
    if (column.label === L.theme) taskTable.choose(column, theme);
  }
  document.getElementById("tasks").scrollIntoView();
  taskTable.search.focus({ preventScroll: true });
}

function indicators() {
  const rows = [...items.values()].filter((item) => item.type === "indicator");
  let table;
  const columns = used([
    { label: L.name, text: (row) => row.name, node: (row) => placeButton(row.id, row.name, () => table.current.map((one) => one.id)) },
    ...(several ? [byDocument()] : []),
    { label: L.base, text: (row) => String(row.base ?? ""), number: (row) => row.base },
    { label: L.value, text: (row) => data.printed[row.id], number: (row) => row.value },
    { label: L.unit, text: (row) => row.unit },
    { label: L.status, text: (row) => L[`status.${row.status}`], choices: choices("status", ["achieved", "target"]), choice: (row) => [row.status] },
    { label: L.nature, text: (row) => (row.nature ? L[`nature.${row.nature}`] : "") },
    { label: L.period, text: (row) => row.period ?? "" },
    byTheme(),
  ], rows);
  table = new Table("indicator-table", L.indicators, columns, rows, rowClass);
  section("indicators", counted(L.indicators, rows.length), rows.length ? table.node : el("p", {}, L.no_indicators));
}

function sources() {
  section("documents", L.documents_table, el("ul", { class: "documents" }, data.briefing.documents.map((one) => el("li", {},
    el("h3", {}, one.title ?? L.untitled),
    el("dl", {}, data.facts[one.id].map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
    el("p", {}, el("button", { type: "button", class: "place", onclick: (event) => openPlace(one.id, { start: 0, end: 0 }, one.title ?? L.source, event.currentTarget) }, L["page.show"]), " ",
      el("button", { type: "button", class: "download", "data-document": one.id, onclick: () => download(one.id) }, L["page.download"]), " ",
      el("span", { "data-reviewed": one.id }, fill(L["page.reviewed"], { count: 0 })))))));
}

overview();
problems();
if (several && data.briefing.comparison.themes.length) {
  section("comparison", L.comparison, el("p", { class: "note" }, L["page.matrix_note"]), matrix());
  if (data.briefing.comparison.indicators.length) section("alignment", L.aligned, aligned());
  if (data.briefing.comparison.new_phrases.length) section("new-phrases", L.new_phrases, phrases());
}
tasks();
indicators();
sources();
