// What a question asks to be typed before it can be affirmed. A function of what the files before it make; adds to it.
(lib) => {
  const { all, squeeze, fold, text, visible, labelNames } = lib;
  const blanks = (root) => all(root, "input:enabled, textarea:enabled").filter((el) => visible(el) && !el.readOnly && /^(text|email|search|textarea)$/.test(el.type));
  const ASKS = /\b(?:type|enter|retype|re-enter|write)(?: in)?:?\s+(?:(?:the|this)\s+(?:words?|text|phrase|group name|name|(?:e-?mail )?address|e-?mail)[:,]?\s+)?["“”'‘«`]?/giu;
  const ASKS_ADDRESS = /^(?:the|this|their|her|his|that)\s+(?:(?:user|person|learner|member|account|employee)(?:['’]s)?\s+)?e-?mail(?: address)?\b/iu;
  // Another field may want an address, too, as of whoever is to own what she leaves.
  const CONFIRMS = /\bto (?:confirm|proceed|continue|go on|deactivate|reactivate|delete)\b/i;
  // Where a sentence asks for one of the texts, the text as it is spelt there; the longest that stands there whole.
  const askedIn = (said, texts) => {
    for (const asked of said.matchAll(ASKS)) {
      const rest = said.slice(asked.index + asked[0].length);
      const there = texts.filter((t) => t && fold(rest).startsWith(fold(t)) && !/^[\p{L}\p{N}@._+-]*[\p{L}\p{N}@]/u.test(rest.slice(t.length))).sort((a, b) => b.length - a.length);
      if (there.length && (there[0].includes("@") || CONFIRMS.test(said.replace(there[0], " ")))) return rest.slice(0, there[0].length);
      const whole = said.slice(asked.index).replace(/^\S+\s+/, "");
      if (ASKS_ADDRESS.test(whole) && CONFIRMS.test(said)) return texts.find((t) => t.includes("@")) || null;
    }
    return null;
  };
  const asksToType = (root, { texts }) => {
    const [field, ...others] = blanks(root);
    if (!field || others.length || field.value || field.matches("textarea")) return null;
    const beside = lib.leaves(root).filter(visible).flatMap((el) => [squeeze(text(el)), squeeze(text(lib.parentOf(el)))]);
    const sentences = [...labelNames(field), field.placeholder, ...lib.byIds(field, "aria-describedby").map((el) => text(el)), ...beside].map(squeeze).filter((s) => s && s.length < 300);
    return sentences.map((said) => askedIn(said, texts)).find(Boolean) || null;
  };
  // What a panel says that asks nothing: all that can be done with it is to close it, or to follow a link out of it.
  // A toast or an alert of the page is none.
  const saysWhyNot = (root, { words }) => {
    const around = lib.ancestors(root);
    if (around.some((a) => a.matches(lib.REPORTS)) && !around.some((a) => a.matches(lib.DIALOGS))) return null;
    const typed = all(root, "input:not([type=hidden]), select, textarea, [contenteditable=true], [role=combobox], [role=checkbox]");
    if (typed.some(visible)) return null;
    const ways = [...all(root, lib.ACTIONS), ...lib.leaves(root).filter((el) => lib.clickable(el))].filter(visible);
    const closes = (el) => lib.rank(lib.actionNames(el), words) < Infinity;
    const other = (el) => !closes(el) && !ways.some((way) => way !== el && lib.contains(way, el) && closes(way)) && !el.matches("a[href]:not([role=button])") && /\p{L}/u.test(lib.actionNames(el).join(""));
    if (ways.some(other)) return null;
    const pressed = ways.filter((way) => closes(way) || !way.matches("a[href]"));
    const lines = lib.leaves(root).filter((el) => visible(el) && !pressed.some((way) => lib.contains(way, el)));
    const said = lib.outermost(lines).map((el) => squeeze(text(el))).filter((line) => /\p{L}/u.test(line));
    return [...new Set(said)].map((line) => (/[.!?:…]$/.test(line) ? line : `${line}.`)).join(" ").slice(0, 500);
  };
  Object.assign(lib.KINDS, { blank: blanks });
  return Object.assign(lib, { asksToType, saysWhyNot });
}
