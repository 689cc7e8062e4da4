// What of a page may be seen where evidence is masked: the people concerned, and dialogs; in them nobody else.
//
// Told by addresses, over open shadow trees: an element shows somebody else where any other address stands in it, in a
// text, a field or a label. Shown is the largest part in which nobody else stands, and a row or dialog of the people
// concerned without those of its parts that show others. What is not marked is not shown, so whatever is drawn anew
// between marking and picture is covered.
(() => {
  const ADDRESS = /[^\s<>()[\]",;:|]+@[^\s<>()[\]",;:|]+\.[^\s<>()[\]",;:|.]+/g;
  const LABELS = ["aria-label", "aria-description", "title", "alt", "placeholder", "value"];
  const NEVER_WHOLE = "html, body, main, header, nav, aside, footer, [role=main], [role=banner], [role=navigation]";
  const ROW = "tr, li, [role=row], [role=listitem]";
  const DIALOG = "dialog, [role=dialog], [role=alertdialog]";
  const SHOWN = "data-evidence-shown";
  const INK = "--evidence-ink"; // the colour of its letters, which it may have from a part that is not shown

  const inside = element => [...(element.shadowRoot ? element.shadowRoot.children : []), ...element.children];
  const ownTexts = element => [
    ...[...(element.shadowRoot ? element.shadowRoot.childNodes : []), ...element.childNodes]
      .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
    ...LABELS.map(name => element.getAttribute(name) ?? ""),
    ...("value" in element && typeof element.value === "string" ? [element.value] : []),
  ];
  const addresses = texts => texts.flatMap(text => text.match(ADDRESS) ?? []).map(found => found.toLowerCase());

  // For each element: whether the people concerned, and whether others, are in it by an address; others' at most two.
  const surveyed = (root, wanted) => {
    const known = new Map();
    const visit = element => {
      const own = addresses(ownTexts(element));
      const about = {
        wanted: own.some(each => wanted.has(each)),
        own: own.some(each => !wanted.has(each)),
        others: new Set(own.filter(each => !wanted.has(each))),
      };
      for (const child of inside(element)) {
        const below = visit(child);
        about.wanted ||= below.wanted;
        if (about.others.size < 2) below.others.forEach(each => about.others.add(each));
      }
      known.set(element, about);
      return about;
    };
    visit(root);
    return known;
  };

  const show = (element, known) => {
    const about = known.get(element);
    if (about.own || (about.others.size && !about.wanted)) return;
    element.setAttribute(SHOWN, "");
    element.style?.setProperty(INK, getComputedStyle(element).webkitTextFillColor);
    inside(element).forEach(child => show(child, known));
  };

  const mark = people => {
    const known = surveyed(document.documentElement, new Set(people));
    const visit = element => {
      const about = known.get(element);
      const dialog = element.matches(DIALOG);
      if (!about.wanted && !dialog && !element.querySelector(DIALOG) && !element.shadowRoot) return;
      const alone = about.wanted && !about.others.size && !element.matches(NEVER_WHOLE);
      if (alone || dialog || (about.wanted && element.matches(ROW))) {
        if (dialog && !about.wanted && about.others.size) return;
        show(element, known);
        if (element.hasAttribute(SHOWN)) element.setAttribute(SHOWN, "top");
        return;
      }
      inside(element).forEach(visit);
    };
    visit(document.documentElement);
  };

  // What stands in the largest parts in which one other person stands, and what stands in the parts that are shown.
  const texts = people => {
    const known = surveyed(document.documentElement, new Set(people));
    const others = [], shown = [];
    const collect = element => {
      others.push(...ownTexts(element));
      inside(element).forEach(collect);
    };
    const visit = element => {
      const about = known.get(element);
      if (!about.others.size) return;
      if (about.others.size === 1 && !about.wanted && !element.matches(NEVER_WHOLE)) collect(element);
      else inside(element).forEach(visit);
    };
    visit(document.documentElement);
    mark(people);
    const look = element => {
      if (element.hasAttribute(SHOWN)) shown.push(...ownTexts(element));
      inside(element).forEach(look);
    };
    look(document.documentElement);
    unmark(people);
    return { others, shown };
  };

  // Takes the marks away; whether nobody else had come into a marked part meanwhile.
  const unmark = people => {
    const wanted = new Set(people);
    let clean = true;
    const visit = element => {
      if (element.hasAttribute(SHOWN)) {
        clean &&= !addresses(ownTexts(element)).some(each => !wanted.has(each));
        element.removeAttribute(SHOWN);
        element.style?.removeProperty(INK);
        if (element.getAttribute("style") === "") element.removeAttribute("style");
      }
      inside(element).forEach(visit);
    };
    visit(document.documentElement);
    return clean;
  };

  return { mark, texts, unmark };
})()
