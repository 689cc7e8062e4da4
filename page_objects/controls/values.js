// What a control holds: what is typed or chosen in it, its chips, the lines beside it; and how it is made.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { elementKids, parentOf, all, first, closest, contains, squeeze, fold, bare, text, visible, innermost, outermost } = lib;
  const { addresses, parts, setApart, cellOf } = lib;

  const chosen = (el) => [...el.selectedOptions].map((o) => squeeze(o.textContent)).filter(Boolean);
  // What an empty control says in place of a value: "Select groups…", "Choose a role".
  const ASKS_FOR = /^(select|choose|pick|add|set|search|find)\b/;
  // What such a field may be for, where its own label is not tied to it.
  const FOR = /\b(groups?|managers?|people|persons?|users?|roles?|names?|e-?mails?|someone|somebody|options?|values?)$/;
  const isPlaceholder = (el) => {
    const said = fold(text(el));
    const labels = lib.labelNames(el).flatMap((name) => bare(name).split(" "));
    return ASKS_FOR.test(bare(said)) && !setApart(el) && (/(…|\.\.\.)$/.test(said) || FOR.test(said) || labels.some((word) => word.length > 2 && said.split(" ").includes(word)));
  };
  // A switch without a role: a small clickable box without text, whose state shows only in how it is drawn.
  const looksLikeSwitch = (el) => {
    const box = el.getBoundingClientRect();
    return !el.matches("input, select, textarea, button, [role], [contenteditable]") && !squeeze(text(el)) && box.width <= 90 && box.height <= 50 && box.width > box.height && lib.clickable(el);
  };
  const ON = /(^|[\s_-])(on|checked|active|selected|enabled)([\s_-]|$)/i;
  const isOn = (el) => [el, ...elementKids(el)].some((n) => ON.test(n.getAttribute("class") || "") || /^(on|checked|true)$/.test(n.dataset.state || n.dataset.checked || ""));
  const shapeOf = (el) => {
    if (lib.isLines(el)) return "lines";
    if (el.matches("select")) return el.multiple ? "select-many" : "select";
    const ticks = all(el, "input[type=checkbox], [role=checkbox]").length, radios = all(el, lib.RADIOS).length;
    // Beside several to choose one of, a single box to tick is a word to agree to.
    if (ticks && !(ticks === 1 && radios > 1)) return "boxes";
    if (radios) return "radios";
    const popup = (!el.list && el.matches("[role=combobox], [role=listbox], [aria-haspopup], [aria-autocomplete]")) || !el.matches("input, textarea, [contenteditable], [role=textbox]");
    const typed = el.matches("input, textarea, [contenteditable]") && !el.readOnly && !el.disabled;
    return popup ? (typed ? "popup-typed" : "popup") : "text";
  };
  // Whether a chip has something to take it away with, as what a field holds has and what only stands there has not.
  const canGo = (el, chip) => lib.find(el, { kind: "chip-remover", words: [chip] }).length > 0;
  const COUNTS = /^(\d+)( \p{L}+){0,3}$/u;
  // What the whole of an offered value says, of which only a part may have been looked for: a name and an address.
  const optionSaid = (el) => {
    const whole = closest(el, "label, li, [role=option], [role=menuitemcheckbox], [role=checkbox]") || el;
    const isMore = addresses(text(whole)).length > 1 || first(whole, "input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]");
    return parts(isMore ? el : whole);
  };
  // What stands beside the buttons that add to it, or change it: all that the place holds.
  const partsBesideAdders = (els) => {
    const buttons = els.flatMap((n) => [n, ...all(n, "button, a, [role=button]")]);
    // A link in an item of a list is what is listed: a group may be called "Add to group".
    const isListed = (el) => el.matches("a[href]") && !!closest(el, "li, [role=listitem]");
    // A button that says no word is a pencil or a cross, and no value.
    const isGlyph = (el) => el.matches("button, [role=button]") && !!squeeze(text(el)) && !/[\p{L}\p{N}]/u.test(text(el));
    const done = outermost(buttons.filter((el) => (edits(el) || lib.isAdder(el) || isGlyph(el)) && !isListed(el))).map((el) => squeeze(text(el))).filter(Boolean);
    const gone = [...done];
    const isLeft = (part) => !gone.includes(part) || !gone.splice(gone.indexOf(part), 1);
    const left = (cell) => { const kept = cell.parts.filter(isLeft); return { ...cell, text: done.length ? kept.join(" ") : cell.text, parts: kept }; };
    const cells = els.map(cellOf).map(left);
    return { text: squeeze(cells.map((c) => c.text).join(" ")), parts: cells.flatMap((c) => c.parts), apart: cells.some((c) => c.apart), datetime: cells.map((c) => c.datetime).find(Boolean) || null, titles: cells.flatMap((c) => c.titles), pictures: cells.flatMap((c) => c.pictures) };
  };
  // A group that is named, and in which there is nothing to fill in but by buttons that add to it.
  const isNamedLine = (el) => lib.labelNames(el).length > 0 && lib.controls(el, { hidden: true }).every((c) => c === el || lib.isAdder(c));
  const namedLine = (el) => [closest(el, "[role=group]")].find((group) => group && isNamedLine(group)) || null;
  // What a control holds: typed text, the chosen option, the chips in its box. `words`: those it is called by, which may
  // stand in its box as the chips do, and are tied to nothing there.
  const valueOf = (el, asked) => {
    const words = asked?.words ?? [];
    if (lib.isLines(el)) return { text: lib.linesHold(el).join("; "), parts: lib.linesHold(el) };
    if (el.matches("select")) return { text: chosen(el).join("; "), parts: chosen(el) };
    if (el.matches("[type=checkbox], [role=checkbox], [role=switch]")) {
      const on = el.checked ?? el.getAttribute("aria-checked") === "true";
      return { text: String(on), parts: [String(on)] };
    }
    if (looksLikeSwitch(el) || el.matches("button[aria-pressed]")) {
      const on = el.hasAttribute("aria-pressed") ? el.getAttribute("aria-pressed") === "true" : isOn(el);
      return { text: String(on), parts: [String(on)] };
    }
    const shape = shapeOf(el);
    if (el.matches("fieldset, [role=radiogroup]") || (/^(boxes|radios)$/.test(shape) && !el.matches("input, select, textarea, button, [role=combobox], [role=listbox], [aria-haspopup]"))) {
      const RADIO = "input[type=radio]:checked, [role=radio][aria-checked=true]";
      const on = all(el, shape === "radios" ? RADIO : "input:checked, [role=radio][aria-checked=true], [role=checkbox][aria-checked=true]");
      const isRadio = (o) => o.matches("[type=radio], [role=radio]");
      const names = on.map((o) => squeeze((isRadio(o) ? lib.radioNames(o)[0] : lib.namesOfBox(o)[0]) || text(o) || o.value));
      const each = on.map((o) => lib.addressOfBox(o));
      return { text: names.join("; "), parts: names, each: each.length && each.every(Boolean) ? each : null };
    }
    const line = lib.isAdder(el) && namedLine(el);
    if (line) return partsBesideAdders([line]);
    const chips = [...lib.keptBeside(el), ...chipsOf(el, words)];
    if (el.matches("input, textarea")) {
      // What cannot be typed into only sums up its chips: "2 options selected".
      // What is typed beside chips has not become one yet.
      if (el.value && !(el.readOnly && chips.length)) {
        const held = !el.readOnly && (lib.holdsChips(el) || chips.some((chip) => canGo(el, chip))) ? chips : null;
        const by = lib.separatedBy(el)?.by ?? null;
        // Names that are typed one after the other: nothing is drawn around each of them.
        const typed = !held && !chips.length && (by || shape === "text") ? el.value : null;
        return { text: squeeze(el.value), parts: [...chips, squeeze(el.value)], held, each: chipAddresses(el, words), typed, by };
      }
      return { text: chips.join("; "), parts: chips, each: chipAddresses(el, words) };
    }
    const own = parts(el);
    if (isPlaceholder(el)) {
      const below = chipsOf(el, words).filter((chip) => !own.includes(chip) && canGo(el, chip));
      return { text: below.join("; "), parts: below, each: chipAddresses(el, words) };
    }
    // What only says how many it holds may show them below: as many as it says, each with a way to take it away.
    const count = own.length === 1 && COUNTS.exec(own[0]);
    const held = count ? chipsOf(el, words).filter((chip) => chip !== own[0] && canGo(el, chip)) : [];
    if (held.length && held.length === Number(count[1])) return { text: held.join("; "), parts: held, each: chipAddresses(el, words) };
    return { text: own.length ? squeeze(text(el)) : chips.join("; "), parts: own.length ? own : chips, each: chipAddresses(el, words) };
  };
  // A field of the list that a control opens, as for looking a name up: the list is tied to the control, by either side.
  const inItsList = (c, el) => {
    const its = [...lib.byIds(el, "aria-controls"), ...lib.byIds(el, "aria-owns")];
    const tied = (list) => lib.byIds(list, "aria-labelledby").includes(el) || its.some((own) => contains(own, list) || contains(list, own));
    return lib.ancestors(c).some((a) => a.matches("[role=dialog], [role=listbox], [popover]") && !contains(a, el) && tied(a));
  };
  const othersIn = (box, el, besides) =>
    lib.controls(box, { hidden: true }).filter((c) => c !== el && !contains(c, el) && !contains(el, c) && !c.matches(`[aria-hidden=true], [type=checkbox]${besides}`) && !inItsList(c, el));
  // The box of a composite control: the largest ancestor that holds this control and no other, and no label.
  const boxOf = (el) => {
    let box = el;
    for (let a = parentOf(el), up = 0; a && up < 6; a = parentOf(a), up += 1) {
      if (othersIn(a, el, "").length || a.matches("form, [role=dialog], body, td, label, fieldset") || all(a, "label, legend").some((l) => !closest(l, "[aria-hidden=true]") && !first(l, "input"))) break;
      box = a;
    }
    return box;
  };
  // What ends a form or dialog: the part of it that belongs to one field holds none.
  const ENDS = /^(save|cancel|done|apply|update|submit|close|back|next|continue|send|invite|add users?)\b/i;
  const endsForm = (a) => all(a, "button, [role=button], input[type=submit]").some((el) => ENDS.test(squeeze(text(el)) || squeeze(el.value)));
  // The part of a form that belongs to one field: its label, its box, its chips, its hint.
  const itemOf = (el) => {
    let item = el;
    for (let a = parentOf(el), up = 0; a && up < 6; a = parentOf(a), up += 1) {
      if (othersIn(a, el, ", [type=file]").length || a.matches("form, [role=dialog], body, td, fieldset") || first(a, "nav, [role=tab]") || endsForm(a)) break;
      item = a;
    }
    return item;
  };
  const isChip = (el, item) => {
    for (let a = el, up = 0; a && a !== item && up < 3; a = parentOf(a), up += 1) {
      const style = getComputedStyle(a);
      if (!/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor) && style.display !== "block") return true;
      if ((first(a, "button, [role=button], svg, [class*=remove i], [class*=close i]") || all(a, "a").some(lib.takesOff)) && lib.chipText(a) === lib.chipText(el)) return true;
    }
    return false;
  };
  // Values that a rule sets stand without a cross in one list with those that can be taken away; or, marked with the kind of
  // a group, in a list that is called as the field. What is clicked is offered, not held; of what says more than a name it
  // is not known which part is the name.
  const isListed = (n, item, el, words) => {
    const entry = closest(n, "li, [role=listitem]"), list = entry && parentOf(entry);
    if (!list || !list.matches("ul, ol, [role=list]") || !contains(item, list) || lib.clickable(entry)) return false;
    // What lies over the field is what it offers; the field itself may lie over the page.
    if (lib.ancestors(list).some((a) => contains(item, a) && !contains(a, el) && /fixed|absolute/.test(getComputedStyle(a).position))) return false;
    const says = (el) => /[\p{L}\p{N}]/u.test(text(el)), marks = all(entry, "*").filter((el) => lib.isMark(el));
    const others = all(entry, "*").filter((el) => says(el) && !contains(el, n) && !marks.some((mark) => contains(mark, el)));
    if (others.length) return false;
    const goes = (other) => other !== entry && [other, ...lib.leaves(other)].some((leaf) => lib.isRemovable(leaf));
    const heads = [...lib.labelNames(list), squeeze(text(list.previousElementSibling || entry)).replace(/:$/, "")];
    return elementKids(list).some(goes) || (marks.length > 0 && lib.rank(heads, words || []) < Infinity);
  };
  // A button that says a word and has no cross is a button, not a chip.
  const isButton = (n) => {
    const button = closest(n, "button, a, [role=button], [role=tab]");
    return !!button && !first(button, "svg, button, [role=button], [class*=remove i], [class*=close i]");
  };
  // Nor is a link or tab in its box, unless it is called a chip: some are taken away by a click on them.
  const leadsOn = (n) => isButton(n) && !closest(n, "[class*=chip i], [class*=tag i], [class*=token i], [class*=label i], [class*=badge i], [class*=pill i]");
  const chipSays = (chip) => lib.chipText(chip) || squeeze(text(chip));
  const chipsOf = (el, words) => wholeOf(el, [...new Set(chipElements(el, words).map(chipSays))]);
  const chipElements = (el, words) => {
    const box = boxOf(el);
    const item = itemOf(el);
    const labels = (lib.labelNames(el).length ? lib.labelNames(el) : words || []).map(bare);
    // A title and a sentence are about what is held, and no part of it: "No managers so far."
    const isSentence = (n) => !!closest(n, "p") && /[.!?]$/.test(squeeze(text(closest(n, "p")))) && !canGo(el, lib.chipText(n));
    const isTitle = (n) => !!closest(n, "h1, h2, h3, h4, h5, h6, [role=heading]") || isSentence(n);
    const beside = item === box ? [] : lib.leaves(item).filter((n) => !contains(box, n) && !isTitle(n) && !closest(n, "label, legend, [role=listbox], [role=menu]") && visible(n) && !isButton(n) && !lib.isMark(n) && (isChip(n, item) || isListed(n, item, el, words)));
    const outside = beside.filter((n) => /[\p{L}\p{N}]/u.test(lib.chipText(n)) && !labels.includes(bare(lib.chipText(n))));
    const helps = new Set([...lib.byIds(el, "aria-describedby"), ...lib.byIds(el, "aria-errormessage"), ...lib.byIds(el, "aria-labelledby").filter((n) => !first(n, "button, [role=button]"))]);
    const LISTS = "[role=listbox], [role=menu]";
    const HINTS = "[class*=placeholder i], [class*=help i], [class*=hint i], [class*=error i], [class*=message i]";
    const NO_CHIP = `${HINTS}, button:not(:has(*)):not([class*=chip i])`;
    const saysHint = (n) => all(n, HINTS).some((hint) => squeeze(text(hint)) === squeeze(text(n)));
    // What the box lies in, or the field, may be named for its help or its errors too.
    const hintOf = (n) => closest(n, NO_CHIP);
    const within = (n) => (contains(box, hintOf(n)) && !contains(hintOf(n), el)) || (contains(box, closest(n, LISTS)) && !lib.inChipList(n));
    const skip = (n) => !visible(n) || [...helps].some((h) => contains(h, n)) || within(n) || saysHint(n) || first(n, LISTS);
    const isMarked = (n) => lib.ancestors(n).some((a) => a !== box && contains(box, a) && lib.isMark(a));
    const said = innermost(all(box, "*").filter((n) => n !== el && !contains(n, el) && /[\p{L}\p{N}]/u.test(text(n)) && !skip(n) && !isMarked(n) && !lib.takesOff(n))).filter((n) => !isTitle(n));
    // A value may be called as its field is: then it can be taken away, and the caption beside it cannot.
    const isLabel = (n) => labels.includes(bare(text(n))) && !(lib.isRemovable(n) || said.filter((other) => bare(text(other)) === bare(text(n))).length === 1);
    const inside = said.filter((n) => !isLabel(n) && (!(labels.includes(bare(text(n))) || leadsOn(n)) || canGo(el, lib.chipText(n))));
    return [...inside, ...outside];
  };
  // What the chips of a field say, each for itself: two people may have one name.
  const chipsSaid = (el, { words }) => [...lib.keptBeside(el), ...chipElements(el, words).map(chipSays)];
  const chipsThatGo = (el, { words }) => {
    const said = chipElements(el, words).map(chipSays);
    return said.every((chip) => canGo(el, chip)) ? said : [];
  };
  // The address of each chip, in its text or, where that is a name, in its title; null where one tells none.
  const chipAddresses = (el, words) => {
    if (!first(itemOf(el), "[title*='@']")) return null;
    const each = chipElements(el, words).map((chip) => lib.chipTitle(chip) || (lib.isWhole(chipSays(chip)) ? chipSays(chip) : null));
    return each.length && each.every(Boolean) ? each : null;
  };
  // Chips may end in "+2": what they leave out is chosen in the control's own list.
  const wholeOf = (el, chips) => {
    const more = chips.map((c) => c.match(/^\+\s?(\d+)(\s+more)?$/i)).find(Boolean);
    if (!more) return chips;
    const ticked = lib.byIds(el, "aria-controls").flatMap((list) => all(list, "[role=option][aria-selected=true]")).map((o) => squeeze(text(o)));
    return ticked.length === chips.length - 1 + Number(more[1]) && chips.every((c) => c === more[0] || ticked.includes(c)) ? ticked : chips;
  };
  // A button that changes what stands there. A group's name may begin with such a word and be a link: "Make Friends".
  const edits = (el) => lib.does(el) && /^\p{L}+$|\b(roles?|groups?|managers?|names?|details?|profile|information|users?|person|admin|all|more|actions|options)$/iu.test(squeeze(text(el)));

  // The fields besides those that `known` finds: what each is called, how it is made (as `shapeOf` says, or a box, an
  // area for more than a line, a search), and whether it offers one of the `values`; null where that is not seen.
  const fieldsBeside = (root, { known, values }) => {
    const taken = known.flatMap((query) => lib.find(root, query)), isRole = (name) => lib.rank([name], values) < Infinity;
    const isOther = (el) => !taken.some((each) => contains(each, el) || contains(el, each));
    const nameOf = (el) => [...lib.labelNames(el), squeeze(el.getAttribute("placeholder"))].find(Boolean) || "";
    // A list that is filled once it is opened offers nothing yet, or what says so.
    const optionsOf = (el) => (lib.labelsOffered(el).length > 1 ? lib.labelsOffered(el) : null);
    const offersOf = (el) => (el.matches("select") ? optionsOf(el) : el.matches("[type=radio], [role=radio]") ? lib.labelNames(el) : el.matches(lib.RADIOS) ? lib.radioNames(el) : null);
    const shapeBeside = (el) => {
      if (el.matches(lib.RADIOS) || el.matches("[type=radio], [role=radio]")) return "radios";
      if (lib.isBox(el)) return "box";
      if (el.matches("textarea")) return "area";
      return el.matches("[type=search], [role=searchbox]") || /^(search|find|filter)\b/i.test(nameOf(el)) ? "search" : shapeOf(el);
    };
    // A box around a field that is known holds others, too, which are looked at one by one.
    const fields = outermost(lib.controls(root).filter((el) => isOther(el) && !lib.isAdder(el))).map((el) => {
      const offers = offersOf(el);
      return { name: nameOf(el), shape: shapeBeside(el), offers: offers && offers.some(isRole) };
    });
    // Buttons or cards beside each other of which one is chosen, by the names of several roles.
    const roles = lib.textElements(root, values).filter((el) => visible(el) && isOther(el)).map((el) => squeeze(text(el)));
    return new Set(roles).size > 1 ? [...fields, { name: roles.join(", "), shape: "radios", offers: true }] : fields;
  };
  // Whether a box is one of several that make up a field, as those for groups do.
  const isAmongBoxes = (el) => {
    const around = lib.closest(el, "fieldset, [role=group]"), within = around ? lib.controls(around).filter((each) => each !== around) : [];
    return within.length > 1 && within.every((each) => lib.isBox(each));
  };
  const isFresh = (el) => lib.fresh(el, "form");

  return Object.assign(lib, { isOn, shapeOf, fieldsBeside, isAmongBoxes, isFresh, optionSaid, edits, partsBesideAdders, isNamedLine, valueOf, othersIn,
    boxOf, chipsOf, chipsSaid, chipsThatGo });
}
