// What lies over the page and is not part of it: wraps the library of the other files. KNOWN comes from overlays.py.
(lib) => {
  const KNOWN = "{{interruptions}}";
  const { all, first, closest, parentOf, hitAt, visible, squeeze, text, fold, actionNames } = lib;
  const chain = lib.ancestors, holds = lib.contains;
  const isLayer = (el) => el.matches(lib.DIALOGS) || /fixed|absolute|sticky/.test(getComputedStyle(el).position);
  // The outermost box over the page that something belongs to, short of what also holds `besides`.
  const layerOf = (el, besides) =>
    chain(el).filter((a) => a !== document.body && a !== document.documentElement && !(besides && holds(a, besides)) && isLayer(a)).pop() || null;

  const TITLES = "h1, h2, h3, h4, h5, h6, [role=heading], strong, b, legend";
  const titles = (layer) => {
    const named = [layer, ...all(layer, `${lib.DIALOGS}, [aria-label], iframe[title]`).filter((el) => !el.matches("button, a, input"))];
    const said = named.flatMap((el) => [el.getAttribute("aria-label"), el.getAttribute("title"), ...lib.byIds(el, "aria-labelledby").map((n) => text(n))]);
    const lines = lib.leaves(layer).filter((el) => visible(el) && !closest(el, "button, [role=button]")).slice(0, 3).map((el) => text(el));
    return [...said, ...all(layer, TITLES).filter(visible).map((el) => text(el)), ...lines].map(squeeze).filter((s) => s && s.length < 200);
  };
  const contains = (line, phrase) => {
    const at = fold(line).indexOf(fold(phrase));
    if (at < 0) return false;
    const before = fold(line)[at - 1] || " ", after = fold(line)[at + fold(phrase).length] || " ";
    return !/[\p{L}\p{N}]/u.test(before) && (!/[\p{L}\p{N}]/u.test(after) || !/[\p{L}\p{N}]$/u.test(phrase));
  };
  const kindOf = (layer) => {
    if (!layer || layer === document.body) return null;
    const whole = squeeze(text(layer));
    if (whole.length > 3000 || lib.addresses(whole).length) return null;
    if (all(layer, "table, [role=grid], input[type=password], input[type=email], input[type=file], select").some(visible)) return null;
    if (all(layer, "main, nav, [role=main], [role=navigation]").some(visible)) return null;
    if (all(layer, lib.ACTIONS).filter(visible).some((el) => lib.rank(actionNames(el), KNOWN.own) < Infinity)) return null;
    const heads = titles(layer);
    const typed = all(layer, "input:not([type=checkbox], [type=radio], [type=hidden], [type=range]), textarea").some(visible);
    return KNOWN.kinds.find((kind) => (!typed || kind.typed) && kind.phrases.some((phrase) => heads.some((head) => contains(head, phrase)) || (kind.anywhere && contains(whole, phrase)))) || null;
  };
  // Of several ways with the same word each closes it, so any will do.
  const findActions = lib.KINDS.action;
  const closerOf = (layer, kind) => {
    for (const words of kind.closes) {
      const [found] = findActions(layer, { words });
      if (found) return found;
    }
    // A cross without a name: the only small nameless button, not below the title.
    const small = lib.outermost(
      all(layer, "button, [role=button], a, [tabindex], div, span").filter((el) => visible(el) && lib.clickable(el) && !actionNames(el).length && el.getBoundingClientRect().width <= 64 && first(el, "svg, i, img, span")),
    );
    const [title] = all(layer, TITLES).filter(visible);
    const fits = small.length === 1 && (!title || small[0].getBoundingClientRect().top <= title.getBoundingClientRect().bottom);
    return fits ? small[0] : null;
  };

  // The interruption that something belongs to, if it does.
  const judged = lib.once(kindOf);
  const interruptionOf = (el) =>
    chain(el).filter((a) => a !== document.body && a !== document.documentElement && isLayer(a)).reverse().find(judged) || null;
  const interrupts = (el) => !!interruptionOf(el);

  // Layers in the way: dialogs, and what is topmost at some place of the window and takes up a good part of it, or, with
  // `target`, covers that.
  const layers = (target) => {
    const found = new Set(all(document.body, lib.DIALOGS).filter((el) => lib.shown(el)).map(interruptionOf).filter(Boolean));
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
      const hit = hitAt(innerWidth * x, innerHeight * y), layer = hit && interruptionOf(hit);
      if (!layer) continue;
      const box = layer.getBoundingClientRect();
      if (box.width * box.height >= innerWidth * innerHeight * 0.25) found.add(layer);
    }
    if (target) {
      const box = target.getBoundingClientRect();
      const hit = hitAt(box.left + box.width / 2, box.top + box.height / 2);
      const layer = hit && !holds(target, hit) && interruptionOf(hit);
      if (layer) found.add(layer);
    }
    return [...found];
  };
  const TARGET = Symbol.for("page-objects.target");
  const interruptions = () =>
    layers(window[TARGET]?.isConnected ? window[TARGET] : null)
      .map((layer) => ({ layer, kind: judged(layer) }))
      .map((each) => ({ ...each, closer: closerOf(each.layer, each.kind) }));
  // One may lie under the next: the one on top is closed first.
  const inReach = (el) => {
    const box = el.getBoundingClientRect();
    const hit = hitAt(box.left + box.width / 2, box.top + box.height / 2);
    return !!hit && holds(el, hit);
  };
  const onTop = () => interruptions().filter(({ closer }) => closer && inReach(closer)).slice(0, 1);
  const closable = () => {
    const [top] = onTop();
    return top ? { kind: top.kind.name, said: titles(top.layer)[0] || squeeze(text(top.layer)).slice(0, 80), by: actionNames(top.closer)[0] || "the cross without a name" } : null;
  };
  // What is there instead of what is waited for.
  const instead = (root, words) => ({ closable: !!closable(), asks: lib.asksToSignIn(root, words) });
  const findClosers = () => onTop().map(({ closer }) => closer);

  const places = (box) => [0.1, 0.3, 0.7, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => ({ x: box.width * x, y: box.height * y })));
  // A field that has the focus is often drawn larger. Were it left only by the press of the mouse on a button below it,
  // the button would have moved away before the mouse is let go, and nothing be clicked.
  const leaveField = (el) => {
    let field = document.activeElement;
    while (field?.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;
    const typed = (n) => n.matches("input, textarea, [contenteditable=true], [contenteditable=''], [role=combobox]");
    if (!field || !typed(field) || typed(el) || !el.matches("button, a, [role=button], [role=tab], [role=link]")) return;
    if (holds(el, field) || holds(lib.boxOf(field), el) || field.getAttribute("aria-expanded") === "true" || lib.offered(document.body).length) return;
    field.blur();
  };
  const coveredNow = (el) => {
    const box = el.getBoundingClientRect();
    const mine = (hit) => hit && (holds(el, hit) || holds(hit, el) || [...(el.labels || [])].some((label) => holds(label, hit)));
    const hit = hitAt(box.left + box.width / 2, box.top + box.height / 2);
    // A click on a field must not take away what was chosen in it.
    const takesAway = (there, field) => { const remover = there && closest(there, lib.REMOVERS); return !!remover && remover !== field && holds(field, remover); };
    const besides = (field) => places(box).find((at) => { const there = hitAt(box.left + at.x, box.top + at.y); return there && holds(field, there) && !takesAway(there, field); }) || null;
    const composite = el.matches("input, [role=combobox], textarea");
    if (!hit || (mine(hit) && !(composite && hit !== el && holds(hit, el))))
      return { own: false, cover: "", free: el.matches("[role=combobox], [role=listbox]") && takesAway(hit, el) ? besides(el) : null };
    // A composite control often lies under a part of itself: the chosen value over its input, or the box around both.
    if (composite)
      for (let a = parentOf(el), up = 0; a && up < 4; a = parentOf(a), up += 1) {
        if (all(a, "input:not([type=hidden], [aria-hidden=true]), select:not([aria-hidden=true]), textarea, [role=combobox]").filter((n) => n.checkVisibility()).length > 1) break;
        if (holds(a, hit)) return { own: true, cover: "", free: takesAway(hit, a) ? besides(a) : null };
      }
    if (mine(hit)) return { own: false, cover: "", free: null };
    const free = places(box).find((at) => holds(el, hitAt(box.left + at.x, box.top + at.y))) || null;
    const layer = layerOf(hit, el) || hit;
    const tag = `<${layer.tagName.toLowerCase()}${layer.id ? ` id="${layer.id}"` : ""}${layer.getAttribute("class") ? ` class="${layer.getAttribute("class")}"` : ""}>`;
    const said = titles(layer)[0] || squeeze(text(layer)).slice(0, 80);
    // A list of options that is open over what is to be clicked: its field opened it late, or again.
    const list = !layer.matches(lib.DIALOGS) && [layer, ...all(layer, "[role=option]")].some((n) => n.matches("[role=option], [role=listbox]"));
    return { own: false, cover: said ? `${tag} '${said}'` : tag, free, list };
  };
  // What keeps an element from being clicked in its middle: a part of itself (then the click belongs to it), or
  // something else; then where it could still be hit.
  const coverOf = (el) => {
    window[TARGET] = el;
    leaveField(el);
    // Out of the window, or out of the view of the box it scrolls in: what lies in its place then covers nothing.
    const within = (box, view) => box.top >= view.top - 1 && box.left >= view.left - 1 && box.bottom <= view.bottom + 1 && box.right <= view.right + 1;
    const scrolls = (a) => /auto|scroll/.test(getComputedStyle(a).overflow) && (a.scrollHeight > a.clientHeight || a.scrollWidth > a.clientWidth);
    const seen = el.getBoundingClientRect();
    const views = [{ top: 0, left: 0, bottom: innerHeight, right: innerWidth }];
    for (let a = parentOf(el); a && a !== document.body; a = parentOf(a)) if (scrolls(a)) views.push(a.getBoundingClientRect());
    if (!views.every((view) => within(seen, view))) el.scrollIntoView({ block: "center", inline: "nearest" });
    const view = coveredNow(el);
    if (!view.cover || view.free) return view;
    // A bar that stays at the window's edge lies over what was scrolled only just into view: its middle is free of it.
    el.scrollIntoView({ block: "center", inline: "nearest" });
    return coveredNow(el);
  };

  // Nothing of an interruption is ever taken for a part of the console: not its 'Next' for the list's, not its form.
  const OWN = ["action", "sender", "closer", "field", "search", "option", "surface", "text", "menu", "box", "submit", "pager", "filter", "toolbar", "step-surface", "people-search"];
  for (const kind of OWN) {
    const before = lib.KINDS[kind];
    lib.KINDS[kind] = (root, query) => {
      const found = before(root, query);
      if (!found.length) return found;
      return found.filter((el) => !interruptionOf(el));
    };
  }
  Object.assign(lib.KINDS, { "closes-interruption": findClosers });
  return Object.assign(lib, { interrupts, coverOf, closable, instead });
}
