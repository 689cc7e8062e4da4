// Chips, the values that a field holds: what each says, what takes it away, and where another is typed.
// A function of the object that the files before it make; adds to it the
// kinds typing, typing-new, typing-within, chip-remover and beside.
(lib) => {
  const { kids, parentOf, all, closest, contains, ancestors, squeeze, isIcon, text, byIds, clickable, outermost,
    innermost } = lib;
  const { leaves, fresh, inLayer, inChipList, isBox, controls, labelNames, findActions } = lib;

  const REMOVERS = "button, [role=button], [class*=remove i], [class*=delete i], [class*=close i]";
  // A word to click behind a value: "dana@x.example remove".
  const takesOff = (el) => el.matches("a, button, [role=button]") && /^(?:remove|delete|take away)$/i.test(squeeze(text(el)));
  const says = (node) => /[\p{L}\p{N}]/u.test(node.nodeType === Node.ELEMENT_NODE ? text(node) : node.data);
  const classesOf = (el) => (el.getAttribute("class") || "").split(/\s+/).filter(Boolean);
  // What a chip, or the label of a box, says of its group besides the name: "Sales auto", with a small mark "auto". It is
  // drawn otherwise than the name beside it, which is alone with it: the next chip is drawn as this one, or has a cross.
  const isMark = (el) => {
    const chip = parentOf(el);
    if (!chip || !lib.isKind(el)) return false;
    const others = kids(chip).filter((n) => n !== el && (n.nodeType === Node.TEXT_NODE || (n.nodeType === Node.ELEMENT_NODE && !isIcon(n) && !n.matches(REMOVERS))) && says(n));
    if (others.length !== 1) return false;
    const [name] = others;
    if (name.nodeType === Node.TEXT_NODE) return !/:\s*$/.test(name.data);
    const alike = name.localName === el.localName && (!classesOf(el).length || !classesOf(name).length || classesOf(el).some((token) => classesOf(name).includes(token)));
    return !alike && !all(name, REMOVERS).length && !all(el, REMOVERS).length;
  };
  // The text of a chip without the button that takes it away, and without the mark of its kind.
  const chipText = (el) => {
    let said = "";
    for (const node of kids(el)) {
      if (node.nodeType === Node.ELEMENT_NODE && (isIcon(node) || node.matches("button, [role=button], [class*=remove i], [class*=close i]") || takesOff(node) || isMark(node))) continue;
      said += node.nodeType === Node.ELEMENT_NODE ? ` ${chipText(node)} ` : node.nodeType === Node.TEXT_NODE ? node.data : "";
    }
    return squeeze(said).replace(/\s*[×✕✖]$/, "");
  };
  // The address that a chip has as its title, where it says a name.
  const chipTitle = (chip) =>
    ancestors(chip).slice(0, 4).filter((a) => chipText(a) === chipText(chip)).map((a) => squeeze(a.getAttribute("title"))).find((title) => /^[^\s,;]+@[^\s,;]+$/.test(title)) || null;

  // The one place among boxes to type a new value into: no field that narrows them down or looks for one.
  const NARROWS = /^(search|find|filter|narrow|look (up|for)|type to (search|find|filter|narrow)|start typing to (search|find|filter))\b/i;
  const findTypingNew = (root) =>
    controls(root).filter((el) => el.matches("input, [role=textbox]") && !isBox(el) && !el.readOnly && !el.disabled && !el.matches("[type=search], [role=searchbox]") &&
      ![...labelNames(el), el.getAttribute("placeholder"), el.getAttribute("title")].some((n) => NARROWS.test(squeeze(n || ""))));
  // The search field that an opened list brought along.
  const TYPEABLE = "input, textarea, [contenteditable]:not([contenteditable=false])";
  const findTyping = (root) => controls(root).filter((el) => el.matches(TYPEABLE) && !isBox(el) && fresh(el) && inLayer(el));
  // The place to type in that a composite control has within itself, between or after its chips.
  const findTypingWithin = (control) => controls(control).filter((el) => el.matches(TYPEABLE) && !isBox(el) && !el.readOnly && !el.disabled);
  const seen = (el) => lib.drawnThrough(el) || (el.checkVisibility({ visibilityProperty: true }) && el.getBoundingClientRect().width > 1);
  // What takes a chosen value away again: the button or cross inside its chip. Crosses are often hidden from screen readers.
  const findChipRemovers = (field, { words }) => {
    let box = field;
    // Whose address is its title may be called by another's; else it may stand behind the name: "Ann Lee (ann@x.example)".
    const addressOf = (chip) => chipTitle(chip) || lib.addressAmong([chipText(chip)]) || chipText(chip);
    const isHers = (chip) => words.some((w) => lib.isWhole(w) && lib.addressKey(w) === lib.addressKey(addressOf(chip)));
    const isCalled = (chip) => !!chipText(chip) && (isHers(chip) || words.some((w) => !lib.isWhole(w) && squeeze(w) === chipText(chip)));
    // Far from the field only within what is its own: no other field, no heading, no other label.
    const own = (a) => !a.matches("section, article, fieldset, [role=region], [role=group]") && !lib.othersIn(a, field, "").length &&
      all(a, "h1, h2, h3, h4, h5, h6, legend, label").every((title) => title.control === field || labelNames(field).includes(squeeze(text(title))));
    for (let up = 0; parentOf(box) && (up < 6 || (up < 12 && own(box))); up += 1) {
      const chips = leaves(box).filter((el) => seen(el) && isCalled(el) && (!closest(el, "[role=listbox], [role=option], option") || inChipList(el)));
      for (const chip of innermost(chips)) {
        for (let a = chip, depth = 0; a && depth < 8 && contains(box, a); a = parentOf(a), depth += 1) {
          // The arrow or cross of the whole control takes nothing single away.
          if (contains(a, field) || chipText(a) !== chipText(chip)) break;
          const cross = (el) => /^[×✕✖x]$/i.test(squeeze(text(el))) && clickable(el);
          const removers = all(a, "*").filter((el) => (el.matches("button, [role=button], [class*=remove i], [class*=delete i], [class*=close i], svg") || cross(el) || takesOff(el)) && el !== chip && seen(el) && squeeze(text(el)) !== chipText(chip));
          if (removers.length) return outermost(removers);
        }
      }
      if (box.matches("form, [role=dialog], body")) break;
      box = parentOf(box);
    }
    return [];
  };
  // An action in the smallest box around a field that holds one.
  // `own`: only where nothing else is to be filled in there, as what adds to another field is not this one's.
  const findBeside = (field, { words, own = false }) => {
    const ends = (a) => a.matches("form, [role=dialog], dialog") || (own && lib.othersIn(a, field, "").length > 0);
    for (let a = parentOf(field), up = 0; a && up < 4 && !ends(a); a = parentOf(a), up += 1) {
      const found = findActions(a, { words });
      if (found.length) return found;
    }
    return [];
  };
  // Whether a field is drawn to hold chips: then what is typed into it and is none yet is nothing it holds.
  const holdsChips = (field) => ancestors(field).slice(0, 3).some((a) => /(^|[\s_-])(tags?|chips?|tokens?|pills?)(?=[\s_-]|$|input|box|field)/i.test(a.getAttribute("class") || ""));
  const takesChips = (field) => {
    if (field.matches("[role=combobox], [aria-autocomplete]")) return true;
    for (let a = parentOf(field), up = 0; a && up < 3; a = parentOf(a), up += 1) {
      if (/(tags?|chips?|tokens?|pills?)([\s_-]|$|input)/i.test(a.getAttribute("class") || "")) return true;
      if (a.matches("form, [role=dialog]")) break;
    }
    const hints = [field.getAttribute("placeholder"), ...byIds(field, "aria-describedby").map((n) => text(n))];
    return hints.some((h) => /press enter|hit enter|enter to add/i.test(h || ""));
  };
  const isRemovable = (chip) =>
    ancestors(chip).slice(0, 4).some((a) => chipText(a) === chipText(chip) && all(a, REMOVERS).some((el) => !contains(el, chip)));

  Object.assign(lib.KINDS, { typing: findTyping, "typing-new": findTypingNew, "typing-within": findTypingWithin,
    "chip-remover": findChipRemovers, beside: findBeside });
  return Object.assign(lib, { isMark, chipText, chipTitle, holdsChips, takesChips, REMOVERS, takesOff, isRemovable });
}
