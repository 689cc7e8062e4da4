// Surfaces, each known by what it must hold; and before them where something lies, and whether a click brought it up.
// A function of the object that the files before it make; adds to it the
// kinds surface and inline-form.
(lib) => {
  const { kids, elementKids, parentOf, all, first, closest, contains, ancestors, hitAt, squeeze, text, visible, shown,
    outermost, innermost } = lib;
  // The same is asked of the same box again and again within one look.
  const answers = lib.once(() => new Map());
  const keys = new WeakMap();
  const find = (scope, query) => {
    if (!keys.has(query)) keys.set(query, JSON.stringify(query));
    const known = answers(scope), key = keys.get(query);
    if (!known.has(key)) known.set(key, lib.find(scope, query));
    return known.get(key);
  };
  // ---- what a click brought up --------------------------------------------------------------------------------
  const SEEN = Symbol.for("page-objects.seen");
  const leaves = (root) => all(root, "*").filter((el) => !elementKids(el).length || kids(el).some((n) => n.nodeType === Node.TEXT_NODE && squeeze(n.data)));
  // Two memories, so that a menu's items stay told from the page while what a click on one of them brings up is told too.
  const remember = (root, slot) => {
    window[SEEN] ??= {};
    window[SEEN][slot] = new WeakMap(leaves(document).filter(visible).map((el) => [el, squeeze(text(el))]));
    return true;
  };
  const fresh = (el, slot = "click") => {
    const seen = window[SEEN]?.[slot];
    return !seen || seen.get(el) !== squeeze(text(el));
  };

  // In a table's cell, and not in a menu that was opened over it.
  const inCell = (el) => {
    const table = closest(el, "table, [role=grid]");
    for (let a = el; table && a !== table; a = parentOf(a)) if (/fixed|absolute/.test(getComputedStyle(a).position)) return false;
    return !!table;
  };
  // The layers over the page that an element lies in. What holds the page itself lies over nothing.
  const PAGE_PARTS = "main, nav, [role=main], [role=navigation]";
  const layersOver = (el) =>
    ancestors(el).filter((a) => a !== document.body && /fixed|absolute/.test(getComputedStyle(a).position) && !a.matches(PAGE_PARTS) && !first(a, PAGE_PARTS));
  const inLayer = (el) => {
    for (let a = el; a && a !== document.body; a = parentOf(a)) if (/fixed|absolute/.test(getComputedStyle(a).position)) return true;
    return false;
  };

  // ---- surfaces: a dialog, a drawer, a pop-over or a page, known by what it must hold ----------------------------
  const onTop = (dialog) => {
    const el = visible(dialog) ? dialog : outermost(all(dialog, "*").filter((n) => visible(n) && squeeze(text(n))))[0] || dialog;
    const box = el.getBoundingClientRect();
    const hit = hitAt(
      Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
      Math.min(Math.max(box.top + Math.min(box.height / 2, 200), 1), innerHeight - 1),
    );
    return !!hit && (contains(el, hit) || contains(hit, el));
  };
  const DIALOGS = "[role=dialog], [role=alertdialog], dialog[open], [aria-modal=true]";
  const REPORTS = "[role=alert], [role=status], [aria-live=assertive], [aria-live=polite], [class*=flash i], [class*=notice i], [class*=alert i], [class*=toast i], [class*=snackbar i], [class*=notification i], [class*=message i]";
  // `columns`: those of a list that it must not hold, as nothing asks with the whole list in it.
  const findSurfaces = (root, { holds, layered = false, isNew = false, since = "click", columns = null }) => {
    // What came up holds something that was not there before; a drawer that merely stayed does not.
    const came = (el) => (leaves(el).length ? leaves(el) : [el]).some((leaf) => fresh(leaf, since));
    const lacks = (scope, query) => !(query.unless && scope.matches(query.unless)) && !find(scope, query).length;
    const missing = (scope) => holds.some((query) => lacks(scope, query)) || (isNew && !holds.some((query) => find(scope, query).some(came)));
    const roled = innermost(all(root, DIALOGS).filter((el) => shown(el) && !missing(el)));
    if (roled.length) return roled.length > 1 ? roled.filter(onTop) : roled;
    // What reports on something done may have a cross of its own to put it away, which is no answer to anything.
    const inReport = (el) => {
      const report = ancestors(el).slice(1).find((a) => a.matches(REPORTS));
      return !!report && missing(report);
    };
    const counts = (el) => !layered || ((fresh(el, since) || inLayer(el)) && !inReport(el));
    // The page below may have a real button of a word that a mere box says in what lies over it.
    let laid = null;
    const overPage = () => (laid ??= outermost([...new Set(leaves(root).filter((el) => visible(el) && fresh(el, since)).map((el) => layersOver(el).pop()).filter(Boolean))]));
    const groups = holds.map((query) => {
      const found = find(root, query).filter(counts);
      return found.length || !layered ? found : overPage().flatMap((layer) => find(layer, query).filter(counts));
    });
    if (groups.some((group) => !group.length)) return [];
    // The smallest box that holds one of each: of all ways to choose, the deepest common ancestor.
    let candidates = groups[0].flatMap((el) => ancestors(el).slice(1).find((a) => groups.every((group) => group.some((m) => contains(a, m)))) || []);
    candidates = innermost([...new Set(candidates)]);
    if (isNew) candidates = candidates.filter((el) => !missing(el));
    if (columns) candidates = candidates.filter((el) => !lib.tables(root, columns).some(({ host }) => contains(el, host)));
    return layered ? candidates.filter((el) => !/^(body|html)$/i.test(el.tagName)) : candidates;
  };

  // A form that stands open in the page itself, as above the list that it adds to: what carries the word there sends it.
  const findInlineForms = (root, { words, holds }) => {
    const SENDS = "button, input[type=submit], input[type=image]";
    const sending = (form) => [...form.elements, ...all(form, "input[type=image]")].filter((el) => el.matches(SENDS) && el.type !== "button" && el.type !== "reset" && visible(el));
    const sends = { kind: "action", words };
    const forms = find(root, sends).map((el) => closest(el, SENDS)?.form).filter((form) => form && visible(form));
    // One that is laid around the whole page, list and all, is about nothing alone.
    return [...new Set(forms)].filter((form) => !closest(form, DIALOGS) && !inLayer(form) && !first(form, "table, [role=grid]") &&
      sending(form).length === 1 && find(form, sends).length === 1 && holds.every((query) => find(form, query).length === 1));
  };

  Object.assign(lib.KINDS, { surface: findSurfaces, "inline-form": findInlineForms });
  return Object.assign(lib, { leaves, remember, fresh, inCell, layersOver, inLayer, onTop, DIALOGS, REPORTS });
}
