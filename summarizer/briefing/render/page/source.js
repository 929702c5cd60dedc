// The source beside the item: the whole text of its document, its evidence marked, what cleaning dropped greyed.

const panel = document.getElementById("source");
const state = { id: null, list: [], opener: null };

function placeButton(id, label, list) {
  return el("button", { type: "button", class: "place", "data-item": id, onclick: (event) => openItem(id, event.currentTarget, list) }, label);
}

function openItem(id, opener, list) {
  const item = items.get(id);
  Object.assign(state, { id, opener: opener ?? state.opener, list: list?.() ?? state.list });
  const change = corrections.get(id)?.edit ?? {};
  openSpan(item.document, change.start ?? item.evidence.start, change.end ?? item.evidence.end, item.title ?? `${item.name} ${data.printed[id].value}`, item);
}

function openPlace(id, span, title, opener) {
  Object.assign(state, { id: null, opener, list: [] });
  openSpan(id, span.start, span.end, title, null);
}

function openSpan(id, start, end, title, item) {
  const text = el("div", { class: "text", id: "text", lang: "zh", tabindex: "0", role: "region", "aria-label": L.source }, pieces(id, start, end));
  panel.replaceChildren(
    el("div", { class: "bar" },
      el("h2", { id: "source-title", tabindex: "-1" }, title),
      el("button", { type: "button", class: "close", onclick: closeSource, "aria-label": L["page.close"] }, "\u2715")),
    el("p", { class: "where" }, `${nameOf(id)} \u00b7 ${documents.get(id).path} \u00b7 ${start}\u2013${end}`),
    item ? el("p", { class: "where origin" }, `${L.origin}${L.colon}${data.printed[item.id].origin}`) : "",
    item ? neighbours() : "", item ? verdicts(item) : "", text);
  panel.hidden = false;
  document.body.classList.add("reading");
  document.querySelectorAll("tr.open").forEach((row) => row.classList.remove("open"));
  if (item) document.querySelector(`tr[data-id="${CSS.escape(item.id)}"]`)?.classList.add("open");
  state.opener?.scrollIntoView({ block: "nearest" });
  const mark = text.querySelector("mark");
  if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 4;
  document.getElementById("source-title").focus({ preventScroll: true });
}

function pieces(id, start, end) {
  if (!(id in data.sources)) return [L["page.no_source"]];
  const whole = length(id);
  const dropped = data.sources[id].dropped;
  const edges = new Set([0, whole, start, end]);
  dropped.forEach(([from, to]) => edges.add(from).add(to));
  const sorted = [...edges].filter((edge) => edge <= whole).sort((a, b) => a - b);
  let at = 0;
  return sorted.slice(1).map((to, index) => {
    const from = sorted[index];
    while (at < dropped.length && dropped[at][1] <= from) at += 1;
    const gone = at < dropped.length && dropped[at][0] <= from;
    const words = cut(id, from, to);
    const node = gone ? el("span", { class: "dropped", title: dropped[at][2] }, words) : document.createTextNode(shown(words));
    return from >= start && to <= end ? el("mark", {}, node) : node;
  });
}

function neighbours() {
  const at = state.list.indexOf(state.id);
  const step = (by) => el("button", { type: "button", onclick: () => {
    const next = state.list[state.list.indexOf(state.id) + by];
    if (next) openItem(next);
  }, ...(state.list[at + by] ? {} : { disabled: true }) }, by < 0 ? L["page.previous"] : L["page.next"]);
  return el("div", { class: "steps" }, step(-1), step(1));
}

function closeSource() {
  if (panel.hidden) return;
  panel.hidden = true;
  document.body.classList.remove("reading");
  document.querySelectorAll("tr.open").forEach((row) => row.classList.remove("open"));
  state.opener?.isConnected && state.opener.focus();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeSource();
});

// The selected stretch of the source text in code points, or null.
function selectedSpan() {
  const text = document.getElementById("text");
  const selection = getSelection();
  if (!text || !selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return null;
  const chosen = selection.getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(chosen.startContainer, chosen.startOffset);
  const start = Array.from(before.toString()).length;
  return { start, end: start + Array.from(chosen.toString()).length };
}
