// The page's parts, in the order in which a reader needs them.

const several = distinct.length > 1;
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
        "aria-label": `${row.label}${L.list}${nameOf(id)}${L.colon}${ids.length}` }, String(ids.length)) : el("span", { class: "none" }, "\u2014"),
      words ? el("small", {}, words) : "");
  };
  const ids = [...distinct].sort((a, b) => (b === baseline) - (a === baseline));
  return el("div", { class: "scroll matrix", tabindex: "0", role: "region", "aria-label": L.comparison },
    el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, L.theme),
      ids.map((id) => el("th", { scope: "col" }, nameOf(id), id === baseline ? el("small", {}, L["standing.baseline"]) : "")))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label), ids.map((id) => cell(row, id)))))));
}

function aligned() {
  const ids = distinct;
  const members = (row, id) => row.indicators.filter((one) => items.get(one).document === id);
  const when = (id) => [data.printed[id].period, L[`status.${items.get(id).status}`]].filter(Boolean).join(" ");
  const value = (id) => `${data.printed[id].value} ${when(id)}`;
  const rows = data.briefing.comparison.indicators.map((row, at) => ({ ...row, head: data.rows[at] }));
  const columns = [{ label: L.name, text: (row) => row.head }, { label: L.unit, text: (row) => row.unit },
    ...ids.map((id) => ({ label: nameOf(id), text: (row) => members(row, id).map(value).join(L.list),
      node: (row) => members(row, id).length ? members(row, id).map((one) => el("div", { class: "value" }, placeButton(one, data.printed[one].value, () => row.indicators),
        el("small", {}, when(one)))) : el("span", { class: "none" }, L.not_mentioned) }))];
  return new Table("aligned", L.aligned, columns, rows).node;
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
  return { label: L.theme, text: (row) => row.themes.map((key) => themes.get(key) ?? key).join(L.and), choices: themes,
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
  const rows = [...items.values()].filter((item) => item.type === "task" && item.standing === "proven");
  const printed = (row) => data.printed[row.id];
  const many = (list) => (list.length < 4 ? el("ul", {}, list.map((text) => el("li", {}, text)))
    : el("details", {}, el("summary", {}, fill(L["page.items"], { count: list.length })), el("ul", {}, list.map((text) => el("li", {}, text)))));
  const columns = used([
    { label: L.ordinal, text: (row) => String(row.ordinal), number: (row) => row.ordinal },
    ...(several ? [byDocument()] : []),
    { label: L.task, text: (row) => `${printed(row).group} ${row.title}`, node: (row) => [printed(row).group ? el("small", { class: "group" }, printed(row).group) : "",
      placeButton(row.id, row.title, () => taskTable.current.map((one) => one.id))] },
    { label: L.steps, text: (row) => printed(row).steps.join(L.list), node: (row) => many(printed(row).steps) },
    { label: L.lead, text: (row) => row.lead.join(L.and) }, { label: L.support, text: (row) => row.support.join(L.and) },
    { label: L.deadline, text: (row) => printed(row).deadline, order: (row) => row.deadline_date ?? "9999" },
    { label: L.target, text: (row) => printed(row).targets.join(L.list), node: (row) => many(printed(row).targets) },
    { label: L.kind, text: (row) => L[`kind.${row.kind}`], choices: choices("kind", ["task", "near_term", "safeguard"]), choice: (row) => [row.kind] },
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
  const rows = [...items.values()].filter((item) => item.type === "indicator" && item.standing === "proven");
  let table;
  const columns = used([
    { label: L.name, text: (row) => row.name, node: (row) => placeButton(row.id, row.name, () => table.current.map((one) => one.id)) },
    ...(several ? [byDocument()] : []),
    { label: L.base, text: (row) => data.printed[row.id].base, number: (row) => row.base },
    { label: L.value, text: (row) => data.printed[row.id].value, number: (row) => row.value },
    { label: L.unit, text: (row) => row.unit },
    { label: L.status, text: (row) => L[`status.${row.status}`], choices: choices("status", ["achieved", "target"]), choice: (row) => [row.status] },
    { label: L.nature, text: (row) => (row.nature ? L[`nature.${row.nature}`] : "") },
    { label: L.period, text: (row) => data.printed[row.id].period, order: (row) => row.period_start ?? row.period_end ?? "9999" },
    byTheme(),
  ], rows);
  table = new Table("indicator-table", L.indicators, columns, rows, rowClass);
  section("indicators", counted(L.indicators, rows.length), rows.length ? table.node : el("p", {}, L.no_indicators));
}

function doubtful() {
  const rows = data.doubtful.map((one) => ({ ...items.get(one.id), ...one }));
  if (!rows.length) return;
  const kinds = new Map(["task", "indicator"].map((type) => [type, L[`item.${type}`]]));
  let table;
  const columns = [
    ...(several ? [byDocument()] : []),
    { label: L.kind, text: (row) => kinds.get(row.type), choices: kinds, choice: (row) => [row.type] },
    { label: L.item, text: (row) => row.content, node: (row) => placeButton(row.id, row.content, () => table.current.map((one) => one.id)) },
    { label: L.reason, text: (row) => row.reasons.map((one) => one.told).join(L.list), node: (row) => el("ul", {}, row.reasons.map((one) => el("li", {},
      el("button", { type: "button", class: "place", onclick: (event) => openPlace(row.document, one.span, one.told, event.currentTarget) }, one.told)))) },
  ];
  table = new Table("check-table", L.check, columns, rows, rowClass);
  section("check", counted(L.check, rows.length), el("p", { class: "note" }, L["check.note"]), table.node);
}

function rejected() {
  const rows = data.rejected;
  if (!rows.length) return;
  const messages = new Map(rows.map((row) => [row.message, row.message]));
  const kinds = (key) => new Map(rows.map((row) => [row[key], row[key]]));
  const columns = used([
    ...(several ? [byDocument()] : []),
    { label: L.words, text: (row) => row.words, node: (row) => (row.span ? el("button", { type: "button", class: "place",
      onclick: (event) => openPlace(row.document, row.span, row.message, event.currentTarget) }, row.words) : row.words) },
    { label: L.reason, text: (row) => row.message, choices: messages, choice: (row) => [row.message] },
    { label: L.kind, text: (row) => row.item, choices: kinds("item"), choice: (row) => [row.item] },
    { label: L.origin, text: (row) => row.origin, choices: kinds("origin"), choice: (row) => [row.origin] },
  ], rows).filter((column) => column.label === L.reason || !column.choices || column.choices.size > 1);
  section("rejected", counted(L.rejected, rows.length), el("p", { class: "note" }, L["rejected.note"]),
    new Table("rejected-table", L.rejected, columns, rows).node);
}

function parts(one) {
  if (!one.parts.length) return "";
  return el("details", {}, el("summary", {}, counted(L.parts, one.parts.length)), el("ul", {}, one.parts.map((part) => el("li", {},
    el("button", { type: "button", class: "place", onclick: (event) => openPlace(one.id, part, part.heading ?? L[`horizon.${part.horizon}`], event.currentTarget) },
      part.heading ?? `${part.start}\u2013${part.end}`), " ", el("small", {}, L[`horizon.${part.horizon}`])))));
}

function sources() {
  section("documents", L.documents_table, el("ul", { class: "documents" }, data.briefing.documents.map((one) => el("li", {},
    el("h3", {}, one.title ?? L.untitled),
    el("dl", {}, data.facts[one.id].map(([label, value]) => el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
    parts(one),
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
doubtful();
rejected();
sources();
