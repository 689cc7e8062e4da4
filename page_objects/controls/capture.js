// Writes a page down as a tree of plain values: elements with the attributes and computed styles that finding and reading
// go by, and texts with what kind of text they are. Scripts, style sheets, comments, hidden inputs and frames are left out.
// A function of the object that the other files make; used by `workramp record` alone.
(lib) => {
  const DROPPED = /^(script|noscript|link|meta|base|style|iframe|frame|object|embed|template|head|canvas|video|audio|source)$/i;
  const KEPT = new Set(
    ("role type alt placeholder title tabindex disabled readonly multiple required contenteditable datetime colspan rowspan open inert " +
      "data-placeholder data-disabled data-state data-checked data-rowindex autocomplete label scope min max").split(" "),
  );
  const REFERENCES = new Set(["id", "for", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage", "aria-activedescendant", "aria-details", "popovertarget"]);
  const URLS = new Set(["href"]);
  // Where texts are data about people rather than the console's own words: rows, lists, values, names beside boxes.
  const DATA = [
    "tbody tr, [role=row]:not(:has([role=columnheader])), [role=option], option, [role=listbox] li, dd",
    "input, textarea, [contenteditable=true], [role=checkbox], [role=radio], label:has([type=checkbox], [type=radio])",
  ].join(", ");
  const OWN = "button, [role=button], [role=menuitem], [role=tab], th, [role=columnheader], legend, summary, label, nav a, [role=navigation] a, dt";

  const HERS = Symbol.for("page-objects.hers");
  const ids = new Map();
  const renamed = (id) => {
    if (!ids.has(id)) ids.set(id, `e${ids.size + 1}`);
    return ids.get(id);
  };
  // A text is the console's own where a control or heading of a column carries it; whatever else is there may be anybody's.
  const kindOf = (el) => {
    const box = el.closest("label")?.control;
    if (el.closest(DATA) || (box && /^(checkbox|radio)$/.test(box.type))) return "data";
    // The corner of the page that says who is signed in, and at which company.
    const top = el.closest("header, [role=banner]");
    if (top && !top.closest("main, section, article, [role=main], [role=dialog], dialog")) return "data";
    return el.closest(OWN) ? "console" : "data";
  };

  // ---- what is seen of an element, as styles that make it so without the page's own style sheets ------------------
  const ALWAYS = ["display", "position", "cursor", "visibility"];
  const styleOf = (el) => {
    const style = getComputedStyle(el);
    const out = {};
    for (const name of ALWAYS) out[name] = style.getPropertyValue(name);
    if (style.display === "none") return { display: "none" };
    const inline = style.display === "inline";
    if (style.position !== "static") for (const name of ["top", "left", "z-index", "transform"]) out[name] = style.getPropertyValue(name);
    for (const name of ["overflow-x", "overflow-y"]) if (style.getPropertyValue(name) !== "visible") out[name] = style.getPropertyValue(name);
    if (!inline && !/^table/.test(style.display)) {
      out.width = style.width;
      out.height = style.height;
      out["box-sizing"] = style.boxSizing;
    }
    for (const name of ["flex-direction", "flex-wrap"]) if (/flex/.test(style.display) && !/^(row|nowrap)$/.test(style.getPropertyValue(name))) out[name] = style.getPropertyValue(name);
    if (!/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor)) out["background-color"] = style.backgroundColor;
    if (parseFloat(style.borderTopWidth) > 0) out["border-top"] = `${style.borderTopWidth} ${style.borderTopStyle}`;
    if (style.pointerEvents !== "auto") out["pointer-events"] = style.pointerEvents;
    if (style.float !== "none") out.float = style.float;
    if (style.opacity === "0") out.opacity = "0";
    if (style.clipPath !== "none") out["clip-path"] = style.clipPath;
    return out;
  };

  const attributesOf = (el) => {
    const out = {};
    for (const { name, value } of el.attributes) {
      if (REFERENCES.has(name)) out[name] = value.split(/\s+/).filter(Boolean).map(renamed).join(" ");
      else if (name === "class") out.class = value;
      else if (URLS.has(name)) out.href = /^mailto:/i.test(value) ? value : "#";
      else if (KEPT.has(name) || name.startsWith("aria-")) out[name] = value;
    }
    if (el.onclick) out.onclick = "";
    const hers = window[HERS]?.get(el);
    if (hers) out["data-hers"] = hers.key;
    if (el.matches("input:not([type=password]):not([type=file])")) out.value = /^(checkbox|radio)$/.test(el.type) ? "" : el.value;
    if (el.matches("input[type=checkbox], input[type=radio]") && el.checked) out.checked = "";
    if (el.matches("option") && el.selected) out.selected = "";
    return out;
  };

  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? { text: node.data.replace(/[\s\u00a0]+/g, " "), kind: kindOf(node.parentElement || node.getRootNode().host) } : node.data ? { text: " ", kind: "console" } : null;
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.test(node.tagName)) return null;
    if (node.matches("input[type=hidden]")) return null;
    const tag = node.tagName.toLowerCase();
    const out = { tag, attributes: attributesOf(node), style: styleOf(node), kind: kindOf(node), children: [] };
    if (/^svg$/.test(tag)) {
      // An icon's drawing says nothing; its title may.
      const title = [...node.children].find((c) => c.tagName === "title");
      if (title) out.children.push({ tag: "title", attributes: {}, style: {}, kind: "console", children: [{ text: title.textContent, kind: "console" }] });
      return out;
    }
    if (tag === "textarea") {
      out.children.push({ text: node.value, kind: "data" });
      return out;
    }
    if (node.shadowRoot) out.shadow = [...node.shadowRoot.childNodes].map(walk).filter(Boolean);
    out.children = [...node.childNodes].map(walk).filter(Boolean);
    return out;
  };

  // ---- what must not be in a recording: the secrets that a page carries unseen --------------------------------------
  const secrets = () => {
    const hidden = [...document.querySelectorAll("input[type=hidden], input[type=password]")].map((el) => el.value);
    const metas = [...document.querySelectorAll("meta[content]")].filter((el) => /csrf|xsrf|token|nonce|session/i.test(el.name + el.id)).map((el) => el.content);
    const nonces = [...document.querySelectorAll("[nonce]")].map((el) => el.nonce);
    const scripts = [...document.querySelectorAll("script:not([src])")].flatMap((el) => el.textContent.match(/["'][A-Za-z0-9_\-+/=.]{20,}["']/g) || []).map((s) => s.slice(1, -1));
    const stored = [localStorage, sessionStorage].flatMap((store) => Object.values(store));
    return [...new Set([...hidden, ...metas, ...nonces, ...scripts, ...stored])].filter((s) => s && s.length >= 8);
  };

  const capture = () => ({
    lang: document.documentElement.lang || "",
    title: document.title,
    body: walk(document.body),
    secrets: secrets(),
    addresses: lib.addressesIn(document.body),
    size: [innerWidth, innerHeight],
  });
  // What was known of a page when it was captured, and what it no longer shows itself: whose drawer it is.
  const recall = (root) => {
    window[HERS] ??= new WeakMap();
    for (const el of lib.all(root, "[data-hers]")) window[HERS].set(el, { key: el.dataset.hers, title: lib.labelNames(el)[0] || "" });
    return true;
  };
  return Object.assign(lib, { capture, recall });
}
