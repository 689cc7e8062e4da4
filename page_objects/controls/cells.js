// What a cell, an item or a value says: the pieces it is made of, and the addresses among them.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { kids, elementKids, parentOf, all, first, contains, squeeze, isIcon, text } = lib;

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
    if (!lib.closest(item, "li, [role=listitem]")) return false;
    const others = elementKids(item).filter((el) => el !== kind && !isIcon(el) && /[\p{L}\p{N}]/u.test(text(el)));
    if (!item.matches("li, [role=listitem]") && !(others.length === 1 && others[0].matches("a"))) return false;
    return others.length === 1 && (others[0].localName !== kind.localName || others[0].className !== kind.className);
  };

  // Words a part of which is highlighted, as what was searched for is: "jo" and, marked, "ann@x.example" are one address.
  // What is only bold may be a badge or a name beside it: it belongs to an address that is none without it.
  const isInline = (node) => {
    if (elementKids(node).length) return false;
    const style = getComputedStyle(node), space = (side) => parseFloat(style[`margin${side}`]) !== 0 || parseFloat(style[`padding${side}`]) > 4;
    return style.display === "inline" && !space("Left") && !space("Right");
  };
  const isAddress = (said) => addresses(said).length === 1 && addresses(said)[0] === said;
  const isHighlighted = (node) => {
    const pieces = kids(node).filter((n) => n.nodeType === Node.ELEMENT_NODE || (n.nodeType === Node.TEXT_NODE && n.data));
    const marked = pieces.filter((n) => n.nodeType === Node.ELEMENT_NODE);
    if (!marked.length || marked.length === pieces.length || !marked.every(isInline)) return false;
    if (!pieces.some((n, at) => at && /\S$/.test(pieces[at - 1].textContent) && /^\S/.test(n.textContent))) return false;
    if (marked.every((n) => n.matches("mark, [class*=highlight i]"))) return true;
    const bold = marked.every((n) => n.matches("mark, b, strong, em, u, font, [class*=highlight i]"));
    return bold && isAddress(squeeze(node.textContent)) && !pieces.some((n) => isAddress(squeeze(n.textContent)));
  };

  // The pieces a cell or value is made of: each chip, badge or line on its own. Those of a row are those of its cells.
  const NO_PART = /^(script|style|template|option)$/i;
  const parts = lib.once((node) => {
    if (isIcon(node) || NO_PART.test(node.tagName)) return [];
    const whole = squeeze(text(node));
    if (!/[\p{L}\p{N}]/u.test(whole)) return [];
    // "+" and "1" are often two pieces of text in one box.
    if (!elementKids(node).some((c) => c.localName === "br" || (!isIcon(c) && squeeze(text(c))))) return [whole];
    if (isHighlighted(node)) return [squeeze(node.textContent)];
    if (getComputedStyle(node).display === "none") return [];
    const inside = kids(node), named = inside.some((n) => n.nodeType === Node.TEXT_NODE && /[\p{L}\p{N}]/u.test(n.data));
    const said = (child) => {
      if (child.nodeType === Node.TEXT_NODE) return /[\p{L}\p{N}]/u.test(child.data) ? [squeeze(child.data)] : [];
      const isNone = child.nodeType !== Node.ELEMENT_NODE || lib.isKeptBack(child) || (isKind(child) && (named || isBesideName(child)));
      return isNone ? [] : parts(child);
    };
    return inside.flatMap(said);
  });
  const painted = (style) => !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) && Number(style.opacity) > 0;
  // A chip's colour is sometimes a box of its own that lies under its text.
  const isUnderlay = (el) => !squeeze(text(el)) && getComputedStyle(el).position === "absolute" && painted(getComputedStyle(el));
  // Whether a cell's pieces are set apart by more than punctuation: items of a list, or boxes with a look of their own.
  const setApart = (el, inside = all(el, "*")) =>
    inside.some((n) => n.matches("li, [role=listitem]")) ||
    inside.some((n) => {
      if (isIcon(n) || !n.checkVisibility() || !/[\p{L}\p{N}]/u.test(text(n)) || n.matches("a, button")) return false;
      const style = getComputedStyle(n);
      return painted(style) || parseFloat(style.borderTopWidth) > 0 || lib.elementKids(n).some((c) => isUnderlay(c));
    });
  const labelsOf = (el, inside = all(el, "[aria-label]")) => inside.filter((n) => n.hasAttribute("aria-label")).map((n) => squeeze(n.getAttribute("aria-label")));
  // What a picture without a text is explained by.
  const glyphsOf = (row, besides) => all(row, "[title]").filter((n) => !squeeze(text(n)) && !besides.some((cell) => contains(cell, n))).map((n) => squeeze(n.getAttribute("title")));
  // What pictures say: a dot that is green, and called "Active". A picture is called so in place of a text, and what is
  // drawn by signs alone, "⊘" with a title, is one too.
  const PICTURES = "[role=img], img[alt], svg, [aria-label], [title]";
  const picturesOf = (el, inside = all(el, PICTURES)) => {
    const isPicture = (n) => n.matches(PICTURES) && lib.visible(n) && !/[\p{L}\p{N}]/u.test(text(n)) && !lib.closest(n, "button, a, [role=button]");
    const called = (n) => squeeze(n.getAttribute("aria-label") || n.getAttribute("alt") || n.getAttribute("title") || (n.localName === "svg" && first(n, "title")?.textContent));
    return [...new Set([el, ...inside].filter(isPicture).map(called).filter(Boolean))];
  };
  // Libraries that draw a title themselves take it away from the browser.
  const TITLED = "[title], [data-original-title], [data-bs-original-title], [data-title], abbr";
  const titleOfElement = (n) => ["title", "data-original-title", "data-bs-original-title", "data-title"].map((name) => n.getAttribute(name)).find(Boolean);
  const mailed = (a) => addresses(decodeURIComponent(a.getAttribute("href").slice(7)));
  const cellOf = lib.once((el) => {
    // Looked for once: most cells hold an element or two, or none.
    const inside = elementKids(el).length ? all(el, "*") : [];
    const own = (selector) => inside.filter((n) => n.matches(selector));
    return {
      text: squeeze(text(el)),
      parts: parts(el),
      apart: setApart(el, inside),
      titles: [el, ...own(TITLED)].map(titleOfElement).filter(Boolean).map(squeeze),
      labels: labelsOf(el, inside),
      pictures: picturesOf(el, inside),
      datetime: own("time[datetime]")[0]?.getAttribute("datetime") || null,
      href: own("a[href]")[0]?.getAttribute("href") || null,
      addresses: [...new Set([...parts(el).flatMap(addresses), ...own("a[href^='mailto:']").flatMap(mailed)])],
    };
  });

  return Object.assign(lib, { addresses, addressKey, isKind, isAddress, parts, setApart, labelsOf, glyphsOf, picturesOf, cellOf });
}
