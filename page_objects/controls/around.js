// What lies around the table of people: its pager and filters, how it scrolls, its menus, one person's place, the import.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { squeeze, fold, text, rank, visible, innermost, parentOf, all, first, closest, contains } = lib;
  const { addresses, addressKey, parts, tables, addressOf } = lib;
  // ---- going through a table that does not show everybody at once ------------------------------------------------
  // Of several controls with the same word, the ones nearest to the table: its own pager, its own filter.
  const nearest = (root, els, columns) => {
    const hosts = tables(root, columns).map((table) => table.host);
    if (els.length < 2 || !hosts.length) return els;
    const distance = (el) => {
      let up = 0;
      for (let a = hosts[0]; a && !contains(a, el); a = parentOf(a)) up += 1;
      return up;
    };
    const least = Math.min(...els.map(distance));
    return els.filter((el) => distance(el) === least);
  };
  // What stands above the table and once more below it is one control, drawn twice.
  const drawnOnce = (root, els, columns) => {
    const [table] = tables(root, columns);
    if (els.length !== 2 || !table) return els;
    const [above, below] = els;
    const follows = (a, b) => !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
    const said = (el) => JSON.stringify([lib.actionNames(el), lib.disabled(el), el.value ?? null]);
    return follows(above, table.host) && follows(table.host, below) && !contains(table.host, below) && said(above) === said(below) ? [below] : els;
  };
  // What lies in somebody's row is about her: an arrow there leads to her, and she may be called 'Next'.
  const inRowOf = (root, columns) => (el) => tables(root, columns).some((table) => table.rows.some((row) => contains(row.el, el)));
  // Of several spellings the earlier one: beside a "Next" or "›", a "»" leads to the last page.
  const findPagers = (root, { words, columns }) => {
    const spelling = (el) => words.findIndex((word) => rank(lib.actionNames(el), [word]) < Infinity);
    const toTheLast = (el) => lib.actionNames(el).some((name) => /^(go to )?(the )?last( (page|item))?$/i.test(squeeze(name)));
    const inRow = inRowOf(root, columns);
    const ways = lib.find(root, { kind: "action", words, besides: inRow }).filter((el) => !toTheLast(el));
    const found = lib.best(nearest(root, ways, columns).map((el) => [spelling(el) < 0 ? words.length : spelling(el), el]));
    return drawnOnce(root, found, columns);
  };
  // The number of a page stands among those of other pages; a number in a tab or badge counts something.
  const findPageNumbers = (root, { number, columns }) => {
    const names = [`${number}`, `page ${number}`, `go to page ${number}`];
    const named = (el) => lib.actionNames(el).some((name) => names.includes(fold(name)));
    const among = (el) => lib.ancestors(el).slice(1, 5).some((a) => lib.leaves(a).some((n) => squeeze(text(n)) === `${number - 1}` && !lib.inCell(n)));
    const inRow = inRowOf(root, columns);
    const found = lib.find(root, { kind: "action", words: names, besides: inRow }).filter((el) => named(closest(el, lib.ACTIONS) || el) && among(el));
    return drawnOnce(root, nearest(root, found, columns), columns);
  };
  const findFilters = (root, { words, columns }) => drawnOnce(root, nearest(root, lib.find(root, { kind: "field", words }), columns), columns);
  // What unfolds the filters of the list, and says by its kind that it unfolds something.
  const UNFOLDS = "[aria-expanded], [aria-haspopup], [popovertarget], summary";
  const findFilterOpeners = (root, { words, columns }) => {
    const inRow = inRowOf(root, columns);
    return drawnOnce(root, nearest(root, lib.find(root, { kind: "action", words, besides: inRow }).filter((el) => el.matches(UNFOLDS) && !lib.disabled(el)), columns), columns);
  };
  const isUnfolded = (el) => el.getAttribute("aria-expanded") === "true" || !!closest(el, "details[open]");
  // Pills, tabs or links over the list that show one status each and, the one asked for, all of them; with how many.
  const withoutCount = (said) => said.replace(/\s*[([]?\d[\d,.]*[)\]]?$/, "");
  const uncounted = (el) => lib.actionNames(el).map(withoutCount);
  // In the navigation they lead elsewhere, unless that is called so; beside 'None', or where none is turned to, they select.
  const likeStatusTabs = (root, filters, columns) => {
    const leadsAway = (el) => {
      const nav = closest(el, "nav, [role=navigation]");
      return (el.matches("a[href]") && el.pathname !== location.pathname) || (!!nav && rank([nav.getAttribute("aria-label") || ""], filters) === Infinity);
    };
    const inRow = inRowOf(root, columns);
    return all(root, lib.ACTIONS).filter((el) => visible(el) && !closest(el, "[role=menu], [role=listbox]") && !inRow(el) && !leadsAway(el));
  };
  const findStatusTabs = (root, { words, statuses, filters, columns }) => {
    const offered = likeStatusTabs(root, filters, columns);
    const others = offered.filter((el) => rank(uncounted(el), statuses) < Infinity);
    const isAmong = (el) => lib.ancestors(el).slice(1, 5).some((box) => {
      const beside = others.filter((other) => contains(box, other));
      return beside.length && [el, ...beside].some(isPresent) && !tables(root, columns).some((table) => contains(box, table.host));
    });
    return offered.filter((el) => rank(uncounted(el), words) < Infinity && isAmong(el));
  };
  const isPresent = (el) => [el, ...lib.ancestors(el).slice(1, 3)].some((a) => (a === el || a.matches("li")) && (a.matches(`${IS_PRESENT}, [aria-checked=true]`) || IS_CALLED_PRESENT.test(a.getAttribute("class") || "")));
  const IS_CALLED_PRESENT = /(^|[\s_-])(active|current|selected)(?=\s|$)/i;
  // A row of such tabs without one for all of them: everybody is in one of them. Others beside them that count somebody,
  // or are turned to, are among them by whatever name.
  const countOf = (el) => {
    const said = lib.actionNames(el).map((name) => /[([]?(\d[\d,.]*)[)\]]?$/.exec(squeeze(name))?.[1]).find(Boolean);
    return said === undefined ? null : Number(said.replace(/\D/g, ""));
  };
  const statusRow = (root, { every, statuses, actives, filters, columns }) => {
    const offered = likeStatusTabs(root, filters, columns), named = (words) => (el) => rank(uncounted(el), words) < Infinity;
    const known = offered.filter(named(statuses));
    const around = (el) => lib.ancestors(el).slice(1, 5).find((box) => known.some((other) => other !== el && contains(box, other)));
    const boxes = [...new Set(known.flatMap((el) => around(el) || []))];
    if (boxes.length !== 1 || tables(root, columns).some((table) => contains(boxes[0], table.host))) return [];
    const row = offered.filter((el) => contains(boxes[0], el));
    const tabs = row.filter((el) => known.includes(el) || isPresent(el) || countOf(el) !== null || named(actives)(el));
    return row.some(named(every)) || tabs.filter(isPresent).length !== 1 ? [] : tabs;
  };
  const tabName = (el) => withoutCount(squeeze(lib.actionNames(el)[0] || ""));
  const statusTabs = (root, query) => statusRow(root, query).map((el) => ({ name: tabName(el), count: countOf(el), present: isPresent(el) }));
  const findTabsOfStatus = (root, { name, ...query }) => statusRow(root, query).filter((el) => tabName(el) === name);
  // A button that says what the list is narrowed to, and opens a menu of the others: "Status: Active".
  const findStatusButtons = (root, { words, statuses, columns }) => {
    const inRow = inRowOf(root, columns);
    const says = (name) => {
      const [, what, value] = /^([^:]+):\s*(.+)$/.exec(name) || [];
      return !!what && rank([what], words) < Infinity && rank([withoutCount(value)], statuses) < Infinity;
    };
    return all(root, "button, [role=button], [role=combobox]").filter((el) => visible(el) && !inRow(el) && lib.actionNames(el).some(says));
  };
  // Such a button may be one half of a chip, whose other half takes the filter off: by its name, or as a bare cross.
  const TAKES_OFF = /^(?:remove|clear|reset|delete)\b/i;
  const CROSS = /^(?:[✕×✖xX]|remove|clear|delete)$/;
  const findFilterRemovers = (root, query) => {
    const [button, ...others] = findStatusButtons(root, query);
    if (!button || others.length) return [];
    const about = (name) => TAKES_OFF.test(name) && query.words.some((word) => fold(name).includes(fold(word)));
    for (const box of lib.ancestors(button).slice(1, 4)) {
      if (tables(root, query.columns).some((table) => contains(box, table.host))) return [];
      const beside = all(box, lib.ACTIONS).filter((el) => el !== button && visible(el) && !contains(button, el));
      const named = beside.filter((el) => lib.actionNames(el).some((name) => about(squeeze(name))));
      if (named.length) return named;
      if (beside.length) return beside.length === 1 && lib.actionNames(beside[0]).some((name) => CROSS.test(squeeze(name))) ? beside : [];
    }
    return [];
  };
  // What the body says of scrolling is meant for the window where the document says nothing of its own.
  const scrolls = (el) => /auto|scroll/.test(getComputedStyle(el).overflowY) && el.scrollHeight > el.clientHeight + 4 &&
    !(el === document.body && getComputedStyle(document.documentElement).overflowY === "visible");
  const scroller = (root, columns) => {
    const [table] = tables(root, columns);
    const around = new Set(table ? table.rows.flatMap((row) => lib.ancestors(row.el)) : []);
    const inside = table && all(table.host, "*").concat(lib.ancestors(table.host)).find((el) => around.has(el) && scrolls(el));
    return inside || document.scrollingElement;
  };
  const scrollState = (root, { columns }) => {
    const box = scroller(root, columns);
    return { own: box !== document.scrollingElement, end: box.scrollTop + box.clientHeight >= box.scrollHeight - 2, top: box.scrollTop };
  };
  // How the table scrolls and what leads to more of it, in one look: a list of thousands takes hundreds of these.
  // Where nothing does, the lines that may say how many there are in all.
  const stateOnward = (root, { columns }, { way, els }, scrolled = scrollState(root, { columns })) => ({
    found: tables(root, columns).length,
    lines: way === null && (!scrolled.own || scrolled.end) ? lib.counters(root, { columns }) : null,
    ...scrolled, way, count: els.length, disabled: els.length === 1 && lib.disabled(els[0]),
    ...(els.length === 1 ? placeAmongPages(els[0]) : { last: false, only: false, at: null }), pressed: false,
  });
  // Some pagers leave "Next" as it is on the last page. Of the numbers beside it the highest is the present one then, and
  // the one before it is there, too: a pager that shows the present number alone, and buttons for how many rows there
  // are to be on a page, tell nothing of the kind.
  const IS_PRESENT = "[aria-current]:not([aria-current=false]), [aria-selected=true], [aria-pressed=true]";
  const SAYS_PRESENT = /(^|[\s_-])(active|current|selected)(?=[\s_-]|$)/i;
  const placeAmongPages = (el) => {
    const number = (n) => Number(squeeze(text(n)).match(/^\d{1,6}$/)?.[0] ?? NaN);
    for (const box of lib.ancestors(el).slice(1, 5)) {
      const numbers = lib.leaves(box).filter((n) => !Number.isNaN(number(n)) && !lib.inCell(n));
      if (!numbers.length) continue;
      const counted = numbers.map(number);
      const present = numbers.filter((n) => lib.ancestors(n).some((a) => a !== box && contains(box, a) && (a.matches(IS_PRESENT) || SAYS_PRESENT.test(a.getAttribute("class") || ""))));
      // Where none is marked, the one that leads nowhere among those that lead to a page each.
      const plain = numbers.filter((n) => !closest(n, "a, button, [role=button]"));
      const stands = present.length || plain.length !== 1 || numbers.length < 2 ? present : plain;
      const at = stands.length === 1 ? number(stands[0]) : NaN;
      return { last: counted.includes(at - 1) && counted.every((n) => n <= at), only: counted.length === 1 && at === 1, at: null };
    }
    return { last: false, only: false, at: pageSaidBeside(el) };
  };
  // "Page 2", and not of how many: the present page by itself, beside what leads on.
  const pageSaidBeside = (el) => {
    const says = (n) => Number(/^page:? (\d{1,6})$/i.exec(squeeze(text(n)))?.[1] ?? NaN);
    for (const box of lib.ancestors(el).slice(1, 5)) {
      const said = [...new Set(lib.leaves(box).filter((n) => visible(n) && !lib.inCell(n)).map(says).filter((n) => !Number.isNaN(n)))];
      if (said.length) return said.length === 1 ? said[0] : null;
    }
    return null;
  };
  const onward = (root, query) => stateOnward(root, query, wayOnward(root, query));
  const wayOnward = (root, { columns, ways, number }) => {
    for (const [way, words] of ways.entries()) {
      const els = lib.find(root, { kind: "pager", words, columns });
      if (els.length) return { way, els };
    }
    const els = lib.find(root, { kind: "page-number", number, columns });
    return { way: els.length ? ways.length : null, els };
  };
  // The same, and the one control that leads on is pressed where it can be and no rows are left to scroll to.
  const turnOnward = (root, query) => {
    const found = wayOnward(root, query), state = stateOnward(root, query, found);
    if (found.els.length !== 1 || state.disabled || state.last || state.only || (state.own && !state.end)) return state;
    const { own, cover } = lib.coverOf(found.els[0]);
    if (own || cover) return state;
    found.els[0].click();
    return { ...state, pressed: true };
  };
  // What a page does about being scrolled, it does with the next picture it draws.
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  // Whether all rows are drawn, or all but those that its end will show: such a list need not be scrolled bit by bit.
  const isDrawnWhole = (root, box, columns) => {
    // A row without a word may only keep the room of others.
    const [table] = tables(root, columns);
    const said = table ? table.rows.filter((row) => squeeze(text(row.el))) : [];
    if (!said.length || !said.every((row) => addressOf(row, table))) return false;
    const rows = [...new Map(said.map((row) => row.el.getBoundingClientRect()).map((row) => [Math.round(row.top), row])).values()];
    const top = Math.min(...rows.map((row) => row.top)), bottom = Math.max(...rows.map((row) => row.bottom));
    const above = top - box.getBoundingClientRect().top + box.scrollTop;
    const height = Math.min(bottom - top, rows.reduce((sum, row) => sum + row.height, 0));
    return above <= box.clientHeight / 2 && above + height + box.clientHeight / 2 >= box.scrollHeight;
  };
  const scrollOn = async (root, { columns, back = false }) => {
    const box = scroller(root, columns);
    box.scrollTop = back ? 0 : isDrawnWhole(root, box, columns) ? box.scrollHeight : box.scrollTop + Math.max(box.clientHeight * 0.7, 40);
    box.dispatchEvent(new Event("scroll", { bubbles: true }));
    await drawn();
    return lib.look(() => scrollState(root, { columns }))(root);
  };
  // A line beside the rows that stands where more of them are to come.
  const SAYS_MORE = /^(?:loading|fetching) (?:more(?: \p{L}+){0,2}|(?:people|users|members|results))\s*(?:…|\.{3})?$|^(?:scroll|keep scrolling)(?: down)? (?:for|to (?:load|see|show)) more\b/iu;
  const saysMore = (root, { columns }) => {
    const inRow = inRowOf(root, columns);
    return lib.leaves(root).some((el) => SAYS_MORE.test(squeeze(text(el))) && visible(el) && !inRow(el));
  };
  // Where the actions on one row lie, as far as the row itself shows it.
  const rowActions = (row) => ({
    names: all(row, "button, a, [role=button], [role=menuitem]").filter(visible).map((el) => lib.actionNames(el)[0] || ""),
    ticks: all(row, "[type=checkbox], [role=checkbox]").length,
  });

  const wholeText = (root) => squeeze(text(root));
  const addressesIn = (root) => [...new Set([...addresses(text(root)), ...[root, ...all(root, "input, textarea")].flatMap((el) => addresses(el.value || ""))])];
  const HERS = Symbol.for("page-objects.hers");
  // Where one person is shown with exactly this address: a dialog or drawer, else a page that is not the list.
  // Whether two addresses of the console are about the same: but for a tab, the other is the one, or goes on where it ends.
  const TAB = /([?&])(tab|view|section|panel|pane)=[^&#]*|\/(overview|details|profile|general|groups|managers)(?=$|[?#])/gi;
  const samePlace = (one, other) => {
    const [shorter, longer] = [one, other].map((place) => place.replace(TAB, "").replace(/[?&/]+$/, ""));
    return longer.startsWith(shorter) && /^($|[/?#&])/.test(longer.slice(shorter.length));
  };
  // A part of the page beside the list is about whose address stands there as such, else about the first that it says:
  // those of her managers come after her own.
  const PANES = "section, aside, article, [role=region], [role=complementary]";
  const isAbout = (el, key, columns) => {
    const stated = lib.labelled(el, columns.email).flatMap(addressesIn);
    const [first] = stated.length ? stated : addressesIn(el);
    return !!first && addressKey(first) === key && stated.every((a) => addressKey(a) === key);
  };
  const findPerson = (root, { columns, email, since = "click" }) => {
    const key = addressKey(email);
    const speaks = (el) => addressesIn(el).some((a) => addressKey(a) === key);
    // A drawer that showed her address is hers as long as it stays, also while its form shows only her name.
    const hers = (window[HERS] ??= new WeakMap());
    const heading = (el) => first(el, "h1, h2, h3, h4, h5, h6, [role=heading]");
    const title = (el) => lib.labelNames(el)[0] || (heading(el) ? squeeze(text(heading(el))) : "");
    // A page is hers from the last way to her that was taken on: the next time it has to say so again.
    const visit = window[Symbol.for("page-objects.seen")]?.[since];
    const known = (el) => {
      const held = hers.get(el);
      if (held?.key !== key || (held.place && (held.visit !== visit || !samePlace(held.place, location.href)))) return false;
      if (held.turning && held.title !== title(el)) Object.assign(held, { title: title(el), turning: false });
      return held.title === title(el);
    };
    const noted = (els) => {
      for (const el of els) if (!known(el)) hers.set(el, { key, title: title(el) });
      return els;
    };
    const dialogs = noted(innermost(all(root, "[role=dialog], dialog[open], [aria-modal=true]").filter((el) => lib.shown(el) && (speaks(el) || known(el)))));
    if (dialogs.length) return dialogs.length > 1 ? dialogs.filter(lib.onTop) : dialogs;
    // A list says who: what shows a status and no name is one person's details.
    const has = (table, ...keys) => table.headers.some((h) => keys.includes(h.key));
    const listed = tables(root, columns).filter((table) => has(table, "email") || (has(table, "status") && has(table, "name", "first_name", "last_name")));
    if (!listed.length) {
      // What came up over the page is still to say whom it is about; the page below is not what was opened.
      const came = (el) => lib.leaves(el).some((leaf) => visible(leaf) && lib.fresh(leaf, since));
      if (all(root, "[role=dialog], dialog[open], [aria-modal=true]").some((el) => lib.shown(el) && came(el))) return [];
      // A list that has made room for her may have hardly a column left, and is still no page about her. She is in it
      // herself, as she is not in one of her managers.
      const names = (rows) => rows.map(addressesIn).filter((said) => said.length === 1).map(([said]) => addressKey(said));
      const ofPeople = (listing) => listing.length > 1 && listing.includes(key);
      const lists = all(root, "table, [role=grid], [role=table]").filter((el) => visible(el) && !lib.isDetailsTable(el, columns) && ofPeople(names(all(el, "tr, [role=row]"))));
      const room = (el) => lib.ancestors(el).filter((a) => !/^(body|html)$/i.test(a.tagName) && lists.every((list) => !contains(a, list))).pop();
      const beside = lists.length ? lib.leaves(root).filter((el) => visible(el) && speaks(el) && lists.every((list) => !contains(list, el)) && lib.fresh(el, since)).flatMap((el) => room(el) || []) : [];
      if (beside.length) return noted(lib.outermost([...new Set(beside)]));
      // One of her tabs may say her address and the others not: the page stays hers as long as its title and its place do.
      const page = (el) => (speaks(el) ? !!hers.set(el, { key, title: title(el), place: location.href, visit }) : known(el));
      const mains = all(root, "main, [role=main]").filter((el) => visible(el) && page(el));
      return mains.length ? lib.outermost(mains) : [document.body].filter(page);
    }
    const fresh = lib.leaves(root).filter((el) => visible(el) && lib.fresh(el, since) && !listed.some((table) => contains(table.host, el)));
    const layerOf = (el) => lib.ancestors(el).find((a) => /fixed|absolute/.test(getComputedStyle(a).position));
    const layers = new Set(fresh.filter(speaks).flatMap((el) => layerOf(el) || []));
    // Beside the list, in the flow of the page: a part of it that came, or changed, with the click and is about her.
    const inReport = (el) => !!closest(el, lib.REPORTS);
    if ([...layers].every(inReport)) {
      const beside = all(root, PANES).filter((el) => visible(el) && listed.every(({ host }) => !contains(el, host) && !contains(host, el)) && isAbout(el, key, columns));
      const isChosen = (row, table) => row.el.matches("[aria-selected=true], [aria-current=true]") && addressKey(addressOf(row, table) || "") === key;
      const chosen = listed.some((table) => table.rows.some((row) => isChosen(row, table)));
      const hers = beside.filter((el) => chosen || known(el) || fresh.some((leaf) => contains(el, leaf)));
      if (hers.length) return noted(lib.outermost(hers));
    }
    // Without a word of her address now, as when another of its tabs was opened.
    const still = layers.size ? [] : fresh.flatMap((el) => lib.ancestors(el).find((a) => hers.has(a) && !hers.get(a).place && known(a)) || []);
    return noted(lib.outermost([...layers, ...new Set(still)]));
  };
  // A drawer that shows her is about to become the form about her, or has: on the way it may change its title.
  const turnsToForm = (root, turning) => {
    const held = (window[HERS] ??= new WeakMap()).get(root);
    if (held) held.turning = turning;
  };

  // What edits one detail of a person on its own, where several are edited so: it says which, or lies in a box with the
  // detail's label and no other such button.
  const PARTS = Symbol.for("page-objects.parts");
  const EDITS = /^(?:edit|change|update|modify|manage)(?:\s+(.+))?$/iu;
  const editors = (root) =>
    all(root, "button, a, [role=button]").flatMap((el) => {
      if (!visible(el) || lib.inCell(el) || closest(el, "nav, [role=navigation], [role=menu]")) return [];
      const said = lib.actionNames(el).map((name) => EDITS.exec(squeeze(name))).find(Boolean);
      return said ? [{ el, about: squeeze(said[1]) }] : [];
    });
  const boxOfEditor = (root, el, every) => {
    let box = el;
    for (let a = parentOf(el); a && contains(root, a) && every.every((other) => other.el === el || !contains(a, other.el)); a = parentOf(a)) box = a;
    return box;
  };
  const findPartEditors = (root, { words }) => {
    const every = editors(root);
    if (every.length < 2) return [];
    const found = every.filter(({ el, about }) => (about ? lib.rank([about], words) < Infinity : lib.textElements(boxOfEditor(root, el, every), words).some(visible)));
    // Beside the part that is called 'Managers' there may be one that only holds the word, as somebody's role: "Manager".
    const isCalled = ({ el, about }) => about || lib.rank([text(lib.leaves(boxOfEditor(root, el, every)).find((leaf) => visible(leaf) && squeeze(text(leaf))) || el)], words) < Infinity;
    return (found.length > 1 && found.some(isCalled) ? found.filter(isCalled) : found).map(({ el }) => el);
  };
  // Where it is edited then: in the same box, else in what came up.
  const notePart = (root, { words }) => {
    const [found] = findPartEditors(root, { words });
    window[PARTS] = found && boxOfEditor(root, found, editors(root));
  };
  const findPartForm = (root, { field, save, since }) => {
    const box = window[PARTS];
    return box?.isConnected && lib.find(box, save).length ? [box] : lib.find(root, { kind: "surface", holds: [field, save], layered: true, since });
  };

  // What takes somebody off a list: the one button of this word in the row that is hers by her address.
  const findRowRemovers = (root, { words, address }) => {
    const key = addressKey(address);
    // The form to add somebody may be a small part of the page or dialog that the list is on.
    const page = closest(root, lib.DIALOGS) || lib.layersOver(root).pop() || document.body;
    const rows = innermost(all(page, "tr, li, [role=row], [role=listitem]").filter((el) => visible(el) && lib.find(el, { kind: "action", words }).length));
    const hers = rows.filter((row) => { const address = lib.whose(row); return !!address && addressKey(address) === key; });
    return hers.length === 1 ? lib.find(hers[0], { kind: "action", words }) : [];
  };

  // Whether she is shown in something that lies over the list, and not on a page of her own.
  const liesOver = (root) => !root.matches("body, main, [role=main]") && (root.matches(lib.DIALOGS) || lib.inLayer(root));

  const MENU_ITEMS = "[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=menu] li, [role=menu] button, [role=menu] a";
  const menuItems = (root, slot) => {
    const roled = all(root, MENU_ITEMS).filter((el) => visible(el) && lib.fresh(el, slot));
    const plain = all(root, lib.ACTIONS).filter((el) => visible(el) && lib.fresh(el, slot) && lib.inLayer(el) && !lib.inCell(el));
    const said = [...roled, ...plain].map((el) => lib.actionNames(el)[0] || "").filter(Boolean);
    return said.length ? said : lib.offered(root, slot);
  };
  // Menus of the page itself: not those of its rows, of its navigation or of the account.
  const POPS_UP = "[aria-haspopup=menu], [aria-haspopup=true], [popovertarget], summary";
  const opensMenu = (el) => el.matches(POPS_UP);
  const inBanner = (el) => !!closest(el, "[role=banner]") || (!!closest(el, "header") && !closest(closest(el, "header"), "main, [role=main], article, section"));
  const pageMenus = (root) =>
    all(root, POPS_UP).filter((el) => visible(el) && !lib.disabled(el) && !lib.inCell(el) && !lib.within(root, el, "nav, [role=navigation], [role=row], table, [role=grid]") && !inBanner(el) && lib.actionNames(el).length);
  const pageMenuNames = (root) => [...new Set(pageMenus(root).map((el) => lib.actionNames(el)[0]))];
  const findPageMenus = (root, { name }) => pageMenus(root).filter((el) => lib.actionNames(el)[0] === name);
  const findMenuItems = (root, { words, since }) =>
    lib.find(root, { kind: "action", words }).filter((el) => lib.fresh(el, since) && !el.matches(POPS_UP) && (lib.inLayer(el) || closest(el, "[role=menu], [popover], details")));
  // A list of things to do that came up: by its role, or as what a browser itself unfolds, or as links and buttons that lie
  // over the page and are no dialog.
  const menuOpened = (root, slot) =>
    all(root, "[role=menu], [role^=menuitem]").some((el) => visible(el) && lib.fresh(el, slot)) ||
    all(root, lib.ACTIONS).some((el) => visible(el) && lib.fresh(el, slot) && lib.inLayer(el) && !lib.inCell(el) && !closest(el, lib.DIALOGS)) ||
    all(root, "details[open], [popover]").some((el) => lib.shown(el) && all(el, lib.ACTIONS).some((each) => visible(each) && lib.fresh(each, slot)));
  const findTicks = (row) => all(row, "input[type=checkbox], [role=checkbox]");
  const ticked = (root, { columns }) =>
    tables(root, columns).flatMap((table) => table.rows.filter((row) => findTicks(row.el).some((t) => t.checked || t.getAttribute("aria-checked") === "true")).map((row) => addressOf(row, table) || "?"));
  // An action outside the rows and dialogs, come up after a row was ticked.
  const findToolbar = (root, { words, columns }) => {
    const rows = tables(root, columns).flatMap((table) => table.rows.map((row) => row.el));
    return lib.find(root, { kind: "action", words }).filter((el) => !rows.some((row) => contains(row, el)) && !lib.disabled(el));
  };

  const findPeopleSearch = (root, { columns }) => lib.find(root, { kind: "search", near: tables(root, columns).map((table) => table.host) });
  const typedSearch = (root, { columns }) => {
    const found = lib.find(root, { kind: "people-search", columns });
    return found.length === 1 ? found[0].value ?? squeeze(text(found[0])) : null;
  };
  // Where something is done in steps, as an import is: a dialog, else the layer or page around its file field or around what came up last.
  // `layered`: only what lies over the page.
  const findStepSurface = (root, { since = "click", layered: over = false }) => {
    const roled = innermost(all(root, lib.DIALOGS).filter((el) => lib.shown(el) && !lib.interrupts(el)));
    if (roled.length) return roled.length > 1 ? roled.filter(lib.onTop) : roled;
    const layer = (el) => lib.ancestors(el).find((a) => a !== document.body && getComputedStyle(a).position === "fixed");
    // One that was closed, or is not open yet, keeps its file field.
    const files = all(root, "input[type=file]").map(layer).filter((el) => el && lib.shown(el));
    const layers = files.length ? files : lib.leaves(root).filter((el) => visible(el) && lib.fresh(el, since)).map(layer).filter((el) => el && first(el, "button, [role=button], [onclick], input") && !lib.interrupts(el));
    if (layers.length || over) return lib.outermost([...new Set(layers)]);
    const mains = lib.outermost(all(root, "main, [role=main]").filter(visible));
    return mains.length ? mains : [document.body];
  };
  const OBJECTS = /error|invalid|already|duplicate|unknown|missing|required|seats?\b|limit|must |should |could not|not allowed|not a valid|exist|fail|cannot|skipped|no such|unrecogni/i;
  // Where nothing calls itself a row: those of a table without roles, each with what lies below it and is its own.
  const plainRows = (root, columns) =>
    tables(root, columns).flatMap(({ rows, host }) => rows.map(({ el }) => {
      const alone = (a) => a && a !== host && rows.every((other) => other.el === el || !contains(a, other.el));
      let own = el;
      while (alone(parentOf(own))) own = parentOf(own);
      return own;
    }));
  const importRows = (root, { columns }) => {
    const rows = innermost(all(root, "tr, [role=row], li, [class*=row i]").filter((el) => visible(el) && addresses(text(el)).length));
    return (rows.length ? rows : plainRows(root, columns))
      .map((el) => ({ email: parts(el).flatMap(addresses)[0] || addresses(text(el))[0], parts: parts(el), objects: OBJECTS.test(text(el)) }))
      .filter((row) => row.email);
  };

  // Who stands in the lines of a form, or in its text where it has none.
  const peopleListed = (root, query) => {
    const lines = importRows(root, query).map((row) => row.email);
    return lines.length ? lines : [...new Set(addresses(text(root)))];
  };

  // ---- whose session this is ------------------------------------------------------------------------------------------
  const FRAMES = "header, nav, aside, footer, [role=banner], [role=navigation], [class*=sidebar i], [class*=topbar i], [class*=navbar i], [class*=app-bar i], [class*=appbar i]";
  const accountAddresses = (root, { columns }) => {
    const hosts = tables(root, columns).map((table) => table.host);
    const frames = all(root, FRAMES).filter((el) => visible(el) && !hosts.some((host) => contains(el, host) || contains(host, el)));
    const opened = lib.leaves(root).filter((el) => visible(el) && lib.fresh(el) && lib.inLayer(el) && !hosts.some((host) => contains(host, el)));
    const attributes = (el) => [el, ...all(el, "[title], [aria-label]")].flatMap((n) => [n.getAttribute("title"), n.getAttribute("aria-label")]).filter(Boolean).join(" ");
    const before = window[Symbol.for("page-objects.seen")]?.click;
    return [...new Set([...frames.flatMap((el) => [...addresses(text(el)), ...addresses(attributes(el))]), ...(before ? opened.flatMap((el) => addresses(text(el))) : [])])];
  };
  const findAccount = (root, { words }) => {
    const named = lib.find(root, { kind: "action", words });
    if (named.length) return named;
    return lib.outermost(all(root, FRAMES).filter(visible).flatMap((el) => all(el, "[aria-haspopup=menu], [aria-haspopup=true]").filter(visible)));
  };

  Object.assign(lib.KINDS, { account: findAccount, "people-search": findPeopleSearch, "step-surface": findStepSurface, tick: findTicks, "part-editor": findPartEditors, "part-form": findPartForm, "row-remover": findRowRemovers, toolbar: findToolbar, person: findPerson, pager: findPagers, "page-number": findPageNumbers, filter: findFilters, "filter-opener": findFilterOpeners, "status-tab": findStatusTabs, "tab-of-status": findTabsOfStatus, "status-button": findStatusButtons, "filter-remover": findFilterRemovers, "page-menu": findPageMenus, "menu-item": findMenuItems });
  return Object.assign(lib, { notePart, drawn, wholeText, liesOver, turnsToForm, accountAddresses, importRows, peopleListed, menuItems, menuOpened, opensMenu, pageMenuNames, ticked, addressesIn, scrollOn, scrollState, saysMore, onward, turnOnward, typedSearch, rowActions, isPresent, isUnfolded, statusTabs });
}
