// Sortable, filterable tables that put rows on the page only as the reader comes to them.

const PAGE = 60;
const tables = [];
const collator = new Intl.Collator("zh-CN", { numeric: true });

class Table {
  // columns: {label, text(row), node(row)?, number(row)?, order(row)? (sorts in place of the text), choices?: Map value → label, choice(row)?: [values]}
  constructor(id, label, columns, rows, rowClass = () => "") {
    Object.assign(this, { id, label, columns, rows, rowClass, sort: null, choices: new Map(), query: "" });
    this.head = columns.map((column, index) => this.headCell(column, index));
    this.body = el("tbody");
    this.status = el("p", { class: "status", role: "status" });
    this.end = el("div", { class: "sentinel" });
    const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
      el("table", {}, el("thead", {}, el("tr", {}, this.head)), this.body), this.end);
    this.node = el("div", { class: "table", id }, this.controls(), scroll);
    this.body.addEventListener("keydown", (event) => this.walk(event));
    new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.more(), { root: scroll, rootMargin: "600px" })
      .observe(this.end);
    tables.push(this);
    this.update();
  }

  headCell(column, index) {
    return el("th", { scope: "col", class: column.number ? "number" : "" },
      el("button", { type: "button", class: "sort", onclick: () => this.sortBy(index) }, column.label));
  }

  controls() {
    this.search = el("input", { type: "search", placeholder: L["page.filter"], "aria-label": `${this.label}${L.colon}${L["page.filter"]}`,
      oninput: () => { this.query = this.search.value.trim().toLowerCase(); this.update(); } });
    this.selects = this.columns.filter((column) => column.choices && column.choices.size > 1).map((column) => {
      column.select = el("select", { "aria-label": `${this.label}${L.colon}${column.label}`,
        onchange: () => this.choose(column, column.select.value) },
        el("option", { value: "" }, `${column.label}${L.colon}${L["page.all"]}`),
        [...column.choices].map(([value, label]) => el("option", { value }, label)));
      return column.select;
    });
    return el("div", { class: "controls" }, this.search, this.selects, this.status);
  }

  choose(column, value) {
    if (column.select) column.select.value = value;
    this.choices.set(column, value);
    this.update();
  }

  sortBy(index) {
    const down = this.sort?.index === index && !this.sort.down;
    this.sort = { index, down };
    this.head.forEach((cell, at) => at === index
      ? cell.setAttribute("aria-sort", down ? "descending" : "ascending") : cell.removeAttribute("aria-sort"));
    this.update();
  }

  kept() {
    const rows = this.rows.filter((row) =>
      [...this.choices].every(([column, value]) => !value || column.choice(row).includes(value)) &&
      (!this.query || this.columns.some((column) => column.text(row).toLowerCase().includes(this.query))));
    if (!this.sort) return rows;
    const { index, down } = this.sort;
    const { number, text, order: key = text } = this.columns[index];
    const order = (a, b) => number
      ? (number(a) ?? Infinity) - (number(b) ?? Infinity) || 0
      : collator.compare(key(a), key(b));
    return rows.map((row, at) => [row, at])
      .sort(([a, i], [b, j]) => (down ? order(b, a) : order(a, b)) || i - j).map(([row]) => row);
  }

  update() {
    this.current = this.kept();
    this.body.replaceChildren();
    this.more();
    this.status.textContent = fill(L["page.count"], { shown: this.current.length, all: this.rows.length });
  }

  more(count = PAGE) {
    const at = this.body.childElementCount;
    this.body.append(...this.current.slice(at, at + count).map((row) => this.row(row)));
  }

  row(row) {
    return el("tr", { class: this.rowClass(row), "data-id": row.id ?? null },
      this.columns.map((column) => el("td", { "data-label": column.label, class: column.number ? "number" : "" },
        column.node ? column.node(row) : column.text(row))));
  }

  // Arrow keys go from row to row; the next page of rows is fetched on the way.
  walk(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const row = event.target.closest("tr");
    if (!row || event.target.matches("input, select, textarea")) return;
    if (event.key === "ArrowDown" && !row.nextElementSibling) this.more();
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    const button = next?.querySelector("button");
    if (button) { event.preventDefault(); button.focus(); }
  }

  refresh(id) {
    const old = this.body.querySelector(`tr[data-id="${CSS.escape(id)}"]`);
    const row = this.rows.find((one) => one.id === id);
    if (old && row) old.className = this.rowClass(row);
  }
}

addEventListener("beforeprint", () => tables.forEach((table) => table.more(Infinity)));
