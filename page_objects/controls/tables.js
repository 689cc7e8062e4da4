// Reads a whole table in one evaluation, as that of people: its columns, its rows and whose each is; and its counters.
// A function of the object that the files before it make; adds to it the kinds row, table and opener.
(lib) => {
  const { kids, elementKids, parentOf, all, first, closest, contains, ancestors, squeeze, text, visible, rank,
    innermost } = lib;
  const { addresses, addressKey, isAddress, parts, labelsOf, glyphsOf, cellOf, busy, asksToSignIn } = lib;
  // ---- tables -------------------------------------------------------------------------------------------------
  const keyOf = (name, columns) => {
    let found = null, least = Infinity;
    for (const [key, words] of Object.entries(columns)) {
      const r = rank([name], words);
      if (r < least) [found, least] = [key, r];
    }
    return found;
  };
  // A header may hold a filter, which says in the same breath what it is set to: "Status Any".
  const FILTERS = "select, input, button, [role=button], [role=listbox], [role=combobox], [aria-haspopup]";
  const withoutFilter = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return text(node);
    return node.matches(FILTERS) ? " " : first(node, FILTERS) ? kids(node).map(withoutFilter).join("") : text(node);
  };
  // What is said to screen readers alone besides, as how a list is sorted: "Name, sorted ascending".
  const asDrawn = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return text(node);
    return visible(node) ? kids(node).map(asDrawn).join("") : " ";
  };
  const titleOf = (cell, columns) => {
    const whole = squeeze(text(cell)) || squeeze(cell.getAttribute("aria-label"));
    if (keyOf(whole, columns)) return whole;
    return [withoutFilter, asDrawn].map((read) => squeeze(read(cell))).find((own) => own && keyOf(own, columns)) || whole;
  };
  const TABLES = "table, [role=grid], [role=table], [role=treegrid]";
  const ROWS = "tr, [role=row]";
  const CELLS = "td, th, [role=cell], [role=gridcell], [role=rowheader], [role=columnheader]";
  const rowsOf = (table) => all(table, ROWS).filter((row) => closest(row, TABLES) === table || contains(table, row));
  const cellsOf = (row) => all(row, CELLS).filter((cell) => closest(parentOf(cell), ROWS) === row);
  const position = (cell, index) => Number(cell.getAttribute("aria-colindex")) || index + 1;
  const spread = (cells) => {
    let index = 0;
    return cells.map((cell) => {
      const at = position(cell, index);
      index += cell.colSpan || 1;
      return [at, cell];
    });
  };
  const isHeader = (row) => {
    const cells = cellsOf(row);
    return cells.length > 1 && cells.every((c) => c.matches("th, [role=columnheader]"));
  };
  // One detail of somebody under the other, as "Status | User": what looks like a header is one of the details.
  const isDetails = (rows, columns) => rows.filter((row) => keyOf(squeeze(text(row[0])), columns)).length > 2;
  const isDetailsTable = (table, columns) => isDetails(rowsOf(table).map(cellsOf).filter((cells) => cells.length > 1), columns);
  const semantic = (root, columns) => {
    const found = [];
    for (const table of all(root, TABLES).filter(visible)) {
      const rows = rowsOf(table);
      const called = rows.find(isHeader) || rows.find((row) => closest(row, "thead"));
      const header = called || rows[0];
      if (!header || (!called && isDetailsTable(table, columns))) continue;
      const headers = spread(cellsOf(header)).map(([at, cell]) => ({ at, name: titleOf(cell, columns), el: cell }));
      for (const h of headers) h.key = h.name ? keyOf(h.name, columns) : null;
      const known = headers.filter((h) => h.key).length;
      if (known < 2) continue;
      let body = rows.filter((row) => row !== header && !isHeader(row) && !closest(row, "tfoot"));
      let host = table;
      // Some tables keep their header in a table of its own above the one with the rows.
      if (!body.filter(visible).length) {
        for (let a = parentOf(table), up = 0; a && up < 4 && host === table; a = parentOf(a), up += 1) {
          const other = all(a, TABLES).find((t) => t !== table && !contains(t, table) && rowsOf(t).some((r) => visible(r) && cellsOf(r).length === headers.length));
          if (other) [host, body] = [a, rowsOf(other)];
        }
      }
      found.push({ host, headers, known, rows: body.filter(visible).map((row) => ({ el: row, cells: spread(cellsOf(row)) })) });
    }
    const inner = innermost(found.map((t) => t.host));
    const kept = found.filter((t) => t.rows.length || inner.includes(t.host));
    const most = Math.max(0, ...kept.map((t) => t.known));
    return kept.filter((t) => t.known === most);
  };
  // A box to tick in the head of a list stands there for every row.
  const selectsAll = (cell) => !squeeze(text(cell)) && all(cell, "input, textarea").every((el) => el.type === "checkbox");
  // Without roles: a box whose children are header words, and the boxes beside it with as many children.
  const roleless = (root, columns) => {
    const words = Object.values(columns).flat();
    const labels = innermost(lib.textElements(root, words).filter((el) => visible(el) && !closest(el, "label, button, a, option, dt, th, [role=columnheader]")));
    const heads = new Map();
    for (const label of labels) {
      for (let cell = label, up = 0; parentOf(cell) && up < 4; cell = parentOf(cell), up += 1) {
        const row = parentOf(cell);
        const hit = labels.filter((other) => contains(row, other));
        if (hit.length < 2) continue;
        const children = elementKids(row);
        const keys = children.map((c) => (squeeze(text(c)) ? keyOf(squeeze(text(c)), columns) : null));
        const beside = elementKids(parentOf(row)).map(elementKids).filter((cells) => cells.length > 1);
        if (keys.filter(Boolean).length >= 2 && children.every((c) => selectsAll(c) || !first(c, "input, textarea")) && !isDetails(beside, columns)) heads.set(row, keys);
        break;
      }
    }
    const found = [];
    for (const [head, keys] of heads) {
      const headers = elementKids(head).map((c, i) => ({ at: i + 1, name: squeeze(text(c)), key: keys[i], el: c }));
      for (let host = parentOf(head), up = 0; host && up < 3; host = parentOf(host), up += 1) {
        const rows = all(host, "*").filter(
          (el) => el !== head && !contains(el, head) && !contains(head, el) && elementKids(el).length === headers.length && visible(el) && (addresses(text(el)).length || lib.isGroups(columns)),
        );
        const outer = lib.outermost(rows);
        if (outer.length) {
          found.push({ host, headers, known: keys.filter(Boolean).length, rows: outer.map((el) => ({ el, cells: elementKids(el).map((c, i) => [i + 1, c]) })) });
          break;
        }
        if (up === 2 || host === root) found.push({ host: parentOf(head), headers, known: keys.filter(Boolean).length, rows: [] });
      }
    }
    return found;
  };
  let known = { turn: -1 };
  const tables = (root, columns) => {
    if (known.turn === lib.turnOf() && known.root === root) return known.found;
    let found = semantic(root, columns);
    if (!found.length) found = roleless(root, columns);
    if (!found.length) found = lib.peopleLists(root, columns);
    known = { turn: lib.turnOf(), root, found: lib.isGroups(columns) ? lib.groupTables(root, found) : found };
    return known.found;
  };
  // Whose row an element is, noted while its address was in view: of a wide table only some columns are drawn at a time.
  const WHOSE = Symbol.for("page-objects.whose");
  const rowNumber = (el) => el.getAttribute("aria-rowindex") || el.getAttribute("data-rowindex") || el.getAttribute("data-id");
  // Somebody may be called by another's address: "Assistant to ann@x.example" above her own, which stands by itself, below
  // what she is called, and where it stands in the rows that have one address alone. Who has no name may be called by her
  // own address: that is no such place, as other rows have names there.
  const step = (el) => `${el.localName} ${elementKids(parentOf(el)).indexOf(el)}`;
  const placeIn = (cell, leaf) => {
    const up = ancestors(leaf);
    return up.slice(0, up.indexOf(cell)).map(step).join("/");
  };
  // A place and those around it: what is a name in one row may be drawn within what is an address in another.
  const around = (place) => place.split("/").map((_, at, steps) => steps.slice(at).join("/"));
  const placesOf = (cell) => lib.leaves(cell).map((leaf) => [placeIn(cell, leaf), squeeze(text(leaf))]).filter(([, said]) => said);
  const usualPlaces = lib.once((host) => new Map());
  // Where own addresses stand in a column, and where other rows have words that are none, as names; `sure` rows tell it.
  const usualPlace = (table, at) => {
    const known = usualPlaces(table.host);
    if (!known.has(at)) {
      const cells = table.rows.map((row) => row.cells.find(([place]) => place === at)?.[1]).filter(Boolean);
      const others = new Set(cells.flatMap(placesOf).flatMap(([place, said]) => (isAddress(said) ? [] : around(place))));
      const single = cells.filter((cell) => cellOf(cell).addresses.length === 1);
      const places = [...new Set(single.flatMap(placesOf).flatMap(([place, said]) => (isAddress(said) && !others.has(place) ? place : [])))];
      const own = places.length === 1 ? places[0] : undefined;
      known.set(at, own === undefined ? null : { own, names: [...others], sure: single.filter((cell) => placesOf(cell).some(([place, said]) => place === own && isAddress(said))).length });
    }
    return known.get(at);
  };
  // The same as a fuller page of this list told it: one row alone, as a search finds it, tells nothing.
  const KEPT = Symbol.for("page-objects.own-address");
  const FULL = 3;
  const addressColumn = (table) => table.headers.find((h) => h.key === "email") || table.headers.find((h) => h.key === "name");
  const listOf = (table) => table.headers.map((h) => h.key || "").join();
  const keptPlace = (table, at) => (window[KEPT]?.list === listOf(table) && window[KEPT].at === at ? window[KEPT] : null);
  const placeToKeep = (table) => {
    const at = addressColumn(table)?.at, usual = at === undefined || table.rows.some((row) => row.isItem) ? null : usualPlace(table, at);
    return usual && usual.sure >= FULL ? { list: listOf(table), at, own: usual.own, names: usual.names.slice(0, 40) } : null;
  };
  // Of several that stand by themselves, the last, where that is the usual place and the others stand where names do.
  const atUsualPlace = (cell, whole, usual) => {
    const placed = placesOf(cell).filter(([, said]) => whole.includes(said)), [place, own] = placed[placed.length - 1] || [];
    const rest = placed.filter(([, said]) => said !== own);
    return usual && place === usual.own && rest.every(([there]) => usual.names.includes(there)) ? own : null;
  };
  const ownAddresses = (cell, table, at) => {
    const { addresses: said, parts: pieces } = cellOf(cell);
    const whole = said.length > 1 ? [...new Set(pieces.filter(isAddress))] : [];
    if (!whole.length || (whole.length === 1 && isAddress(pieces[0]))) return said;
    const own = [...new Set([usualPlace(table, at), keptPlace(table, at)].map((usual) => atUsualPlace(cell, whole, usual)).filter(Boolean))];
    return own.length === 1 ? own : said;
  };
  const addressOf = (row, table) => {
    if (row.isItem) return row.own;
    const column = addressColumn(table);
    const cell = column && row.cells.find(([at]) => at === column.at);
    const own = cell ? ownAddresses(cell[1], table, column.at) : [];
    if (own.length === 1) {
      (window[WHOSE] ??= new WeakMap()).set(row.el, { address: own[0], number: rowNumber(row.el) });
      return own[0];
    }
    const noted = !table.headers.some((h) => h.key === "email") && window[WHOSE]?.get(row.el);
    return noted && noted.number === rowNumber(row.el) ? noted.address : null;
  };
  // `ownAddress`: where own addresses stand in this list, as it was learnt before.
  const readTable = (root, { columns, ownAddress }) => {
    if (ownAddress) window[KEPT] = ownAddress;
    const found = tables(root, columns);
    if (found.length !== 1) return { found: found.length, headers: [], rows: [], empty: false };
    const [table] = found;
    const rows = table.rows
      .filter((row) => row.isItem || row.cells.length > 1)
      .map((row) => {
        const cells = {};
        for (const header of table.headers) {
          const cell = header.key && row.cells.find(([at]) => at === header.at);
          if (cell) cells[header.key] = cellOf(cell[1]);
        }
        Object.assign(cells, row.told);
        const pieces = [...parts(row.el)];
        const others = table.headers.filter((h) => h.key === "groups" || h.key === "managers").flatMap((h) => row.cells.find(([at]) => at === h.at)?.[1] || []);
        const top = Math.round(row.el.getBoundingClientRect().top);
        return { email: addressOf(row, table), cells, pieces, text: pieces.join(" ").slice(0, 400), marks: [...labelsOf(row.el), ...glyphsOf(row.el, others)], place: rowNumber(row.el) || `top ${top}` };
      });
    const header = table.headers.map((h) => ({ name: h.name, key: h.key }));
    // Rows without a word are bones, drawn until the rows come, or fill the table up: nobody's.
    const said = rows.filter((row) => row.text);
    return { found: 1, headers: header, rows: said, bones: rows.length > 0 && !said.length, size: Number(table.host.getAttribute("aria-rowcount")) || null, ownAddress: placeToKeep(table) };
  };
  const findRows = (root, { columns, email }) =>
    tables(root, columns).flatMap((table) => table.rows.filter((row) => addressKey(addressOf(row, table) || "") === addressKey(email)).map((row) => row.el));
  const findTables = (root, { columns }) => tables(root, columns).map((table) => table.host);
  // The name in a row that leads to the person: a link or a clickable text in the name column, else in the e-mail column.
  const findOpeners = (root, { columns, email }) =>
    tables(root, columns).flatMap((table) =>
      table.rows.filter((row) => addressKey(addressOf(row, table) || "") === addressKey(email)).flatMap((row) => {
        for (const key of ["name", "first_name", "last_name", "email"]) {
          const header = table.headers.find((h) => h.key === key);
          const cell = header && row.cells.find(([at]) => at === header.at)?.[1];
          if (!cell) continue;
          const links = all(cell, "a:not([href^='mailto:']), button, [role=link], [role=button]").filter((el) => visible(el) && squeeze(text(el)));
          if (links.length) return lib.outermost(links);
          // Of an item the name itself was read, which may lie in what leads there.
          const around = row.isItem && closest(cell, "a:not([href^='mailto:']), button, [role=link], [role=button]");
          if (around && around !== row.el && contains(row.el, around) && visible(around)) return [around];
          const plain = innermost(all(cell, "*").filter((el) => visible(el) && squeeze(text(el)) && lib.clickable(el)));
          if (plain.length && getComputedStyle(row.el).cursor !== "pointer") return [plain[0]];
        }
        if (getComputedStyle(row.el).cursor !== "pointer" && !(row.isItem && row.el.matches("[role=option]"))) return [];
        // A row that leads there as a whole: by her name in it, as what lies in its middle may do something else.
        const named = ["name", "first_name", "last_name", "email"].map((key) => table.headers.find((h) => h.key === key)).flatMap((h) => (h && row.cells.find(([at]) => at === h.at)?.[1]) || []);
        return [named.find((cell) => visible(cell) && squeeze(text(cell))) || row.el];
      }),
    );

  // ---- counters, and a look at the whole --------------------------------------------------------------------------
  const counters = (root, { columns }) => {
    const rows = tables(root, columns).flatMap((table) => table.rows.map((row) => row.el));
    const out = new Set();
    for (const node of lib.textNodes(root)) {
      if (!/\d/.test(node.data)) continue;
      let el = parentOf(node);
      if (!el || rows.some((row) => contains(row, el)) || !visible(el)) continue;
      out.add(squeeze(node.data));
      while (parentOf(el) && /^inline/.test(getComputedStyle(el).display)) el = parentOf(el);
      for (let up = 0; el && up < 3 && contains(root, el); el = parentOf(el), up += 1) {
        const line = squeeze(text(el));
        if (line.length <= 120) out.add(line);
      }
    }
    return [...out];
  };
  const lookAtTable = (root, argument) => {
    const read = readTable(root, argument);
    const loads = !!read.bones || busy(root);
    const nobody = argument.nobody && !read.rows.length ? lib.count(root, argument.nobody) > 0 : null;
    const closable = !read.found && !!lib.closable();
    return { ...read, busy: loads, wide: lib.isWide(root, argument), asks: asksToSignIn(root, argument.signIn), nobody, closable };
  };
  const headerTexts = (root) => {
    const headers = all(root, "th, [role=columnheader]").filter(visible).map((el) => squeeze(text(el))).filter(Boolean);
    return (headers.length ? headers : lib.likeLists(root)).slice(0, 24);
  };

  Object.assign(lib.KINDS, { row: findRows, table: findTables, opener: findOpeners });
  return Object.assign(lib, { keyOf, isDetailsTable, tables, addressOf, readTable, counters, lookAtTable, headerTexts });
}
