// The page as it is drawn: web components put shadow trees between an element and what is seen of it. An element's
// parent here is what it is drawn in, its children what is drawn in it; slots are passed through. Where a page has no
// shadow trees, all of this is the browser's own.
// Evaluates to an object of functions, on which names.js builds.
(() => {
  let shadows = null, drawing = null;
  const anyShadow = () => (shadows ??= [...document.querySelectorAll("*")].some((el) => el.shadowRoot));
  // What was worked out holds for one look, in which the page stands still.
  const standStill = () => { shadows = null; drawing = null; };

  // Several times as fast as to make an array of the list that an element has of them.
  const along = (first, next) => {
    const out = [];
    for (let node = first; node; node = node[next]) out.push(node);
    return out;
  };
  const isSlot = (node) => node.localName === "slot" && node.getRootNode() instanceof ShadowRoot;
  const kids = (node) => {
    if (!anyShadow()) return along(node.firstChild, "nextSibling");
    return [...(node.shadowRoot || node).childNodes].flatMap((child) => (isSlot(child) ? child.assignedNodes({ flatten: true }) : [child]));
  };
  const elementKids = (el) => (anyShadow() ? kids(el).filter((node) => node.nodeType === Node.ELEMENT_NODE) : along(el.firstElementChild, "nextElementSibling"));
  const parentOf = (node) => {
    if (!anyShadow()) return node.parentElement;
    for (let up = node.assignedSlot || node.parentNode; up; up = up.assignedSlot || up.parentNode) {
      if (up instanceof ShadowRoot) return up.host;
      if (!isSlot(up)) return up.nodeType === Node.ELEMENT_NODE ? up : null;
    }
    return null;
  };
  // Every element in the order in which they are drawn, and how far what is in it reaches.
  const drawnOrder = () => {
    if (drawing) return drawing;
    const order = [], reach = new Map();
    const walk = (el) => {
      const start = order.push(el);
      for (const kid of elementKids(el)) walk(kid);
      reach.set(el, [start, order.length]);
    };
    walk(document.documentElement);
    return (drawing = { order, reach });
  };

  const all = (root, selector) => {
    if (!anyShadow()) return [...root.querySelectorAll(selector)];
    const { order, reach } = drawnOrder();
    if (root !== document && !reach.has(root)) return [...root.querySelectorAll(selector)];
    return order.slice(...(reach.get(root) || [])).filter((el) => el.matches(selector));
  };
  const first = (root, selector) => (anyShadow() ? all(root, selector)[0] || null : root.querySelector(selector));
  const closest = (el, selector) => {
    if (!anyShadow()) return el.closest(selector);
    for (let a = el; a; a = parentOf(a)) if (a.matches(selector)) return a;
    return null;
  };
  const contains = (outer, inner) => {
    if (!anyShadow() || outer === document) return outer.contains(inner);
    for (let a = inner; a; a = parentOf(a)) if (a === outer) return true;
    return false;
  };
  const ancestors = (el) => {
    const out = [];
    for (let a = el; a; a = parentOf(a)) out.push(a);
    return out;
  };
  const textNodes = function* (root) {
    if (anyShadow()) {
      for (const el of [...(root === document ? [] : [root]), ...all(root, "*")]) for (const node of kids(el)) if (node.nodeType === Node.TEXT_NODE) yield node;
      return;
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node;
  };
  // The innermost element drawn at a place of the window.
  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const deeper = hit.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === hit) break;
      hit = deeper;
    }
    return hit;
  };
  return { standStill, kids, elementKids, parentOf, all, first, closest, contains, ancestors, textNodes, hitAt };
})()
