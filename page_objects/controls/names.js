// What a person reads and sees of an element: its text, whether it is in view, what it is called.
// A function of the object that tree.js evaluates to; adds to it.
(tree) => {
  const { kids, parentOf, all, first, closest, contains, ancestors, textNodes } = tree;
  // ---- text ---------------------------------------------------------------------------------------------------
  const squeeze = (s) => {
    // Most texts are as they should be but for space around them, and each is looked at many times.
    const bare = s ? String(s).trim() : ""; // what a list item or a component holds may be no text
    if (!bare || /^[!-~]+(?: [!-~]+)*$/.test(bare)) return bare;
    return bare.normalize("NFC").replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "").replace(/[\s\u00a0]+/g, " ").trim();
  };
  let turn = 0;
  // Within one look the page stands still: what was worked out for an element or a string need not be again.
  let texts = new Map(), sights = new Map();
  const once = (work) => {
    let known = new Map(), at = turn;
    return (el) => {
      if (at !== turn) [known, at] = [new Map(), turn];
      const found = known.get(el);
      if (found !== undefined || known.has(el)) return found;
      const made = work(el);
      known.set(el, made);
      return made;
    };
  };
  // For the document: of strings, which are what they are, so much at most.
  const kept = (most, work) => {
    const known = new Map();
    return (key) => {
      if (!known.has(key)) {
        if (known.size >= most) known.clear();
        known.set(key, work(key));
      }
      return known.get(key);
    };
  };
  let behindDialogs = false;
  let going = false;
  const look = (work) => (root, query) => {
    if (!document.body) return query?.kind ? [] : null;
    turn += 1;
    going = false;
    texts = new Map();
    sights = new Map();
    tree.standStill();
    // What lies behind an open menu or dialog is hidden from screen readers, and still there.
    behindDialogs = !!query?.behindDialogs;
    return work(root, query);
  };
  // The parts of one selector are looked for in one task, in which nothing else runs: one look for all of them.
  const partOfLook = (work) => (root, query) => {
    if (going && behindDialogs === !!query?.behindDialogs) return work(root, query);
    const found = look(work)(root, query);
    going = true;
    Promise.resolve().then(() => (going = false));
    return found;
  };
  const fold = kept(5000, (s) => squeeze(s).toLowerCase());
  // Ornaments that a word may carry and still be that word: required marks, counters, arrows, colons, a plus sign, an
  // article, and whichever marks of quotation and apostrophes the console has.
  const bare = kept(5000, (s) => fold(s)
      .replace(/[“”„«»]/gu, '"')
      .replace(/[‘’ʼ]/gu, "'")
      .replace(/\b(?:an?|the) (?=\p{L})/gu, "")
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .replace(/\s*[([](required|optional|csv|\.csv|xlsx?|excel|beta|\d[\d.,\s]*)[)\]]\s*$/u, "")
      .replace(/\s*[([][^()[\]]*\b(?:separat\p{L}*|delimited|per line)(?!\p{L})[^()[\]]*[)\]]\s*$/u, "")
      .replace(/\s+(required|optional)$/u, "")
      .replace(/[^\p{L}\p{N})\]]+$/u, ""));
  // Icon fonts put the icon's name into the text; such a name is lower case and joined by - or _, or one of these.
  const ICON_NAMES =
    "add plus person user users group mail email send upload download edit pencil search close check more menu down up left right caret chevron arrow filter settings";
  const ICON_TOKEN = new RegExp(`^(?:[a-z0-9]+(?:[-_][a-z0-9]+)+|${ICON_NAMES.split(" ").join("|")})$`);
  const withoutIconNames = (s) => {
    const tokens = squeeze(s).split(" ");
    while (tokens.length > 1 && ICON_TOKEN.test(tokens[0])) tokens.shift();
    while (tokens.length > 1 && ICON_TOKEN.test(tokens[tokens.length - 1])) tokens.pop();
    return tokens.join(" ");
  };
  // A box that is called after the icon in it, and says something besides: an icon's own name is one word.
  const saysSomething = (el) => [...textNodes(el)].some((n) => /\p{L}\s+\p{L}/u.test(n.data) && !closest(parentOf(n), "svg"));
  const isIcon = once((el) =>
    el.getAttribute("aria-hidden") === "true" ||
    el.getAttribute("role") === "img" ||
    /^(svg|img)$/i.test(el.tagName) ||
    (el.localName === "i" && !el.textContent.includes("@")) || // an address in italics is none
    (/(^|[\s_-])(icons?|material-symbols\S*|fa|glyphicon)([\s_-]|$)/i.test(el.getAttribute("class") || "") && !saysSomething(el)));

  // A part that its box does not show: a copy that only keeps room for bold letters, a wording for smaller windows.
  const keptBack = once((el) => {
    const style = getComputedStyle(el), box = parentOf(el);
    return style.display === "none" || (style.visibility !== "visible" && !!box && getComputedStyle(box).visibility === "visible");
  });
  // What a closed menu in an element offers is not what the element is called, as a wording for larger windows is.
  const LISTED = "[role=menu], [role=listbox], [role=menuitem], [role=option], ul, ol";
  const holdsMenu = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(LISTED) || !!first(node, LISTED));
  const isKeptBack = (node) => node.nodeType === Node.ELEMENT_NODE && keptBack(node);
  // Direct text of an element, its icons left out; line breaks between blocks become spaces.
  const text = (el, icons = false) => {
    if (el.nodeType === Node.TEXT_NODE) return el.data;
    if (el.nodeType !== Node.ELEMENT_NODE || /^(script|style|noscript|template)$/i.test(el.tagName)) return "";
    if (el.localName === "br") return " ";
    if (!icons && isIcon(el)) return "";
    if (!icons && texts.has(el)) return texts.get(el);
    let inner = "";
    for (const node of kids(el)) if (!isKeptBack(node) || (icons && !holdsMenu(node))) inner += text(node, icons);
    const own = /^inline/.test(getComputedStyle(el).display) ? inner : ` ${inner} `;
    if (!icons) texts.set(el, own);
    return own;
  };

  // ---- what is seen -------------------------------------------------------------------------------------------
  // Whether a box shows nothing of what is in it, by itself or by one around it.
  const clips = once((box) => {
    if (box.offsetWidth > 1 && box.offsetHeight > 1) return clipped(box);
    const style = getComputedStyle(box);
    return (style.display !== "contents" && style.overflow !== "visible") || clipped(box);
  });
  const clipped = (el) => {
    const box = parentOf(el);
    return !!box && box !== document.body && clips(box);
  };
  const hiddenFromPeople = (el) => !behindDialogs && !!closest(el, '[aria-hidden="true"], [inert]');
  const visible = (el) => {
    if (!sights.has(el)) sights.set(el, isVisible(el));
    return sights.get(el);
  };
  // An element without a box of its own, which is seen in what it holds.
  const drawnThrough = (el) => {
    if (getComputedStyle(el).display !== "contents") return false;
    const range = document.createRange();
    range.selectNodeContents(el);
    const box = range.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };
  const isVisible = (el) => {
    if (!el.isConnected || hiddenFromPeople(el)) return false;
    if (!el.checkVisibility({ visibilityProperty: true })) return !!parentOf(el) && visible(parentOf(el)) && drawnThrough(el);
    const box = el.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !clipped(el);
  };
  // A dialog may have no box of its own and show only in what it contains.
  const shown = (el) => visible(el) || (el.isConnected && !hiddenFromPeople(el) && el.checkVisibility({ visibilityProperty: true }) && all(el, "*").some((n) => visible(n)));
  const byIds = (el, attribute) =>
    (el.getAttribute(attribute) || "")
      .split(/\s+/)
      .map((id) => id && el.getRootNode().getElementById?.(id))
      .filter(Boolean);
  const clickable = (el) =>
    el.matches("button, a, summary, label, [role=button], [role=link], [onclick]") ||
    (el.hasAttribute("tabindex") && el.tabIndex >= 0) ||
    getComputedStyle(el).cursor === "pointer";
  // A class that says so at the end of its name, or before a hash: what goes on after it is about being so.
  const SAYS_DISABLED = /(^|[\s_-])disabled(?=[\s_]|$)/i;
  const disabled = (el) =>
    el.matches(":disabled, [aria-disabled=true], [data-disabled]:not([data-disabled=false])") ||
    !!closest(el, "[aria-disabled=true], fieldset:disabled") ||
    SAYS_DISABLED.test(el.getAttribute("class") || "") ||
    SAYS_DISABLED.test(parentOf(el)?.tagName === "LI" ? parentOf(el).className : "");

  // ---- names --------------------------------------------------------------------------------------------------
  const actionNames = (el) => {
    const own = [...byIds(el, "aria-labelledby").map((n) => text(n)), el.getAttribute("aria-label"), text(el)];
    if (/^input$/i.test(el.tagName)) own.push(el.value);
    own.push(el.getAttribute("title"));
    const marks = all(el, "[aria-label], img[alt], svg > title");
    if (!squeeze(text(el))) own.push(...marks.map((m) => m.getAttribute("aria-label") || m.getAttribute("alt") || text(m, true)));
    if (!squeeze(text(el))) own.push(text(el, true));
    return own.map(squeeze).filter(Boolean);
  };
  // 0: the word itself; 1: the word with ornaments; 2: the word beside an icon's name; Infinity: another word.
  // In a word, a '#' stands for a number, as in "Import # people".
  const same = (name, word) => {
    if (!word.includes("#")) return name === word;
    const parts = word.split("#").map((p) => p.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("\\d[\\d.,]*")}$`).test(name);
  };
  const rankOf = (name, { folded, bared, numbered }) => {
    const is = (said, known, at) => known.has(said) || numbered.some((w) => same(said, w[at]));
    if (is(fold(name), folded, 0)) return 0;
    if (is(bare(name), bared, 1)) return 1;
    return is(bare(withoutIconNames(name)), bared, 1) ? 2 : Infinity;
  };
  const tokens = kept(5000, (s) => fold(s).split(/[^\p{L}\p{N}]+/u).filter(Boolean));
  const asked = kept(200, (key) => {
    const words = JSON.parse(key), whole = words.filter((w) => !w.includes("#"));
    const known = {
      folded: new Set(whole.map(fold)),
      bared: new Set(whole.map(bare).filter(Boolean)),
      numbered: words.filter((w) => w.includes("#")).map((w) => [fold(w), bare(w)]),
      said: words.map(fold).join("\n"),
      letterless: words.some((w) => !tokens(w).length),
    };
    return { ...known, rank: kept(2000, (name) => rankOf(name, known)) };
  });
  // The same words come anew with each look, in another array, and are asked for many times within one.
  const keys = new WeakMap();
  const prepare = (words) => {
    if (!keys.has(words)) keys.set(words, JSON.stringify(words));
    return asked(keys.get(words));
  };
  const rank = (names, words) => Math.min(Infinity, ...names.map(prepare(words).rank));
  // Whether a piece of text can be a part of one of the words: of whatever says one, some piece is.
  const maySay = (piece, words) => {
    const { said, letterless } = prepare(words);
    return letterless || (said.includes("#") && /\d/.test(piece)) || tokens(piece).some((t) => said.includes(t));
  };
  // Whether an element lies in something of this kind that is a part of `root`, and not around it: a drawer for one
  // person can be a <nav>.
  const within = (root, el, selector) => {
    const box = closest(el, selector);
    return !!box && box !== root && contains(root, box);
  };
  const outermost = (els) => {
    const set = new Set(els);
    return els.filter((el) => !ancestors(el).slice(1).some((a) => set.has(a)));
  };
  const innermost = (els) => {
    const set = new Set(els);
    const outer = new Set(els.flatMap((el) => ancestors(el).slice(1).filter((a) => set.has(a))));
    return els.filter((el) => !outer.has(el));
  };

  // Elements whose whole text is one of the words: how a word is found where no role tells what it is.
  // What is beside a piece of the word, an ornament or an icon's name, leads to the box around both.
  const textElements = (root, words) => {
    const found = new Set(), near = new Set();
    const longest = Math.max(...words.map((w) => w.length)) + 40;
    const isShort = (el) => !!el && text(el).trim().length <= longest;
    const nodes = [...textNodes(root)].filter((node) => node.data.length <= 400 && /\S/.test(node.data));
    for (const node of nodes) {
      if (maySay(node.data, words)) for (let a = parentOf(node); !near.has(a) && isShort(a); a = parentOf(a)) near.add(a);
    }
    for (const node of near.size ? nodes : []) {
      const el = parentOf(node);
      if (!el || /^(script|style|option|noscript|template)$/i.test(el.tagName) || isIcon(el)) continue;
      const boxes = ancestors(el).slice(0, 4);
      if (!boxes.some((a) => near.has(a))) continue;
      const box = boxes.find((a) => !isShort(a) || rank([text(a)], words) < Infinity);
      if (box && box !== root && isShort(box)) found.add(box);
    }
    return [...found];
  };

  return { ...tree, turnOf: () => turn, look, partOfLook, once, squeeze, fold, bare, withoutIconNames, isIcon, isKeptBack, text, visible, shown, drawnThrough,
    byIds, clickable, disabled, actionNames, rank, within, outermost, innermost, textElements };
}
