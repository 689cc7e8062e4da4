// Says how what the other files find is rendered, by which word it was found, and what else is there in its place.
// A function of the object that they make; used by `workramp check` and `record` alone.
(lib) => {
  const { squeeze, text, rank, visible, bare, all, first, closest, elementKids } = lib;
  const NATIVE = "button, a[href], input, select, textarea, summary, option, table, thead, tr, th, td, dialog, form, fieldset, meter, progress";
  const NO_ROLE = /^(none|presentation|generic)?$/;
  // native: an HTML control as it is; aria: something that says with a role what it is; text: neither, it only looks so.
  const rendered = (el) => {
    const role = (el.getAttribute("role") || "").trim().toLowerCase();
    const popup = el.hasAttribute("aria-haspopup") && !/^(false)?$/.test(el.getAttribute("aria-haspopup"));
    const tag = el.tagName.toLowerCase();
    if (!NO_ROLE.test(role)) return { dialect: "aria", as: role };
    if (popup) return { dialect: "aria", as: `${tag} with a ${el.getAttribute("aria-haspopup")}` };
    if (el.matches(NATIVE)) return { dialect: "native", as: tag === "input" ? `input ${el.type}` : tag };
    return { dialect: "text", as: tag };
  };
  const fieldNames = (el) => [...lib.labelNames(el), el.getAttribute("placeholder"), el.getAttribute("data-placeholder"), el.getAttribute("title")].map(squeeze).filter(Boolean);
  const namesOf = (el, kind) => (/field|search/.test(kind) ? fieldNames(el) : lib.actionNames(el));
  // The spelling that this element is known by; where no name ties it (a label beside it), the one that finds it.
  const wordOf = (root, el, query) => {
    if (!query.words || el.matches("input[type=file]")) return null;
    const names = namesOf(el, query.kind);
    let best = null, least = Infinity;
    for (const word of query.words) {
      const r = rank(names, [word]);
      if (r < least) [best, least] = [word, r];
    }
    return best ?? query.words.find((word) => lib.find(root, { ...query, like: "", words: [word] }).includes(el)) ?? null;
  };
  const describe = (root, el, query) => {
    const word = wordOf(root, el, query);
    const names = namesOf(el, query.kind);
    return { ...rendered(el), word, name: names.find((n) => word && rank([n], [word]) < Infinity) || word || names[0] || null };
  };
  // What else of the kind is there, and is not known as something else: the candidates for a changed word.
  const instead = (root, query, known) => {
    const chrome = "nav, [role=navigation], [role=banner], footer, label, [role=row], tbody tr, [role=listbox], [role=option], option";
    const field = /field|search/.test(query.kind);
    let els = field ? lib.controls(root) : query.kind === "file" ? [] : [...all(root, lib.ACTIONS), ...lib.leaves(root).filter((el) => visible(el) && lib.clickable(el) && !closest(el, lib.ACTIONS))].filter(visible);
    const above = (el) => closest(el, "header") && !closest(closest(el, "header"), "main, section, article, [role=main], [role=dialog], dialog");
    const outside = (el) => el.getBoundingClientRect().right <= 0 || el.getBoundingClientRect().bottom <= 0;
    els = els.filter((el) => !closest(el, chrome) && !above(el) && !outside(el) && !el.matches("[type=checkbox], [type=radio]"));
    // A button that says what a filter is set to is called otherwise with every choice; one that adds or takes away a value
    // of somebody's is no action on the screen.
    const ofValue = (el) => (el.matches("[aria-haspopup]") && /\p{L}: \S/u.test(squeeze(text(el)))) || lib.isAdder(el) || /^remove\s/i.test(namesOf(el, query.kind)[0] || "");
    if (!field) els = els.filter((el) => !ofValue(closest(el, lib.ACTIONS) || el));
    const names = els.map((el) => namesOf(el, query.kind)[0] || "").filter((n) => n && n.length <= 60 && /\p{L}/u.test(n) && !n.includes("@"));
    if (field) {
      // A label that is tied to nothing names the field beside it.
      const untied = all(root, "label, legend, dt, div, span").filter((el) => visible(el) && !closest(el, `${chrome}, button, a`) && !elementKids(el).length && squeeze(text(el)) && lib.find(root, { kind: "field", words: [squeeze(text(el))] }).length === 1);
      names.push(...untied.map((el) => squeeze(text(el))).filter((n) => n.length <= 60));
    }
    return [...new Set(names.map((n) => n.replace(/[\s*:]+$/, "")))].filter((n) => rank([n], known) === Infinity && bare(n)).slice(0, 12);
  };
  // queries: [{kind, words, ...}]; known: every spelling of the screen's other elements.
  const inspect = (root, { queries, known }) =>
    queries.map((query) => {
      const found = lib.find(root, query);
      return { count: found.length, found: found.slice(0, 3).map((el) => describe(root, el, query)), instead: found.length === 1 ? [] : instead(root, query, known) };
    });

  const inspectTable = (root, { columns }) => {
    const table = lib.readTable(root, { columns });
    const hosts = lib.find(root, { kind: "table", columns });
    const host = hosts.length === 1 ? hosts[0] : null;
    const word = (name, key) => (key ? columns[key].map((w) => [rank([name], [w]), w]).sort((a, b) => a[0] - b[0])[0][1] : null);
    const own = host && (host.matches("table, [role]") ? host : first(host, "table, [role=grid], [role=table], [role=treegrid]") || host);
    return {
      found: table.found,
      ...(own ? rendered(own) : { dialect: null, as: null }),
      headers: table.headers.filter((h) => h.name).map((h) => ({ name: h.name, key: h.key, word: word(h.name, h.key) })),
      rows: table.rows.length,
      nameless: table.rows.filter((row) => !row.email).length,
      values: Object.fromEntries(["role", "status"].map((key) => [key, [...new Set(table.rows.map((row) => row.cells[key]?.text).filter(Boolean))].slice(0, 20)])),
      instead: lib.headerTexts(root),
    };
  };

  return Object.assign(lib, { rendered, inspect, inspectTable });
}
