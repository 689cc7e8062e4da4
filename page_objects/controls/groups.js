// The list of groups, in a table or as cards, and one group: whose row, which tick, what is selected, where it is shown.
// A function of the object that the files before it make; adds to it. A group is known by its exact name, case included.
(lib) => {
  const { kids, squeeze, fold, text, rank, visible, innermost, outermost, parentOf, elementKids, all, first, closest, contains } = lib;
  const isGroups = (columns) => !!columns.members;
  // "12 members · Static": how many, and what kind.
  const saysCount = (said) => squeeze(said).split(/\s*[·•|]\s*/).some((piece) => COUNT.test(piece));
  const COUNT = /^\d[\d,. ]*\s*(members?|users?|people|persons?)$|^(members|users|people):?\s*\d[\d,.]*$|^no (members|users|people)( yet)?$/i;

  // Without a header: boxes side by side, each of which says how many members it has. A single one that shows addresses is
  // the list of a group's members.
  const cards = (root) => {
    const counts = lib.leaves(root).filter((el) => visible(el) && saysCount(text(el)) && !closest(el, lib.DIALOGS) && !lib.inCell(el));
    const entries = counts.map((leaf) => {
      let entry = leaf;
      for (let a = parentOf(leaf); a && a !== document.body && counts.every((other) => other === leaf || !contains(a, other)); a = parentOf(a)) entry = a;
      return counts.length > 1 ? entry : closest(leaf, "li, [role=listitem], article, [class*=card i], [class*=item i]");
    }).filter((el) => el && lib.parts(el).length > 1 && (counts.length > 1 || !lib.addresses(text(el)).length));
    const beside = (el) => entries.filter((other) => parentOf(other) === parentOf(el));
    const most = Math.max(0, ...entries.map((el) => beside(el).length));
    const chosen = entries.find((el) => beside(el).length === most);
    if (!chosen) return [];
    lib.noteOwnList(parentOf(chosen));
    const header = { at: 1, name: "", key: "name", el: parentOf(chosen) };
    const rows = beside(chosen).map((el) => ({ el, cells: [[1, el]] }));
    return [{ host: parentOf(chosen), headers: [header], known: 1, rows, cards: true }];
  };
  // One cell across all columns is no group: it says that the groups are still to come, or that there are none.
  const LOADS = /^(loading|fetching|please wait|just a moment)\b/i;
  const isNotice = (row, table) => table.headers.length > 1 && row.cells.length === 1;
  const withoutNotices = (table) => {
    const notices = table.rows.filter((row) => isNotice(row, table));
    return { ...table, rows: table.rows.filter((row) => !notices.includes(row)), loads: notices.some((row) => LOADS.test(squeeze(text(row.el)))) };
  };
  // A list with a column of addresses is one of people.
  const groupTables = (root, tables) => {
    const found = tables.map(withoutNotices);
    const kept = found.filter((t) => !t.headers.some((h) => h.key === "address") && t.headers.some((h) => h.key === "members" || h.key === "kind" || h.key === "name"));
    const filled = kept.filter((t) => t.rows.length);
    return filled.length ? filled : kept.length || found.length ? kept : cards(root);
  };

  // ---- one row ------------------------------------------------------------------------------------------------------
  const isInitials = (said, next) => said.length < 3 && next.split(" ").map((w) => w[0]).join("").slice(0, said.length).toLowerCase() === said.toLowerCase();
  const nameElement = (row, table, not) => {
    const header = table.headers.find((h) => h.key === "name");
    const cell = header && row.cells.find(([at]) => at === header.at)?.[1];
    if (!cell) return null;
    const says = (el) => squeeze(text(el)) && rank([text(el)], not) === Infinity && !saysCount(text(el));
    const headings = all(cell, "h1, h2, h3, h4, h5, h6, [role=heading]").filter((el) => visible(el) && says(el));
    if (headings.length) return headings[0];
    const leading = outermost(all(cell, "a, button, [role=link], [role=button]").filter((el) => visible(el) && says(el)));
    if (leading.length) return leading[0];
    const pieces = innermost([cell, ...all(cell, "*")].filter((el) => visible(el) && !lib.isIcon(el) && says(el) && !all(el, "*").some((n) => says(n) && !/^inline/.test(getComputedStyle(n).display))));
    return pieces.find((el, place) => !(pieces[place + 1] && isInitials(squeeze(text(el)), squeeze(text(pieces[place + 1]))))) || cell;
  };
  const nameIn = (row, table, not) => {
    const el = nameElement(row, table, not);
    if (!el) return null;
    const said = lib.parts(el);
    return (said.length > 1 && el.matches("a, button, h1, h2, h3, h4, h5, h6") ? squeeze(text(el)) : said[0]) || squeeze(text(el)) || null;
  };
  const lookAtGroups = (root, { columns, not, signIn }) => {
    const found = lib.tables(root, columns);
    const rows = found.length !== 1 ? [] : found[0].rows.map((row) => {
      const [table] = found;
      const el = nameElement(row, table, not);
      const cells = {};
      for (const header of table.headers) {
        const cell = header.key && row.cells.find(([at]) => at === header.at);
        if (cell) cells[header.key] = table.cards ? squeeze(text(cell[1])) : lib.cellOf(cell[1]).text;
      }
      const whole = lib.cellOf(row.el);
      // Beside a name a kind is no piece of its own, and here it is what is asked about; a name may say the same.
      const isName = (n) => el && (contains(n, el) || (contains(el, n) && squeeze(text(n)) === squeeze(text(el))));
      const kinds = lib.leaves(row.el).filter((n) => visible(n) && lib.isKind(n) && !isName(n)).map((n) => squeeze(text(n))).filter((said) => !whole.parts.includes(said));
      return { name: nameIn(row, table, not), raw: el ? el.textContent.trim() : "", cells, pieces: [...whole.parts, ...kinds, ...whole.titles, ...whole.labels], text: whole.parts.join(" ").slice(0, 400), cards: !!table.cards };
    }).filter((row) => row.text);
    const headers = found.flatMap((table) => table.headers.map((h) => ({ name: h.name, key: h.key })));
    return { found: found.length, headers, rows, busy: lib.busy(root) || found.some((table) => table.loads), asks: lib.asksToSignIn(root, signIn) };
  };
  const rowsNamed = (root, { columns, name, not }) =>
    lib.tables(root, columns).flatMap((table) => table.rows.filter((row) => nameIn(row, table, not) === squeeze(name)).map((row) => [row, table]));
  const findGroupRows = (root, query) => rowsNamed(root, query).map(([row]) => row.el);
  const findGroupOpeners = (root, query) =>
    rowsNamed(root, query).flatMap(([row, table]) => {
      const el = nameElement(row, table, query.not);
      const link = el && (el.matches(lib.ACTIONS) ? el : first(el, "a, button, [role=link], [role=button]") || closest(el, "a, button, [role=link], [role=button]"));
      if (link && contains(row.el, link)) return [link];
      if (row.el.matches("[role=option]")) return [el || row.el];
      return el && lib.clickable(el) ? [el] : getComputedStyle(row.el).cursor === "pointer" ? [row.el] : [];
    });

  // ---- selecting ------------------------------------------------------------------------------------------------------
  const BOXES = "input[type=checkbox], input[type=radio], [role=checkbox], [role=radio]";
  const looksLikeBox = (el) => {
    // An icon in a button is as small and as clickable.
    if (lib.isIcon(el) || closest(el, "svg, a, button, [role=button]") || first(el, "svg, img, i")) return false;
    const box = el.getBoundingClientRect();
    return visible(el) && !squeeze(text(el)) && box.width <= 40 && box.height <= 40 && Math.abs(box.width - box.height) < 4 && lib.clickable(el) && !el.matches(lib.ACTIONS);
  };
  const ticksIn = (row) => {
    const boxes = all(row, BOXES);
    return boxes.length ? boxes : outermost(all(row, "*").filter(looksLikeBox));
  };
  const isTicked = (box) => box.checked ?? (box.hasAttribute("aria-checked") ? box.getAttribute("aria-checked") === "true" : lib.isOn(box));
  const tickState = (root) => isTicked(root);
  const findGroupTicks = (row) => ticksIn(row);
  const groupsTicked = (root, { columns, not }) =>
    lib.tables(root, columns).flatMap((table) => table.rows.filter((row) => ticksIn(row.el).some(isTicked)).map((row) => nameIn(row, table, not) || "?"));
  const SELECTED = /(?:^|\s)(\d[\d,.]*)\s+(?:groups?\s+|items?\s+|rows?\s+)?(?:are\s+|is\s+)?selected\b|\bselected:?\s*\(?(\d[\d,.]*)/i;
  const selectedCounts = (root) => [...new Set(lib.leaves(root).filter(visible).flatMap((el) => [el, parentOf(el)]).map((el) => (el ? squeeze(text(el)).match(SELECTED) : null)).filter(Boolean).map((m) => Number((m[1] || m[2]).replace(/\D/g, ""))))];

  // ---- one group on its own -------------------------------------------------------------------------------------------
  const names = (said, name) => said === name || said.replace(/\s*\(\d[\d,.]*\)$/, "") === name || said.endsWith(`: ${name}`) || /^["'“‘](.*)["'”’]$/.exec(said)?.[1] === name;
  const HEADINGS = "h1, h2, h3, h4, [role=heading]";
  // A heading without the badge in it that says the kind of the group, or how many are in it.
  const withoutBadge = (heading, kinds) =>
    squeeze(kids(heading).filter((n) => !(n.nodeType === Node.ELEMENT_NODE && (rank([text(n)], kinds) < Infinity || saysCount(text(n))))).map((n) => text(n)).join(""));
  const speaksOf = (el, name, kinds) =>
    [...lib.leaves(el), ...all(el, HEADINGS)].some((n) => visible(n) && !closest(n, "nav, [role=navigation], option, [role=option]") && names(squeeze(text(n)), name)) ||
    all(el, HEADINGS).some((n) => visible(n) && names(withoutBadge(n, kinds), name)) ||
    all(el, "input").some((n) => visible(n) && squeeze(n.value) === name) || lib.labelNames(el).some((said) => names(said, name));
  const PANES = "section, aside, article, [role=region], [role=complementary]";
  const headedBy = (el, name, kinds) => {
    const heading = all(el, HEADINGS).find(visible);
    return !!heading && [squeeze(text(heading)), withoutBadge(heading, kinds)].includes(name);
  };
  const findGroupView = (root, { columns, name: wanted, kinds, not = [], since = "click" }) => {
    const name = squeeze(wanted);
    const dialogs = innermost(all(root, lib.DIALOGS).filter((el) => lib.shown(el) && speaksOf(el, name, kinds)));
    if (dialogs.length) return dialogs.length > 1 ? dialogs.filter(lib.onTop) : dialogs;
    const listed = lib.tables(root, columns).filter((table) => table.headers.some((h) => h.key === "members" || h.key === "kind" || h.key === "created") || table.cards);
    if (!listed.length) {
      const mains = outermost(all(root, "main, [role=main]").filter((el) => visible(el) && speaksOf(el, name, kinds)));
      return mains.length ? mains : [document.body].filter((el) => speaksOf(el, name, kinds));
    }
    const came = lib.leaves(root).filter((el) => visible(el) && lib.fresh(el, since) && !listed.some((table) => contains(table.host, el)));
    // Beside the list, in the flow of the page: a part of it that is headed so, and came, or changed, with the click.
    const beside = all(root, PANES).filter((el) => visible(el) && listed.every(({ host }) => !contains(el, host) && !contains(host, el)) && headedBy(el, name, kinds));
    const chosen = listed.some((table) => table.rows.some((row) => row.el.matches("[aria-selected=true], [aria-current=true]") && nameIn(row, table, not) === name));
    const panes = beside.filter((el) => chosen || came.some((leaf) => contains(el, leaf)));
    if (panes.length) return outermost(panes);
    const layers = came.filter((el) => names(squeeze(text(el)), name))
      .flatMap((el) => lib.ancestors(el).find((a) => /fixed|absolute/.test(getComputedStyle(a).position)) || []);
    return outermost([...new Set(layers)]);
  };
  // What leads to a group's members from its own screen: the value beside "Members", or a tab of that name.
  const findMembersLinks = (root, { labels, words }) => {
    const isLabelled = (el) => {
      const value = closest(el, "dd, td, [role=cell]"), label = value?.previousElementSibling;
      return !!label && squeeze(text(value)) === squeeze(text(el)) && rank([text(label)], labels) < Infinity;
    };
    const links = all(root, "a[href], button, [role=link], [role=button], [role=tab]").filter((el) => visible(el) && !lib.within(root, el, "nav, [role=navigation]"));
    return outermost(links.filter((el) => (isLabelled(el) && /^\d[\d., ]*$/.test(squeeze(text(el)))) || (rank(lib.actionNames(el), words) < Infinity && (isLabelled(el) || el.matches("[role=tab]:not([aria-selected=true])")))));
  };
  // Among the groups of one person: what adds her to another, which is none of the groups, as one may be called so; and
  // what takes her out of exactly this one, in its own row.
  const ENTRIES = "li, tr, [role=row], [role=listitem]";
  const findGroupAdders = (root, { words }) => lib.find(root, { kind: "action", words }).filter((el) => !closest(el, ENTRIES));
  const findGroupLeavers = (root, { words, name: wanted }) => {
    const name = squeeze(wanted), called = [...words, `Remove from ${name}`, `Remove ${name}`, `Leave ${name}`];
    const leavers = (row) => lib.find(row, { kind: "action", words: called });
    const rows = innermost(all(root, ENTRIES).filter((row) => visible(row) && leavers(row).length));
    const nameOf = (row) => {
      const buttons = leavers(row).map((el) => squeeze(text(el)));
      return lib.parts(row).filter((piece) => piece === name || !buttons.includes(piece))[0];
    };
    return rows.filter((row) => nameOf(row) === name).flatMap(leavers);
  };
  // What a question says: the text of the whole layer that its answers lie in, or of the smallest box that says more.
  const questionText = (root) => {
    const around = lib.ancestors(root).filter((el) => !el.matches("body, html"));
    const layer = around.find((el) => el.matches(lib.DIALOGS) || /fixed|absolute/.test(getComputedStyle(el).position));
    const own = squeeze(text(root));
    return squeeze(text(layer || around.find((el) => squeeze(text(el)) !== own) || root));
  };
  // Addresses in a list without columns, those of the frame around it and of who is signed in left out.
  const FRAMES = "header[role=banner], nav, aside nav, footer, [role=banner], [role=navigation], [class*=topbar i], [class*=navbar i], [class*=sidebar i], [class*=account i]";
  const LEAVES = /^(?:log|sign)[ -]?(?:out|off)$/i;
  // Who is signed in stands beside the way out: the nearest box around it that shows one address, as long as it is no
  // part of what the page is about.
  const PAGE = "body, main, [role=main], form, table, [role=grid], :has(:is(h1, h2, h3, h4, [role=heading], table, [role=grid]))";
  const besideWayOut = (root) =>
    all(root, lib.ACTIONS).filter((el) => visible(el) && lib.actionNames(el).some((name) => LEAVES.test(name))).flatMap((el) => {
      const box = lib.ancestors(el).find((a) => a.matches(PAGE) || lib.addresses(text(a)).length);
      return box && !box.matches(PAGE) && lib.addresses(text(box)).length === 1 ? [box] : [];
    });
  const addressed = (root) => {
    const account = besideWayOut(root);
    const listed = (el) => visible(el) && lib.addresses(text(el)).length && !lib.within(root, el, FRAMES) && !el.matches("input, textarea");
    return innermost(lib.leaves(root).filter((el) => listed(el) && !account.some((box) => contains(box, el))));
  };
  const listedAddresses = (root) => [...new Set(addressed(root).flatMap((el) => lib.addresses(text(el))))];
  // What shows more of a list of members: in it or right below it, and usable. A link, or one further away, shows other things.
  const findMembersMore = (root, { words }) => {
    const own = addressed(root);
    const list = own[0] && closest(own[0], "ul, ol, [role=list]");
    if (!list || !own.every((el) => contains(list, el))) return [];
    const below = list.nextElementSibling;
    return lib.find(root, { kind: "action", words }).filter((el) => !el.matches("a[href]") && !lib.disabled(el) && (contains(list, el) || (below && contains(below, el))));
  };
  const groupPieces = (root) => {
    const listed = all(root, "table, [role=grid], ul, ol");
    return [...new Set(lib.leaves(root).filter((el) => visible(el) && !listed.some((l) => contains(l, el) && lib.addresses(text(l)).length)).map((el) => squeeze(text(el))).filter(Boolean))].slice(0, 200);
  };
  // Whether the screen says that it is about groups: a title, a tab or a trail that is where one is, the list's own name.
  const saysGroups = (root, { words }) => {
    const here = all(root, "[aria-current], [aria-selected=true]").filter((el) => visible(el) && rank([text(el)], words) < Infinity);
    const titled = lib.textElements(root, words).filter((el) => visible(el) && !closest(el, "th, [role=columnheader], label, a, button, option, [role=option], [role=menuitem]") && !lib.clickable(el) && !lib.inCell(el) && getComputedStyle(el).cursor !== "pointer");
    const called = all(root, "table, [role=grid], [role=table], [role=list], ul").filter((el) => visible(el) && rank([el.getAttribute("aria-label") || ""], words) < Infinity);
    return here.length + titled.length + called.length > 0;
  };

  Object.assign(lib.KINDS, { "group-row": findGroupRows, "group-opener": findGroupOpeners, "group-tick": findGroupTicks, "group-view": findGroupView, "members-more": findMembersMore, "members-link": findMembersLinks,
    "group-adder": findGroupAdders, "group-leaver": findGroupLeavers });
  return Object.assign(lib, { isGroups, groupTables, lookAtGroups, groupsTicked, selectedCounts, tickState, listedAddresses, groupPieces, saysGroups, questionText });
}
