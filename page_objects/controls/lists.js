// People in a list without a header, as beside the details of whoever is chosen in it: one item is one person.
// A function of the object that the files before it make; adds to it. Lists of other things, and of some people only
// (members, suggestions, what a field offers), look the same: what is not surely the list of people is none.
(lib) => {
  const { squeeze, text, visible, isIcon, all, first, closest, contains, ancestors, parentOf, elementKids, byIds } = lib;
  const HOSTS = "[role=listbox], [role=list], [role=feed], ul, ol";
  const ITEMS = "[role=option], [role=listitem], [role=article], li";
  const ELSEWHERE = `${lib.DIALOGS}, [role=menu], [popover], nav, [role=navigation], header, footer, aside nav, fieldset, td, [role=combobox], [aria-hidden=true]`;
  // What such a list is called, and what lists of some people only are called.
  const PEOPLE = /^(?:all )?(?:people|users|learners|employees|persons|(?:people |user )?directory(?: of \p{L}+)?|(?:list of|people|users?) (?:people|users|list))(?: \(?\d[\d,.]*\)?)?$/iu;
  const SOME = /\b(?:members?|managers?|reports?|owners?|admins?|suggest\w*|recent\w*|select(?:ed|ion)|chosen|invit\w*|import\w*|skip\w*|error\w*|assign\w*|attend\w*|participants?|excluded|groups?|results? for|followers?|watchers?|recipients?|activity)\b/i;
  const TAKES_OUT = /^(?:remove|exclude|include|unassign|revoke|add)\b/i;

  const namesOf = (host) => lib.labelNames(host);
  // A list that belongs to a field, or lies over the page as what one offers does.
  const isOffered = (host) => {
    const ids = [host, ...ancestors(host).slice(1, 4)].map((el) => el.id).filter(Boolean);
    const tied = all(document, "[aria-controls], [aria-owns]").some((el) => el.matches("input, [role=combobox], [aria-haspopup]") && ids.some((id) => ["aria-controls", "aria-owns"].some((name) => (el.getAttribute(name) || "").split(/\s+/).includes(id))));
    return tied || lib.layersOver(host).length > 0;
  };
  // What it is headed by: the last heading before it.
  const headingOf = (host) => {
    const before = all(document, "h1, h2, h3, h4, h5, h6, [role=heading], legend")
      .filter((el) => visible(el) && el.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.length ? squeeze(text(before[before.length - 1])) : "";
  };
  // What the list is called that the present item of the navigation leads to, where that is the screen of everybody:
  // some say "Team members". Lists of some people only are on other screens, or have a heading of their own.
  const PEOPLE_SCREEN = /\/admin\/users\/?$/;
  const isCalledAsScreen = (name) =>
    !!name && PEOPLE_SCREEN.test(location.pathname) &&
    all(document, "nav a[href], [role=navigation] a[href], aside a[href]").some((link) => link.pathname === location.pathname && link.host === location.host && visible(link) && lib.bare(text(link)) === lib.bare(name));
  // Where a list of several was that surely is the one: what a search finds may be one person, in a list made anew.
  const PLACES = Symbol.for("page-objects.places-of-lists");
  const placeOf = (host) => [location.pathname, ...ancestors(host).map((a) => `${a.localName}.${a.getAttribute("class") || ""}`)].join(" ");
  const says = (el) => visible(el) && /[\p{L}\p{N}]/u.test(text(el));
  // The lines of an item, each whole though a part of it may be marked; and the address that a line holds within itself.
  const piecesOf = (item) => {
    const leaves = lib.leaves(item).filter((el) => says(el) && !ancestors(el).some((a) => a !== item && contains(item, a) && isIcon(a)));
    return lib.outermost(leaves).flatMap((line) => {
      const within = leaves.filter((el) => el !== line && contains(line, el) && leading(squeeze(text(el))) === squeeze(text(el)));
      return leading(squeeze(text(line))) ? [line] : [line, ...within];
    });
  };
  const pathOf = (item, el) => ancestors(el).slice(0, ancestors(el).indexOf(item)).map((a) => elementKids(parentOf(a)).indexOf(a)).join(".");
  // "ann@x.example · reports to bo@x.example": the address that a line begins with, set apart from what follows.
  const leading = (said) => {
    const [address] = lib.addresses(said);
    return address && said.startsWith(address) && /^($|\s*[·•|,;(–—])/.test(said.slice(address.length)) ? address : null;
  };
  const readItem = (el) => {
    const pieces = piecesOf(el);
    const stated = pieces.map((piece) => [piece, leading(squeeze(text(piece)))]).filter(([, address]) => address);
    return { el, pieces, stated, different: new Set(stated.map(([, address]) => lib.addressKey(address))).size };
  };
  // Somebody may be called by another's address. Whose it is, the line says on which it stands in all other items.
  const settle = (items) => {
    const lines = new Set(items.filter((item) => item.different === 1 && item.stated[0][0] !== item.pieces[0]).map((item) => pathOf(item.el, item.stated[0][0])));
    return items.map((item) => {
      const [usual] = lines.size === 1 ? lines : [];
      const there = item.different > 1 ? item.stated.filter(([piece]) => usual !== undefined && pathOf(item.el, piece) === usual) : item.stated.slice(0, 1);
      return { ...item, email: there[0]?.[0] || null, own: there[0]?.[1] || null };
    });
  };
  const TOLD = ["role", "status", "groups", "managers", "last_login"];
  const rowOf = (item, columns) => {
    const at = item.pieces.indexOf(item.email), before = item.pieces.slice(0, Math.max(at, 0));
    const name = before.find((piece) => !/^\p{Lu}{1,3}$/u.test(squeeze(text(piece)))) || before[0];
    // What stands before the name draws it (initials); what stands behind it, as a status beside it, tells of her.
    const rest = item.pieces.slice(name ? item.pieces.indexOf(name) + 1 : 0).filter((piece) => piece !== item.email).flatMap((piece) => lib.parts(piece));
    const none = { apart: false, titles: [], labels: [], datetime: null, href: null, addresses: [] };
    const pictures = lib.picturesOf(item.el).filter((said) => !name || said !== squeeze(text(name)));
    // "Learner · 2 groups" are two things in one line, and "Last seen: 3 days ago" says what it is.
    const labelled = {};
    const others = rest.flatMap((said) => said.split(/(?:^|\s+)[·•|](?:\s+|$)/).filter(Boolean)).filter((said) => {
      const [, label, value] = /^([^:]+):\s+(.+)$/.exec(said) || [], key = label && lib.keyOf(label, columns);
      if (!key || !TOLD.includes(key)) return true;
      labelled[key] = labelled[key] || { ...none, text: value, parts: [value] };
      return false;
    });
    const told = { ...none, text: "", parts: [...others, ...pictures] };
    const called = name && !lib.addresses(text(name)).length ? { name: { ...none, text: squeeze(text(name)), parts: [squeeze(text(name))] } } : {};
    const cells = [...(name ? [[1, name]] : []), ...(item.email ? [[2, item.email]] : [])];
    return { el: item.el, cells, own: item.own, told: { ...called, ...(told.parts.length ? { status: told, role: told } : {}), ...labelled }, isItem: true };
  };
  // It says so itself, or what stands above it does as the navigation does.
  const isSurelyCalledSo = (host) => namesOf(host).some((name) => PEOPLE.test(name)) || [...namesOf(host), headingOf(host)].some(isCalledAsScreen);
  const listOf = (host, columns) => {
    const els = all(host, ITEMS).filter((el) => visible(el) && closest(parentOf(el), HOSTS) === host);
    const items = settle(els.map(readItem));
    const addressed = items.length > 0 && items.every((item) => item.stated.length);
    const each = new Set(items.map((item) => item.own && lib.addressKey(item.own)));
    const sure = addressed && each.size === items.length && (items.length > 1 || isSurelyCalledSo(host) || !!window[PLACES]?.has(placeOf(host)));
    const takesOut = els.some((el) => all(el, lib.ACTIONS).some((action) => lib.actionNames(action).some((name) => TAKES_OUT.test(name))));
    if (takesOut || (items.length && !addressed) || !(sure || lib.isOwnList(host))) return [];
    lib.noteOwnList(host);
    if (items.length > 1) (window[PLACES] ??= new Set()).add(placeOf(host));
    const headers = [["Name", "name"], ["Email", "email"], ["Status", "status"]].map(([name, key], at) => ({ at: at + 1, name, key, el: host }));
    return [{ host, headers, known: headers.length, rows: items.map((item) => rowOf(item, columns)) }];
  };
  // `columns` of everybody: a list within a group, or in a form, has fewer.
  const peopleLists = (root, columns) => {
    if (lib.isGroups(columns) || !columns.managers) return [];
    const hosts = all(root, HOSTS).filter((el) => visible(el) && !closest(el, ELSEWHERE) && !(el.matches("[role=listbox]") && closest(el, "form")));
    // It says so itself, or what stands above it does: on her own page, those of her managers are listed alike.
    const saysSo = (host) => {
      const own = namesOf(host), heading = headingOf(host);
      const isOfSome = (name) => SOME.test(name) && !isCalledAsScreen(name);
      return (own.length ? own : [heading]).some((name) => PEOPLE.test(name) || isCalledAsScreen(name)) && ![...own, heading].some(isOfSome);
    };
    return hosts.filter((host) => saysSo(host) && !isOffered(host)).flatMap((host) => listOf(host, columns));
  };
  // For messages: a list of what may be people, and is not surely the one of all of them.
  const likeLists = (root) =>
    all(root, HOSTS).filter(visible).flatMap((host) => {
      const items = all(host, ITEMS).filter((el) => visible(el) && closest(parentOf(el), HOSTS) === host && lib.addresses(text(el)).length);
      return items.length > 1 ? [`a list without columns of ${items.length} items with addresses${namesOf(host)[0] ? `, '${namesOf(host)[0]}'` : ""}`] : [];
    });

  return Object.assign(lib, { peopleLists, likeLists });
}
