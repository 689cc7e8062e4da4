// Reads a whole screen in one evaluation: the table of people, the details of one person, counters and messages.
// A function of the object that find.js evaluates to; adds to it.
(lib) => {
  const { squeeze, fold, bare, text, rank, visible, innermost, outermost, isIcon, kids, elementKids, parentOf, all, first, closest, contains, ancestors } = lib;
  const ADDRESS = /[^\s<>()[\]",;:|]+@[^\s<>()[\]",;:|]+\.[^\s<>()[\]",;:|.]+/gu;
  // A sentence's end is no part of an address.
  const addresses = (s) => [...new Set((squeeze(s).match(ADDRESS) || []).map((a) => a.replace(/[?!'’”»…]+$/u, "")))];
  // Case of the same letter is one address; a letter that only becomes ASCII by lowering is another letter.
  const addressKey = (s) =>
    [...squeeze(s)].map((c) => (c < "\u0080" || !/^[\0-\x7f]+$/.test(c.toLowerCase()) ? c.toLowerCase() : c)).join("");

  // What a chip says of its group besides its name: "New Hires dynamic".
  const isKind = (node) => node.nodeType === Node.ELEMENT_NODE && !node.matches("a") && !/[,;]\s*$/.test(node.previousSibling?.textContent || "") && /^[^\p{L}\p{N}]*(dynamic|static|automatic|auto|smart|rules?|rule-based|managed|locked|synced)[)\]]?$/iu.test(squeeze(text(node)));

  // Within one item of a list a kind may stand beside the one element that holds the name; another chip is drawn as that.
  const isBesideName = (kind) => {
    const item = parentOf(kind);
    if (!item.matches("li, [role=listitem]")) return false;
    const others = elementKids(item).filter((el) => el !== kind && !isIcon(el) && /[\p{L}\p{N}]/u.test(text(el)));
    return others.length === 1 && (others[0].localName !== kind.localName || others[0].className !== kind.className);
  };

  // Words a part of which is highlighted, as what was searched for is: "jo" and, marked, "ann@x.example" are one address.
  // What is only bold may be a badge or a name beside it: it belongs to an address that is none without it.
  const isInline = (node) => {
    const style = getComputedStyle(node), space = (side) => parseFloat(style[`margin${side}`]) !== 0 || parseFloat(style[`padding${side}`]) > 4;
    return style.display === "inline" && !space("Left") && !space("Right") && !elementKids(node).length;
  };
  const isAddress = (said) => addresses(said).length === 1 && addresses(said)[0] === said;
  const isHighlighted = (node) => {
    const pieces = kids(node).filter((n) => n.nodeType === Node.ELEMENT_NODE || (n.nodeType === Node.TEXT_NODE && n.data));
    const marked = pieces.filter((n) => n.nodeType === Node.ELEMENT_NODE);
    const goesOn = pieces.some((n, at) => at && /\S$/.test(pieces[at - 1].textContent) && /^\S/.test(n.textContent));
    if (!goesOn || !marked.length || marked.length === pieces.length || !marked.every(isInline)) return false;
    if (marked.every((n) => n.matches("mark, [class*=highlight i]"))) return true;
    const bold = marked.every((n) => n.matches("mark, b, strong, em, u, font, [class*=highlight i]"));
    return bold && isAddress(squeeze(node.textContent)) && !pieces.some((n) => isAddress(squeeze(n.textContent)));
  };

  // The pieces a cell or value is made of: each chip, badge or line on its own.
  const parts = lib.once((el) => {
    const out = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (/[\p{L}\p{N}]/u.test(node.data)) out.push(squeeze(node.data));
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || isIcon(node) || /^(script|style|template|option)$/i.test(node.tagName) || (node !== el && lib.isKeptBack(node))) return;
      const whole = squeeze(text(node));
      if (!/[\p{L}\p{N}]/u.test(whole)) return;
      // "+" and "1" are often two pieces of text in one box.
      if (!elementKids(node).some((c) => c.localName === "br" || (!isIcon(c) && squeeze(text(c))))) {
        out.push(whole);
        return;
      }
      if (isHighlighted(node)) {
        out.push(squeeze(node.textContent));
        return;
      }
      if (node.matches("button, [role=button]") && !squeeze(text(node)).match(/[\p{L}\p{N}]/u)) return;
      if (getComputedStyle(node).display === "none") return;
      const named = kids(node).some((n) => n.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(n.data));
      for (const child of kids(node)) if (!(isKind(child) && (named || isBesideName(child)))) walk(child);
    };
    walk(el);
    return out;
  });
  const painted = (style) => !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) && Number(style.opacity) > 0;
  // A chip's colour is sometimes a box of its own that lies under its text.
  const isUnderlay = (el) => !squeeze(text(el)) && getComputedStyle(el).position === "absolute" && painted(getComputedStyle(el));
  // Whether a cell's pieces are set apart by more than punctuation: items of a list, or boxes with a look of their own.
  const setApart = (el) =>
    all(el, "li, [role=listitem]").length > 0 ||
    all(el, "*").some((n) => {
      if (isIcon(n) || !n.checkVisibility() || !/[\p{L}\p{N}]/u.test(text(n)) || n.matches("a, button")) return false;
      const style = getComputedStyle(n);
      return painted(style) || parseFloat(style.borderTopWidth) > 0 || lib.elementKids(n).some((c) => isUnderlay(c));
    });
  const labelsOf = (el) => all(el, "[aria-label]").map((n) => squeeze(n.getAttribute("aria-label")));
  // What a picture without a text is explained by.
  const glyphsOf = (row, besides) => all(row, "[title]").filter((n) => !squeeze(text(n)) && !besides.some((cell) => contains(cell, n))).map((n) => squeeze(n.getAttribute("title")));
  // Libraries that draw a title themselves take it away from the browser.
  const TITLED = "[title], [data-original-title], [data-bs-original-title], [data-title], abbr";
  const titleOfElement = (n) => ["title", "data-original-title", "data-bs-original-title", "data-title"].map((name) => n.getAttribute(name)).find(Boolean);
  const cellOf = lib.once((el) => ({
    text: squeeze(text(el)),
    parts: parts(el),
    apart: setApart(el),
    titles: [el, ...all(el, TITLED)].map(titleOfElement).filter(Boolean).map(squeeze),
    labels: labelsOf(el),
    datetime: first(el, "time[datetime]")?.getAttribute("datetime") || null,
    href: first(el, "a[href]")?.getAttribute("href") || null,
    addresses: [...new Set([...parts(el).flatMap(addresses), ...all(el, "a[href^='mailto:']").flatMap((a) => addresses(decodeURIComponent(a.getAttribute("href").slice(7))))])],
  }));

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
  const titleOf = (cell, columns) => {
    const whole = squeeze(text(cell)) || squeeze(cell.getAttribute("aria-label")), own = squeeze(withoutFilter(cell));
    return own && own !== whole && !keyOf(whole, columns) && keyOf(own, columns) ? own : whole;
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
        if (keys.filter(Boolean).length >= 2 && children.every((c) => !first(c, "input, textarea")) && !isDetails(beside, columns)) heads.set(row, keys);
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
  const usualPlace = (table, at) => {
    const known = usualPlaces(table.host);
    if (!known.has(at)) {
      const cells = table.rows.map((row) => row.cells.find(([place]) => place === at)?.[1]).filter(Boolean);
      const others = new Set(cells.flatMap(placesOf).flatMap(([place, said]) => (isAddress(said) ? [] : around(place))));
      const sure = cells.filter((cell) => cellOf(cell).addresses.length === 1).flatMap(placesOf);
      const places = [...new Set(sure.flatMap(([place, said]) => (isAddress(said) && !others.has(place) ? place : [])))];
      known.set(at, places.length === 1 ? places[0] : undefined);
    }
    return known.get(at);
  };
  const ownAddresses = (cell, table, at) => {
    const { addresses: said, parts: pieces } = cellOf(cell);
    const whole = said.length > 1 ? [...new Set(pieces.filter(isAddress))] : [];
    if (whole.length !== 1 || isAddress(pieces[0])) return said;
    const usual = usualPlace(table, at);
    return usual !== undefined && placesOf(cell).some(([place, own]) => place === usual && own === whole[0]) ? whole : said;
  };
  const addressOf = (row, table) => {
    if (row.isItem) return row.own;
    const column = table.headers.find((h) => h.key === "email") || table.headers.find((h) => h.key === "name");
    const cell = column && row.cells.find(([at]) => at === column.at);
    const own = cell ? ownAddresses(cell[1], table, column.at) : [];
    if (own.length === 1) {
      (window[WHOSE] ??= new WeakMap()).set(row.el, { address: own[0], number: rowNumber(row.el) });
      return own[0];
    }
    const noted = !table.headers.some((h) => h.key === "email") && window[WHOSE]?.get(row.el);
    return noted && noted.number === rowNumber(row.el) ? noted.address : null;
  };
  const readTable = (root, { columns }) => {
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
    return { found: 1, headers: header, rows: said, bones: rows.length > 0 && !said.length, size: Number(table.host.getAttribute("aria-rowcount")) || null };
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
          const plain = innermost(all(cell, "*").filter((el) => visible(el) && squeeze(text(el)) && lib.clickable(el)));
          if (plain.length && getComputedStyle(row.el).cursor !== "pointer") return [plain[0]];
        }
        if (getComputedStyle(row.el).cursor !== "pointer" && !(row.isItem && row.el.matches("[role=option]"))) return [];
        // A row that leads there as a whole: by her name in it, as what lies in its middle may do something else.
        const named = ["name", "first_name", "last_name", "email"].map((key) => table.headers.find((h) => h.key === key)).flatMap((h) => (h && row.cells.find(([at]) => at === h.at)?.[1]) || []);
        return [named.find((cell) => visible(cell) && squeeze(text(cell))) || row.el];
      }),
    );

  // ---- counters, busy signs, messages -----------------------------------------------------------------------------
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
  // A document whose answer is complete may still be read in by the browser: it holds the first of its rows until then.
  // A bar with a value measures something, such as seats, however busy it calls itself.
  const busy = (root) =>
    document.readyState === "loading" ||
    all(root, "[aria-busy=true]:not([role=progressbar][aria-valuenow]), [role=progressbar]:not([aria-valuenow]), [class*=skeleton i], [class*=spinner i], [class*=loadingoverlay i], [class*=loading-overlay i]").some(visible);
  const LOOKS_LIKE_ERROR = "[class*=error i], [class*=invalid i], [class*=danger i], [class*=help i], [class*=feedback i]";
  const reds = new Map();
  const isRed = (color) => {
    if (!reds.has(color)) {
      const dot = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
      dot.fillStyle = color;
      dot.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = dot.getImageData(0, 0, 1, 1).data;
      reds.set(color, a > 100 && r > 130 && r > 1.7 * g && r > 1.7 * b);
    }
    return reds.get(color);
  };
  // Many consoles mark an objection by nothing but its colour: red words that are no button, badge or heading.
  const SPEAKS_OTHERWISE = `${lib.ACTIONS}, label, legend, h1, h2, h3, h4, h5, h6, table, [role=grid], [role=option], [role=menu], [class*=badge i], [class*=chip i], [class*=tag i]`;
  const redSentences = (root) =>
    lib.leaves(root).filter((el) => /\p{L}\S*\s+\S*\p{L}/u.test(text(el)) && !closest(el, SPEAKS_OTHERWISE) && isRed(getComputedStyle(el).color) && !lib.clickable(el));
  // The console's own words to the person, and not the number in a badge: alerts, toasts and what is said beside a field.
  // What a message says without what takes it away: a cross before it, or "Dismiss" behind.
  const DISMISSES = /^(?:[×✕✖x]|dismiss|close|ok|got it)$/i;
  const saidBy = (el) => {
    let said = squeeze(text(el));
    for (const word of all(el, "button, [role=button], a").map((way) => squeeze(text(way))).filter((way) => DISMISSES.test(way)))
      said = said.startsWith(`${word} `) ? said.slice(word.length + 1) : said.endsWith(` ${word}`) ? said.slice(0, -word.length - 1) : said;
    return said;
  };
  const messages = (root) => {
    const beside = all(root, "[aria-invalid=true]").flatMap((el) => [...lib.byIds(el, "aria-errormessage"), ...lib.byIds(el, "aria-describedby")]);
    const loud = all(root, `${lib.REPORTS}, ${LOOKS_LIKE_ERROR}`).filter((el) => !el.matches("input, select, textarea, button, form, body, html"));
    const short = [...beside, ...loud, ...redSentences(root)].filter((el) => visible(el) && /\p{L}/u.test(text(el)) && !first(el, "input, select, textarea, table, time") && !closest(el, "time"));
    return [...new Set(innermost([...new Set(short)]).map(saidBy).filter((s) => s.length < 400))];
  };
  const messagesAround = (root) => [...new Set([...messages(document.body), ...messages(root)])];
  // Just before a click: what is seen and said now is no answer to it.
  const noteBefore = (root, slot) => {
    lib.remember(root, slot);
    return messages(root);
  };

  // Whether a form to sign in is here, by its words.
  const asksToSignIn = (root, words) => !!words && lib.count(root, { kind: "sign-in", ...words }) > 0;
  const lookAtTable = (root, argument) => {
    const read = readTable(root, argument);
    const loads = !!read.bones || busy(root);
    return { ...read, busy: loads, wide: lib.isWide(root, argument), asks: asksToSignIn(root, argument.signIn) };
  };
  const headerTexts = (root) => {
    const headers = all(root, "th, [role=columnheader]").filter(visible).map((el) => squeeze(text(el))).filter(Boolean);
    return (headers.length ? headers : lib.likeLists(root)).slice(0, 24);
  };

  // ---- details: labels and their values ---------------------------------------------------------------------------
  const chosen = (el) => [...el.selectedOptions].map((o) => squeeze(o.textContent)).filter(Boolean);
  // What an empty control says in place of a value: "Select groups…", "Choose a role".
  const ASKS_FOR = /^(select|choose|pick|add|set|search|find)\b/;
  // What such a field may be for, where its own label is not tied to it.
  const FOR = /\b(groups?|managers?|people|persons?|users?|roles?|names?|e-?mails?|someone|somebody|options?|values?)$/;
  const isPlaceholder = (el) => {
    const said = fold(text(el));
    const labels = lib.labelNames(el).flatMap((name) => bare(name).split(" "));
    return ASKS_FOR.test(bare(said)) && !setApart(el) && (/(…|\.\.\.)$/.test(said) || FOR.test(said) || labels.some((word) => word.length > 2 && said.split(" ").includes(word)));
  };
  // A switch without a role: a small clickable box without text, whose state shows only in how it is drawn.
  const looksLikeSwitch = (el) => {
    const box = el.getBoundingClientRect();
    return !el.matches("input, select, textarea, button, [role], [contenteditable]") && !squeeze(text(el)) && box.width <= 90 && box.height <= 50 && box.width > box.height && lib.clickable(el);
  };
  const ON = /(^|[\s_-])(on|checked|active|selected|enabled)([\s_-]|$)/i;
  const isOn = (el) => [el, ...elementKids(el)].some((n) => ON.test(n.getAttribute("class") || "") || /^(on|checked|true)$/.test(n.dataset.state || n.dataset.checked || ""));
  const shapeOf = (el) => {
    if (lib.isLines(el)) return "lines";
    if (el.matches("select")) return el.multiple ? "select-many" : "select";
    const ticks = all(el, "input[type=checkbox], [role=checkbox]").length, radios = all(el, lib.RADIOS).length;
    // Beside several to choose one of, a single box to tick is a word to agree to.
    if (ticks && !(ticks === 1 && radios > 1)) return "boxes";
    if (radios) return "radios";
    const popup = (!el.list && el.matches("[role=combobox], [role=listbox], [aria-haspopup], [aria-autocomplete]")) || !el.matches("input, textarea, [contenteditable], [role=textbox]");
    const typed = el.matches("input, textarea, [contenteditable]") && !el.readOnly && !el.disabled;
    return popup ? (typed ? "popup-typed" : "popup") : "text";
  };
  // Whether a chip has something to take it away with, as what a field holds has and what only stands there has not.
  const canGo = (el, chip) => lib.find(el, { kind: "chip-remover", words: [chip] }).length > 0;
  const COUNTS = /^(\d+)( \p{L}+){0,3}$/u;
  // What the whole of an offered value says, of which only a part may have been looked for: a name and an address.
  const optionSaid = (el) => {
    const whole = closest(el, "label, li, [role=option], [role=menuitemcheckbox], [role=checkbox]") || el;
    const isMore = addresses(text(whole)).length > 1 || first(whole, "input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]");
    return parts(isMore ? el : whole);
  };
  // What stands beside the buttons that add to it, or change it: all that the place holds.
  const partsBesideAdders = (els) => {
    const buttons = els.flatMap((n) => [n, ...all(n, "button, a, [role=button]")]);
    const done = buttons.filter((el) => edits(el) || lib.isAdder(el)).map((el) => squeeze(text(el))).filter(Boolean);
    const left = (cell) => ({ ...cell, text: done.length ? cell.parts.filter((p) => !done.includes(p)).join(" ") : cell.text, parts: cell.parts.filter((p) => !done.includes(p)) });
    const cells = els.map(cellOf).map(left);
    return { text: squeeze(cells.map((c) => c.text).join(" ")), parts: cells.flatMap((c) => c.parts), apart: cells.some((c) => c.apart), datetime: cells.map((c) => c.datetime).find(Boolean) || null, titles: cells.flatMap((c) => c.titles) };
  };
  // A group that is named, and in which there is nothing to fill in but by buttons that add to it.
  const isNamedLine = (el) => lib.labelNames(el).length > 0 && lib.controls(el, { hidden: true }).every((c) => c === el || lib.isAdder(c));
  const namedLine = (el) => [closest(el, "[role=group]")].find((group) => group && isNamedLine(group)) || null;
  // What a control holds: typed text, the chosen option, the chips in its box.
  const valueOf = (el) => {
    if (lib.isLines(el)) return { text: lib.linesHold(el).join("; "), parts: lib.linesHold(el) };
    if (el.matches("select")) return { text: chosen(el).join("; "), parts: chosen(el) };
    if (el.matches("[type=checkbox], [role=checkbox], [role=switch]")) {
      const on = el.checked ?? el.getAttribute("aria-checked") === "true";
      return { text: String(on), parts: [String(on)] };
    }
    if (looksLikeSwitch(el) || el.matches("button[aria-pressed]")) {
      const on = el.hasAttribute("aria-pressed") ? el.getAttribute("aria-pressed") === "true" : isOn(el);
      return { text: String(on), parts: [String(on)] };
    }
    const shape = shapeOf(el);
    if (el.matches("fieldset, [role=radiogroup]") || (/^(boxes|radios)$/.test(shape) && !el.matches("input, select, textarea, button, [role=combobox], [role=listbox], [aria-haspopup]"))) {
      const RADIO = "input[type=radio]:checked, [role=radio][aria-checked=true]";
      const on = all(el, shape === "radios" ? RADIO : "input:checked, [role=radio][aria-checked=true], [role=checkbox][aria-checked=true]");
      const isRadio = (o) => o.matches("[type=radio], [role=radio]");
      const names = on.map((o) => squeeze((isRadio(o) ? lib.radioNames(o)[0] : lib.namesOfBox(o)[0]) || text(o) || o.value));
      return { text: names.join("; "), parts: names };
    }
    const line = lib.isAdder(el) && namedLine(el);
    if (line) return partsBesideAdders([line]);
    const chips = [...lib.keptBeside(el), ...chipsOf(el)];
    if (el.matches("input, textarea")) {
      // What cannot be typed into only sums up its chips: "2 options selected".
      // What is typed beside chips has not become one yet.
      if (el.value && !(el.readOnly && chips.length)) {
        const held = !el.readOnly && (lib.holdsChips(el) || chips.some((chip) => canGo(el, chip))) ? chips : null;
        return { text: squeeze(el.value), parts: [...chips, squeeze(el.value)], held, each: chipAddresses(el) };
      }
      return { text: chips.join("; "), parts: chips, each: chipAddresses(el) };
    }
    const own = parts(el);
    if (isPlaceholder(el)) {
      const below = chipsOf(el).filter((chip) => !own.includes(chip) && canGo(el, chip));
      return { text: below.join("; "), parts: below, each: chipAddresses(el) };
    }
    // What only says how many it holds may show them below: as many as it says, each with a way to take it away.
    const count = own.length === 1 && COUNTS.exec(own[0]);
    const held = count ? chipsOf(el).filter((chip) => chip !== own[0] && canGo(el, chip)) : [];
    if (held.length && held.length === Number(count[1])) return { text: held.join("; "), parts: held, each: chipAddresses(el) };
    return { text: own.length ? squeeze(text(el)) : chips.join("; "), parts: own.length ? own : chips, each: chipAddresses(el) };
  };
  // A field of the list that a control opens, as for looking a name up: the list is tied to the control, by either side.
  const inItsList = (c, el) => {
    const its = [...lib.byIds(el, "aria-controls"), ...lib.byIds(el, "aria-owns")];
    const tied = (list) => lib.byIds(list, "aria-labelledby").includes(el) || its.some((own) => contains(own, list) || contains(list, own));
    return lib.ancestors(c).some((a) => a.matches("[role=dialog], [role=listbox], [popover]") && !contains(a, el) && tied(a));
  };
  const othersIn = (box, el, besides) =>
    lib.controls(box, { hidden: true }).filter((c) => c !== el && !contains(c, el) && !contains(el, c) && !c.matches(`[aria-hidden=true], [type=checkbox]${besides}`) && !inItsList(c, el));
  // The box of a composite control: the largest ancestor that holds this control and no other, and no label.
  const boxOf = (el) => {
    let box = el;
    for (let a = parentOf(el), up = 0; a && up < 6; a = parentOf(a), up += 1) {
      if (othersIn(a, el, "").length || a.matches("form, [role=dialog], body, td, label, fieldset") || all(a, "label, legend").some((l) => !closest(l, "[aria-hidden=true]") && !first(l, "input"))) break;
      box = a;
    }
    return box;
  };
  // The part of a form that belongs to one field: its label, its box, its chips, its hint.
  const itemOf = (el) => {
    let item = el;
    for (let a = parentOf(el), up = 0; a && up < 6; a = parentOf(a), up += 1) {
      if (othersIn(a, el, ", [type=file]").length || a.matches("form, [role=dialog], body, td, fieldset") || first(a, "nav, [role=tab]")) break;
      item = a;
    }
    return item;
  };
  const isChip = (el, item) => {
    for (let a = el, up = 0; a && a !== item && up < 3; a = parentOf(a), up += 1) {
      const style = getComputedStyle(a);
      if (!/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) && style.display !== "block") return true;
      if (first(a, "button, [role=button], svg, [class*=remove i], [class*=close i]") && lib.chipText(a) === lib.chipText(el)) return true;
    }
    return false;
  };
  // A button that says a word and has no cross is a button, not a chip.
  const isButton = (n) => {
    const button = closest(n, "button, a, [role=button], [role=tab]");
    return !!button && !first(button, "svg, button, [role=button], [class*=remove i], [class*=close i]");
  };
  // Nor is a link or tab in its box, unless it is called a chip: some are taken away by a click on them.
  const leadsOn = (n) => isButton(n) && !closest(n, "[class*=chip i], [class*=tag i], [class*=token i], [class*=label i], [class*=badge i], [class*=pill i]");
  const chipSays = (chip) => lib.chipText(chip) || squeeze(text(chip));
  const chipsOf = (el) => wholeOf(el, [...new Set(chipElements(el).map(chipSays))]);
  const chipElements = (el) => {
    const box = boxOf(el);
    const item = itemOf(el);
    const labels = lib.labelNames(el).map(bare);
    const beside = item === box ? [] : lib.leaves(item).filter((n) => !contains(box, n) && !closest(n, "label, legend, [role=listbox], [role=menu]") && visible(n) && !isButton(n) && isChip(n, item));
    const outside = beside.filter((n) => /[\p{L}\p{N}]/u.test(lib.chipText(n)) && !labels.includes(bare(lib.chipText(n))));
    const helps = new Set([...lib.byIds(el, "aria-describedby"), ...lib.byIds(el, "aria-errormessage"), ...lib.byIds(el, "aria-labelledby").filter((n) => !first(n, "button, [role=button]"))]);
    const LISTS = "[role=listbox], [role=menu]";
    const HINTS = "[class*=placeholder i], [class*=help i], [class*=hint i], [class*=error i], [class*=message i]";
    const NO_CHIP = `${HINTS}, button:not(:has(*)):not([class*=chip i])`;
    const saysHint = (n) => all(n, HINTS).some((hint) => squeeze(text(hint)) === squeeze(text(n)));
    // What the box lies in, or the field, may be named for its help or its errors too.
    const hintOf = (n) => closest(n, NO_CHIP);
    const within = (n) => (contains(box, hintOf(n)) && !contains(hintOf(n), el)) || (contains(box, closest(n, LISTS)) && !lib.inChipList(n));
    const skip = (n) => !visible(n) || [...helps].some((h) => contains(h, n)) || within(n) || saysHint(n) || first(n, LISTS);
    const inside = innermost(all(box, "*").filter((n) => n !== el && !contains(n, el) && /[\p{L}\p{N}]/u.test(text(n)) && !skip(n))).filter((n) => !(labels.includes(bare(text(n))) || leadsOn(n)) || canGo(el, lib.chipText(n)));
    return [...inside, ...outside];
  };
  // The address of each chip, in its text or, where that is a name, in its title; null where one tells none.
  const chipAddresses = (el) => {
    if (!first(itemOf(el), "[title*='@']")) return null;
    const each = chipElements(el).map((chip) => lib.chipTitle(chip) || (addresses(chipSays(chip))[0] === chipSays(chip) ? chipSays(chip) : null));
    return each.length && each.every(Boolean) ? each : null;
  };
  // Chips may end in "+2": what they leave out is chosen in the control's own list.
  const wholeOf = (el, chips) => {
    const more = chips.map((c) => c.match(/^\+\s?(\d+)(\s+more)?$/i)).find(Boolean);
    if (!more) return chips;
    const ticked = lib.byIds(el, "aria-controls").flatMap((list) => all(list, "[role=option][aria-selected=true]")).map((o) => squeeze(text(o)));
    return ticked.length === chips.length - 1 + Number(more[1]) && chips.every((c) => c === more[0] || ticked.includes(c)) ? ticked : chips;
  };
  // A button that changes what stands there. A group's name may begin with such a word and be a link: "Make Friends".
  const edits = (el) => lib.does(el) && /^\p{L}+$|\b(roles?|groups?|managers?|names?|details?|profile|information|users?|person|admin|all|more|actions|options)$/iu.test(squeeze(text(el)));
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
    const standsFor = (words, is) => labelsOfDetail(root, words).some((label) => { const [place] = after(label); return !!place && contains(place, el) && is(place); });
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
        out[key] = { ...valueOf(controls[0]), datetime: null, titles: [], control: true };
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
      addresses: [...new Set([...own, ...typed].flatMap(addresses))],
      headings: all(root, "h1, h2, h3, h4, h5, h6, [role=heading]").filter(visible).map((el) => ({ level: Number(el.getAttribute("aria-level") || el.tagName.slice(1)) || 2, text: squeeze(text(el)) })),
      lines: [...new Set(own.filter(Boolean))].slice(0, 400),
    };
  };

  // What a tab that was opened holds, where that is one list and nothing to fill in: the pieces of text of each entry.
  // Of an empty one what it says instead. Null for anything else.
  const listedOnTab = (tab) => {
    const panels = all(document, "[role=tabpanel]").filter((el) => visible(el) && (lib.byIds(tab, "aria-controls").includes(el) || lib.byIds(el, "aria-labelledby").includes(tab)));
    if (panels.length !== 1 || lib.controls(panels[0]).length) return null;
    const lists = outermost(all(panels[0], "ul, ol, [role=list], table").filter(visible));
    if (lists.length > 1) return null;
    // What leads to more of them: the list is not the whole.
    const more = lib.leaves(panels[0]).some((el) => visible(el) && (lists.every((list) => !contains(list, el)) || lib.clickable(el)) && /^(\+\s?\d+|(load|show|view|see) (\d+ )?(more|all)|more|next|›|»|\d+ more)\b/i.test(squeeze(text(el))));
    if (more) return null;
    const entries = lists.flatMap((list) => (list.matches("table") ? all(list, "tbody tr") : elementKids(list)).filter(visible));
    return { entries: entries.map((entry) => parts(entry)).filter((said) => said.length), text: squeeze(text(panels[0])) };
  };

  Object.assign(lib.KINDS, { row: findRows, table: findTables, opener: findOpeners });
  return Object.assign(lib, { isDetailsTable, tables, readTable, lookAtTable, asksToSignIn, headerTexts, counters, busy, messages, messagesAround, noteBefore, readDetails, holdsDetail, labelled, listedOnTab, optionSaid, shapeOf, valueOf, chipsOf, boxOf, othersIn, cellOf, isOn, isKind, parts, addresses, addressKey, addressOf });
}
