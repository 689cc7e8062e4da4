// Reads the details of one person in one evaluation: labels and their values; and what a tab of hers lists.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { elementKids, parentOf, all, first, closest, contains, squeeze, fold, text, visible, rank, outermost,
    innermost } = lib;
  const { addresses, parts, edits, partsBesideAdders, isNamedLine, valueOf } = lib;

  // What an element says without the buttons in it that change what stands there.
  const besidesEditing = (el) => {
    const buttons = [el, ...all(el, "button, a, [role=button]")].filter((button) => edits(button) || lib.isAdder(button));
    return buttons.reduce((said, button) => squeeze(said.replace(squeeze(text(button)), " ")), squeeze(text(el)));
  };
  // In a row of labels alone, the value stands below its label.
  const below = (label, row) => {
    const cells = elementKids(row), next = row.nextElementSibling;
    if (!cells.every((cell) => cell.matches("th")) || !next || elementKids(next).length !== cells.length || !elementKids(next).every((cell) => cell.matches("td"))) return null;
    return [elementKids(next)[cells.indexOf(label)]];
  };
  const after = (label) => {
    const cell = closest(label, "th, td"), row = cell && closest(cell, "tr");
    const alone = cell && squeeze(text(cell)) === squeeze(text(label));
    if (row && alone) return (cell.matches("th") && below(cell, row)) || elementKids(row).slice(elementKids(row).indexOf(cell) + 1);
    for (let el = label, up = 0; parentOf(el) && up < 6; el = parentOf(el), up += 1) {
      const rest = [];
      for (let next = el.nextSibling; next; next = next.nextSibling) {
        const isElement = next.nodeType === Node.ELEMENT_NODE;
        if (isElement && next.matches("dt, label")) break;
        if (isElement ? (squeeze(text(next, true)) && (besidesEditing(next) || !squeeze(text(next)))) || first(next, "input, select, textarea") : squeeze(next.data)) rest.push(next);
        if (el.matches("dt") && isElement && !next.nextElementSibling?.matches("dd")) break;
      }
      if (rest.length) return rest;
      if (besidesEditing(parentOf(el)) !== squeeze(text(label))) return [];
    }
    return [];
  };
  // "Groups (2)": how many there are is none of them.
  const counts = (key, said) => /^\(\d+\+?\)$/.test(said) || (/^\d+$/.test(said) && (key === "groups" || key === "managers"));
  const labelsOfDetail = (root, aliases) =>
    innermost(lib.textElements(root, aliases).filter((el) => visible(el) && !closest(el, "button, a, option, [role=tab], [role=option], [role=menuitem], h1") && !lib.within(root, el, "nav") && (el.matches("label") || !lib.clickable(el))));
  // What stands beside a label, and the field that it names.
  const labelled = (root, aliases) => {
    const fields = lib.find(root, { kind: "field", words: aliases });
    const places = labelsOfDetail(root, aliases).flatMap((label) => after(label).slice(0, 1)).filter((n) => n.nodeType === Node.ELEMENT_NODE);
    return fields.length ? fields : places;
  };
  const isPastAdder = (root, label, value) =>
    all(root, "button, a, [role=button]").some((el) => lib.isAdder(el) && visible(el) && !contains(value, el) &&
      label.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING && el.compareDocumentPosition(value) & Node.DOCUMENT_POSITION_FOLLOWING);
  // Whether a button says what somebody is called, or is one of her groups, and not what it does.
  const holdsDetail = (root, el, { names, lists }) => {
    const every = [...names, ...lists];
    const labelled = lib.byIds(el, "aria-labelledby").some((n) => n !== el && !contains(el, n) && rank([text(n)], every) < Infinity);
    // Alone with its label: the smallest box around both says nothing else.
    const alone = (label) => {
      const box = lib.ancestors(label).find((a) => contains(a, el));
      return !!box && squeeze(text(box)) === squeeze(`${text(label)} ${text(el)}`);
    };
    // What comes behind the field that a label names is not the label's any more.
    const isPast = (label, place) => !!label.control && !contains(place, label.control) && !!(label.control.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
    const standsFor = (words, is) => labelsOfDetail(root, words).some((label) => { const [place] = after(label); return !!place && contains(place, el) && !isPast(label, place) && is(place); });
    return lib.turnsToField(el) || labelled || labelsOfDetail(root, names).some(alone) || standsFor(lists, (place) => !lib.textElements(place, every).some(visible));
  };
  const readDetails = (root, { fields }) => {
    const out = {};
    const words = Object.values(fields).flat();
    for (const [key, aliases] of Object.entries(fields)) {
      const found = lib.find(root, { kind: "field", words: aliases, lines: key === "groups" || key === "managers" });
      // When somebody was here last is chosen nowhere: the list beside these words is another field's.
      const controls = key === "last_login" ? found.filter((el) => el.matches("input, textarea") && rank(lib.labelNames(el), aliases) < Infinity) : found;
      if (controls.length === 1 && lib.mayAdd(controls[0])) continue;
      if (controls.length === 1 && !lib.isAdder(controls[0])) {
        out[key] = { ...valueOf(controls[0], { words: aliases }), datetime: null, titles: [], control: true };
        continue;
      }
      const labels = labelsOfDetail(root, aliases);
      const named = all(root, "[role=group]").filter((el) => visible(el) && rank(lib.labelNames(el), aliases) < Infinity && isNamedLine(el));
      const values = named.length ? [named] : labels.map((label) => after(label)).filter((v) => v.length);
      if (values.length === 1) {
        const els = values[0].filter((n) => n.nodeType === Node.ELEMENT_NODE);
        if (els.some((n) => [n, ...all(n, "button, a, [role=button]")].some(lib.mayAdd))) continue;
        const cell = partsBesideAdders(els);
        const plain = values[0].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => squeeze(n.data)).filter(Boolean);
        const said = squeeze([...plain, cell.text].join(" "));
        // Below a label with what adds to it: chips, or the next label, and then there are none.
        if (!named.length && labels.some((label) => isPastAdder(root, label, values[0][0]))) {
          const isNext = els.some((n) => innermost(lib.textElements(n, words)).some(visible) || rank([text(n)], words) < Infinity);
          if (isNext) out[key] = { text: "", parts: [], datetime: null, titles: [], control: false };
          if (isNext || !cell.apart) continue;
        }
        // The next label is not this label's value.
        if (!counts(key, said) && (rank([said], words) === Infinity || rank([said], aliases) < Infinity))
          out[key] = { ...cell, text: said, parts: [...plain, ...cell.parts], control: false };
      } else if (!values.length) {
        const lines = lib.leaves(root).filter(visible).map((el) => squeeze(text(el)));
        const hits = lines.map((line) => aliases.map((w) => (fold(line).startsWith(`${fold(w)}:`) ? squeeze(line.slice(w.length + 1)) : "")).find(Boolean)).filter(Boolean);
        if (hits.length === 1) out[key] = { text: hits[0], parts: [hits[0]], datetime: null, titles: [], control: false };
      }
    }
    const lines = innermost(lib.leaves(root).filter(visible));
    const own = lines.filter((el) => !lib.within(root, el, "nav, header[role=banner], [role=banner], table, [role=grid], [role=listbox]")).flatMap((el) => (el.matches("input") ? [el.value] : [squeeze(text(el))]));
    const typed = lib.controls(root).filter((el) => el.matches("input, textarea")).map((el) => squeeze(el.value));
    return {
      values: out,
      busy: lib.busy(root) || (root !== document.body && lib.saysLoading(root)),
      addresses: [...new Set([...own, ...typed].flatMap(addresses))],
      headings: all(root, "h1, h2, h3, h4, h5, h6, [role=heading]").filter(visible).map((el) => ({ level: Number(el.getAttribute("aria-level") || el.tagName.slice(1)) || 2, text: squeeze(text(el)) })),
      lines: [...new Set(own.filter(Boolean))].slice(0, 400),
    };
  };

  // What a tab shows: the panel that is tied to it; else, of the one that is chosen, the only panel there is in the
  // smallest box around the row of tabs and one, if that is tied to no other.
  const panelsOf = (tab) => {
    const panels = all(document, "[role=tabpanel]").filter(visible);
    const tied = panels.filter((el) => lib.byIds(tab, "aria-controls").includes(el) || lib.byIds(el, "aria-labelledby").includes(tab));
    const row = closest(tab, "[role=tablist]");
    if (tied.length || !row || tab.getAttribute("aria-selected") !== "true") return tied;
    const around = lib.ancestors(row).slice(1).find((box) => panels.some((el) => contains(box, el)));
    const rows = around ? all(around, "[role=tablist]").filter(visible) : [];
    const others = all(document, "[role=tab]").filter((el) => el !== tab);
    const isOthers = (el) => others.some((other) => lib.byIds(other, "aria-controls").includes(el) || lib.byIds(el, "aria-labelledby").includes(other));
    return rows.length === 1 ? panels.filter((el) => contains(around, el) && !isOthers(el)) : [];
  };
  // What a tab that was opened holds, where that is one list and nothing to fill in: the pieces of text of each entry.
  // Of an empty one what it says instead. Null for anything else.
  const listedOnTab = (tab) => {
    const panels = panelsOf(tab);
    if (panels.length !== 1 || lib.controls(panels[0]).length) return null;
    const lists = outermost(all(panels[0], "ul, ol, [role=list], table").filter(visible));
    if (lists.length > 1) return null;
    // What leads to more of them: the list is not the whole.
    const more = lib.leaves(panels[0]).some((el) => visible(el) && (lists.every((list) => !contains(list, el)) || lib.clickable(el)) && /^(\+\s?\d+|(load|show|view|see) (\d+ )?(more|all)|more|next|›|»|\d+ more)\b/i.test(squeeze(text(el))));
    if (more) return null;
    const entries = lists.flatMap((list) => (list.matches("table") ? all(list, "tbody tr") : elementKids(list)).filter(visible));
    return { entries: entries.map((entry) => parts(entry)).filter((said) => said.length), text: squeeze(text(panels[0])) };
  };

  return Object.assign(lib, { labelled, holdsDetail, readDetails, listedOnTab });
}
