// Finds what a person would find: by the word she reads, whatever element carries it.
// A function of the object that names.js evaluates to; engine.py wraps what it gives as a selector engine and for single
// evaluations.
(lib) => {
  const { kids, elementKids, parentOf, all, first, closest, contains, ancestors, textNodes, hitAt } = lib;
  const { squeeze, fold, withoutIconNames, isIcon, text, visible, shown, byIds, clickable, disabled,
    actionNames, rank, within, outermost, innermost, textElements } = lib;
  // ---- kinds --------------------------------------------------------------------------------------------------
  const best = (ranked) => {
    const least = Math.min(...ranked.map(([r]) => r));
    return least === Infinity ? [] : ranked.filter(([r]) => r === least).map(([, el]) => el);
  };

  const ACTIONS =
    "button, a, summary, input[type=button], input[type=submit], [role=button], [role=link], [role=menuitem], [role=tab], [role=treeitem]";
  const FREE_TEXT_HOSTS = "label, h1, h2, h3, h4, h5, h6, th, [role=heading], [role=columnheader], [role=option], option";
  // In a row, an action may say whom it is for: "Edit, Ann Lee", "Actions for ann@x.example".
  const withoutWhom = (names, row) => {
    const said = leaves(row).map((el) => squeeze(text(el))).filter((t) => t.length > 2);
    return names.flatMap((n) => [n, ...said.filter((t) => n.length > t.length && n.endsWith(t)).map((t) => n.slice(0, -t.length).replace(/[\s,:–-]*(\b(for|of|on))?[\s,:–-]*$/i, ""))]);
  };
  // The cross in a chip is often called "Close", as the one of the drawer around it.
  const CHIP = /(^|[\s_-])(chip|tag|token|pill)s?([\s_-]|$)/i;
  const takesAChipAway = (el) => {
    if (squeeze(text(el)) && !/^[×✕✖x]$/i.test(squeeze(text(el)))) return false;
    const chip = ancestors(el).slice(1, 4).find((a) => CHIP.test(a.getAttribute("class") || "") && squeeze(text(a)) !== squeeze(text(el)));
    return !!chip && !first(chip, "input, select, textarea");
  };
  // Where one is already, as the last item of a trail of links says it: nothing to be done.
  const isHere = (el) => !!closest(el, "[aria-current=page]");
  // `second`: words that count where nothing carries one of the first. `details`: what the details of a person are
  // called that stand there; what holds one of them does nothing, whatever word she is called by.
  const findActions = (root, { words, second = [], details = null, ...how }) => {
    const said = actionsOf(root, { words, ...how });
    const found = said.length || !second.length ? said : actionsOf(root, { words: second, ...how });
    return details && found.length ? found.filter((el) => !whole.holdsDetail(root, el, details)) : found;
  };
  const ROWLIKE = "tr, li, [role=row], [role=listitem], [role=option]";
  // `besides`: elements that are none, whatever they are called, as a row of somebody called "Next Page".
  const actionsOf = (root, { words, ofRow = false, sends = false, anywhere = false, outsideRows = false, besides = () => false }) => {
    const ranked = [], none = (el) => besides(el) || (outsideRows && !!closest(el, ROWLIKE));
    for (const el of all(root, ACTIONS)) {
      if (none(el) || isHere(el) || takesAChipAway(el) || (sends && (leadsElsewhere(el) || el.matches("[role=tab]")))) continue;
      // "Open menu" in a row opens a menu, not the person.
      if (ofRow && el.matches("[aria-haspopup=menu], [aria-haspopup=true]")) continue;
      const r = rank(ofRow ? withoutWhom(actionNames(el), root) : actionNames(el), words);
      if (r < Infinity && visible(el)) ranked.push([r, el]);
    }
    const found = best(ranked);
    // What leads there from anywhere, in the navigation, stands beside what does it here; a link out of the console does not.
    const here = anywhere ? [] : found.filter((el) => !(leadsElsewhere(el) && within(root, el, "nav, [role=navigation]")));
    const leadsOut = here.some((el) => leadsElsewhere(el) && el.host && el.host !== location.host);
    if (found.length) return outermost(here.length && !leadsOut ? here : found);
    const plain = textElements(root, words).filter((el) => !none(el) && visible(el) && !closest(el, FREE_TEXT_HOSTS) && !isHere(el) && !(sends && closest(el, "a[href], [role=tab]")));
    const titled = all(root, "[title]").filter((el) => !none(el) && rank([el.getAttribute("title")], words) < Infinity && visible(el));
    return innermost(best([...plain, ...titled].filter(clickable).map((el) => [rank(actionNames(el), words), el])));
  };

  // Chosen values beside the field they are typed into are sometimes a listbox, too: nothing controls it, and each of its
  // options holds what takes it away again. It offers nothing.
  const isChipList = (list) => {
    // Some lie in one list with the field itself, which is an option to them like any other.
    const field = all(list, "[role=option]").filter((o) => first(o, "input:not([type=checkbox]):not([type=radio])"));
    const options = all(list, "[role=option]").filter((o) => !field.includes(o));
    const removable = (o) => o.getAttribute("aria-selected") !== "false" && first(o, "button, [role=button], svg, [class*=remove i], [class*=dismiss i], [class*=close i]");
    if (field.length === 1) return options.every(removable);
    if (!options.length || !options.every(removable) || first(list, "input")) return false;
    const named = list.id && list.getRootNode().querySelector(["aria-controls", "aria-owns"].map((a) => `[${a}~="${CSS.escape(list.id)}"]`).join(", "));
    const box = parentOf(list);
    return !named && !!box && elementKids(box).some((el) => el !== list && (el.matches("input, [role=combobox]") || first(el, "input:not([type=checkbox]):not([type=radio])")));
  };
  const inChipList = (el) => {
    const list = closest(el, "[role=listbox]");
    return !!list && isChipList(list);
  };
  // What sends something: a link of the same word, in a trail of links or a menu, only leads to where it may be sent; so
  // does a step of that name.
  const findSenders = (root, { words }) => {
    const pressed = findActions(root, { words, sends: true }).filter((el) => !isStep(el));
    return pressed.length ? pressed : findActions(root, { words }).filter((el) => !isStep(el));
  };
  // One of the steps of a bar that says how far somebody has come: "2 Review", second of its kind, or one of several
  // that are listed, or called steps.
  const isStep = (el) => {
    // What is marked as the present step may hold what the step opened.
    const present = closest(el, "[aria-current=step]"), little = (box) => squeeze(text(box)).length <= squeeze(text(el)).length + 24;
    if (present && little(present) && !first(present, "input, select, textarea, table") && all(present, ACTIONS).length < 2) return true;
    if (/^step \d/i.test(el.getAttribute("aria-label") || "")) return true;
    const number = (each) => Number(/^\d+(?=\D)/.exec(squeeze(each.textContent))?.[0]);
    const kind = (item) => elementKids(parentOf(item)).filter((each) => each.localName === item.localName && each.classList[0] === item.classList[0]);
    const step = elementKids(parentOf(el)).length > 1 ? el : parentOf(el);
    const at = kind(step).indexOf(step);
    if (kind(step).some((each, index) => index !== at && number(each) === index + 1) && (number(el) === at + 1 || !number(el))) return true;
    // Some lay what a step opens within the bar of steps.
    const around = (item) => closest(item, "nav, ol, [role=navigation], [role=tablist], [role=tabpanel], form");
    const called = (item) => /step/i.test(item.classList[0] || "") || (!!around(item) && !around(item).matches("[role=tabpanel], form"));
    // The buttons below a form may lie in a nav, too; a way back or out stands among them, and among steps never.
    const amongWays = (item) => kind(item).some((each) => /^(back|previous|cancel|close|skip)$/i.test(squeeze(text(each))));
    // What a step opens may be called after it, and lie among others of its kind; it holds more than the word.
    const saysNoMore = (item) => !first(item, "input, select, textarea") && squeeze(text(item)).length <= squeeze(text(el)).length + 24;
    return ancestors(el).slice(0, 3).some((item) => parentOf(item) && kind(item).length > 1 && called(item) && saysNoMore(item) && !amongWays(item));
  };
  // A dialog often has two ways out of the same name, a cross in its corner and a button: the one that says so in writing.
  // A cross that is called otherwise, or stands in a chip, takes that away, and closes nothing.
  const OF_CHIP = /(^|[\s_-])(chips?|tags?|tokens?|pills?|badges?)(?=[\s_-]|$)/i;
  const takesSomethingAway = (el, words) => {
    const called = [...labelNames(el), squeeze(el.title)].filter((n) => /\p{L}/u.test(n));
    if (called.length) return rank(called, words) === Infinity;
    return !/\p{L}/u.test(text(el)) && ancestors(el).slice(1, 3).some((a) => OF_CHIP.test(a.getAttribute("class") || ""));
  };
  const findClosers = (root, { words }) => {
    const found = findActions(root, { words }).filter((el) => /\p{L}/u.test(text(el)) || !takesSomethingAway(el, words));
    const written = found.filter((el) => rank([text(el)], words) < Infinity && /\p{L}/u.test(text(el)));
    return found.length > 1 && written.length ? written : found;
  };

  const CONTROLS = [
    "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset])",
    "textarea, select, [role=textbox], [role=combobox], [role=searchbox], [role=listbox], [role=radiogroup]",
    "[role=switch], [role=checkbox], [role=spinbutton], [contenteditable=true], [contenteditable='']",
    "button[aria-haspopup=listbox], button[aria-haspopup=dialog], fieldset, [role=group], button[aria-pressed]",
  ].join(", ");
  // A button that is pressed or not is a switch where it says nothing and shows nothing: a knob in a lane.
  const isKnob = (el) => {
    const box = el.getBoundingClientRect();
    return !squeeze(text(el)) && !labelNames(el).length && !el.title && !first(el, "svg, img, i") && box.width > box.height;
  };
  const controls = (root, { hidden = false } = {}) => {
    const found = all(root, CONTROLS).filter((el) => hidden || visible(el));
    // A listbox that belongs to a combobox is its list, not a field of its own.
    const lists = new Set(found.flatMap((el) => [...byIds(el, "aria-controls"), ...byIds(el, "aria-owns")]));
    const boxes = (el) => first(el, "[type=checkbox], [type=radio], [role=checkbox], [role=radio]");
    // The arrow beside a field that is typed into brings up the field's list.
    const arrow = (el) => el.matches("button[aria-haspopup=listbox]") && [parentOf(el), parentOf(parentOf(el))].some((box) => box && elementKids(box).some((kid) => kid !== el && kid.matches("input[role=combobox]")));
    return found.filter((el) => (!el.matches("button[aria-pressed]") || isKnob(el)) && !arrow(el) && !lists.has(el) && !(el.matches("[role=listbox]") && isChipList(el)) && (!el.matches("fieldset, [role=group]") || boxes(el)));
  };
  // What a label says, without the field that may lie in it.
  const labelText = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("input, select, textarea, button, style, script")) return "";
    return kids(node).map(labelText).join("");
  };
  // The same without what is only read aloud: "Groups" and, clipped to nothing, how many are chosen.
  const seenLabel = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return labelText(node);
    const { width, height } = node.getBoundingClientRect();
    if (node.localName !== "label" && width <= 1 && height <= 1) return "";
    return labelText(node) && kids(node).map(seenLabel).join("");
  };
  // A label around a field that is written or chosen in names it by what stands before it; what follows is a note.
  const saidBefore = (label, field) => {
    if (!field || !contains(label, field) || isBox(field)) return "";
    const reached = (node) => node === field || (node.nodeType === Node.ELEMENT_NODE && contains(node, field));
    const upTo = (node) => {
      const line = kids(node), at = line.findIndex(reached);
      return line.slice(0, at).map(labelText).join("") + (line[at] === field ? "" : upTo(line[at]));
    };
    return upTo(label);
  };
  // What a heading, legend or label says without the caption in it: whom or what the page is about.
  const CAPTION = "[class*=caption i]";
  const uncaptioned = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE || !first(node, CAPTION)) return node.nodeType === Node.ELEMENT_NODE ? text(node) : labelText(node);
    return kids(node).map((kid) => (kid.nodeType === Node.ELEMENT_NODE && kid.matches(CAPTION) ? " " : uncaptioned(kid))).join("");
  };
  // Where a page asks one question, its heading lies in the legend, and what lies around the heading says something else.
  const legendNames = (legend) => [text(legend), uncaptioned(legend), ...all(legend, "h1, h2, h3, h4, h5, h6, [role=heading]").map(uncaptioned)];
  const labelNames = (el) => {
    const legend = el.matches("fieldset") ? elementKids(el).filter((c) => c.matches("legend")) : [];
    // A select is often named by its label and by its own text; that text is its value and no name.
    // Within a group of choices it is the group's name, as a legend is.
    const labelledby = byIds(el, "aria-labelledby").filter((n) => n !== el && (!contains(el, n) || el.matches("[role=radiogroup], [role=group]")));
    const labels = [...(el.labels || [])].flatMap((label) => [labelText(label), seenLabel(label), saidBefore(label, label.control), ...(first(label, CAPTION) ? [uncaptioned(label)] : [])]);
    return [
      ...labelledby.map((n) => text(n)),
      labelledby.map((n) => text(n)).join(" "),
      ...labels,
      ...legend.flatMap(legendNames),
      el.getAttribute("aria-label"),
    ].map(squeeze).filter(Boolean);
  };
  const isBox = (el) => el.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch], button[aria-pressed]");
  // A link to another page, which is neither a field nor what sends something.
  const leadsElsewhere = (el) => el.matches("a[href]:not([role=button], [role=combobox], [role=listbox])") && !/^(#|javascript:)/i.test(el.getAttribute("href"));
  // "Edit" beside a label does something about what stands there, and is no field that holds it.
  const DOES = /^((edit|change|manage|modify|update|view|rename|(permanently )?delete|remove|deactivate|reactivate|activate|resend|send|invite|make|reset)( \p{L}+){0,2}|(more )?(actions|options)|more|save|cancel|close|back)$/iu;
  // What a click turns into a field says a value, which may be any word.
  const TO_EDIT = /^(?:(?:double[- ])?click|tap|press) (?:here )?to (?:edit|change|rename)\b|^(?:edit|change|rename)\b/i;
  const turnsToField = (el) => TO_EDIT.test(squeeze(el.title)) && !!squeeze(text(el)) && !TO_EDIT.test(squeeze(text(el)));
  const does = (el) => el.matches("button, a, [role=button]") && !turnsToField(el) && (DOES.test(squeeze(text(el))) || (!squeeze(text(el)) && DOES.test(labelNames(el)[0] || el.title)));
  // "+ Add to group", "Set manager": a button that a value is added by, and never one. What its words end in, it is for.
  const FILLS = /^(add|set|choose|select|pick|assign)\b/;
  const ADDER = /^\p{L}+( (to|another|more|new|one|some|existing|first|last|full|user|direct|your?))*( (?<what>groups?|managers?|people|persons?|users?|roles?|names?|e-?mails?|members?|teams?|someone|somebody))?$/u;
  const adds = (el) => {
    const pressed = el.matches("button, a, [role=button]") && !el.matches("[role=combobox], [aria-haspopup=listbox]");
    return pressed && FILLS.test(lib.bare(text(el))) ? ADDER.exec(lib.bare(text(el))) : null;
  };
  const isAdder = (el) => !!adds(el);
  // Whether it may be one, or a value that begins with such a word: of that nothing is told.
  const mayAdd = (el) => el.matches("button, a, [role=button]") && !el.matches("[role=combobox], [aria-haspopup=listbox]") && FILLS.test(lib.bare(text(el))) && !isAdder(el);
  const addsElse = (el, words) => {
    const what = adds(el)?.groups.what?.replace(/s$/, "");
    return /^(group|manager|role|name|e-?mail)$/.test(what || "") && !words.some((word) => fold(word).includes(what));
  };
  // What takes a chosen value away lies in the field, and is not the field.
  const TAKES_AWAY = /(^|[-_])(remove|close|clear|delete)([-_](icon|button|btn|mark))?$/i;
  const takesAway = (el) => !/\p{L}/u.test(text(el)) && [el, ...ancestors(el).slice(1, 3)].some((a) => !/\p{L}/u.test(text(a)) && ([...a.classList].some((name) => TAKES_AWAY.test(name)) || /^(remove|close|clear|delete)\b/i.test(a.getAttribute("aria-label") || "")));
  // Where nothing ties a label to its field: the only field in the smallest box around the label's text.
  const besideText = (root, words, taken, lines = false) => {
    const found = [];
    // A term's description is all that it can be tied to: what is clicked elsewhere on the page is nothing of it.
    const inTerm = (label, els) => {
      const term = closest(label, "dt"), its = [];
      for (let el = term?.nextElementSibling; el && !el.matches("dt"); el = el.nextElementSibling) its.push(el);
      return term ? els.filter((el) => its.some((dd) => contains(dd, el))) : els;
    };
    // What another label names already, or is one of several choices, is not what this one names; nor is its label.
    const isTaken = (el) => {
      const control = closest(el, "label")?.control ?? el;
      return taken.has(control) || taken.has(el) || control.matches(RADIOS) || !!closest(el, "[role=radio]");
    };
    const namesRadio = (label) => !!closest(label, "[role=radio]") || !!closest(label, "label")?.control?.matches("[type=radio]");
    // A word to click, as tabs are, names nothing beside it: neither the next tab nor the field on the one that is open.
    const presses = (el) => !closest(el, "label") && getComputedStyle(el).cursor === "pointer" && getComputedStyle(parentOf(el)).cursor !== "pointer";
    for (const label of textElements(root, words)) {
      if (!visible(label) || presses(label) || namesRadio(label) || closest(label, "button, a, th, option, td, [role=columnheader], [role=option], h1, h2")) continue;
      // What a field says of itself while it holds nothing lies in it: "Add to groups", beside the place to type in.
      const own = closest(label, "[role=combobox], [role=listbox], [aria-haspopup]");
      if (own && own !== root && contains(root, own)) {
        if (!taken.has(own)) found.push(own);
        continue;
      }
      for (let box = parentOf(label), up = 0; box && up < 4 && contains(root, box); box = parentOf(box), up += 1) {
        const inside = inTerm(label, outermost(controls(box).filter((el) => !taken.has(el) && !contains(el, label))));
        const here = inside.length
          ? inside
          : inTerm(label, innermost(all(box, "*").filter((el) => !contains(el, label) && !contains(label, el) && visible(el) && !isTaken(el) && !leadsElsewhere(el) && !closest(el, "[type=submit]") && !takesAway(el) && getComputedStyle(el).cursor === "pointer" && (el.onclick || el.hasAttribute("tabindex") || getComputedStyle(parentOf(el)).cursor !== "pointer"))));
        const pressed = here.length === 1 && !here[0].matches(RADIOS) && (closest(here[0], "button, a, [role=button]") || here[0]);
        if (pressed && !does(pressed) && !addsElse(pressed, words)) found.push(here[0]);
        else if (inside.length > 1 && (inside.every(isBox) || (lines && whole.isLines(box)))) found.push(box);
        if (here.length) break;
      }
    }
    return outermost([...new Set(found)]);
  };
  // Older forms lay the words and the field side by side and tie them by nothing: in one cell of a table and the next, in
  // two boxes, or as bare text before the field. Words head what comes right after them where that holds one control and
  // no words of its own but a note, where the first field of the same row has words before it, too (else they may stand
  // behind each field), and where nothing else to fill in follows without words.
  const NOTES = "small, [class*=hint i], [class*=help i], [class*=note i], [class*=error i], [class*=required i], [class*=message i]";
  const beyond = (node, field) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node === field || node.matches("script, style, template, button, [hidden]") || node.matches(NOTES) || isIcon(node) || lib.isKeptBack(node)) return "";
    // What came up over the page, as a list to choose from, is no part of the cell in which it lies.
    if (/fixed|absolute/.test(getComputedStyle(node).position)) return "";
    if (node.localName === "label" && node.control && node.control !== field) return "";
    return kids(node).map((kid) => beyond(kid, field)).join(" ");
  };
  const isWorded = (said) => /\p{L}/u.test(said) && !/^\W*(required|optional)\W*$/i.test(said);
  const fieldsIn = (node) => (node.nodeType === Node.ELEMENT_NODE ? (node.matches(CONTROLS) ? [node] : outermost(controls(node))) : []);
  // What a row is made of, line breaks and what nobody sees left out.
  const piecesOf = (row) =>
    kids(row).filter((node) => (node.nodeType === Node.TEXT_NODE ? /\S/.test(node.data) : node.nodeType === Node.ELEMENT_NODE && node.localName !== "br" && !node.matches("input[type=hidden], script, style, template") && (squeeze(text(node)) || fieldsIn(node).length)));
  const HEADED_TABLE = lib.once((table) => !!first(table, "thead") || all(table, "tr").some((row) => elementKids(row).length > 1 && elementKids(row).every((cell) => cell.matches("th"))));
  const headed = (root, words, taken) => {
    const found = [];
    const says = (node) => rank([node.nodeType === Node.TEXT_NODE ? node.data : text(node)], words) < Infinity;
    const texts = [...textNodes(root)].filter((node) => rank([node.data], words) < Infinity);
    for (const start of [...texts, ...textElements(root, words)]) {
      const el = start.nodeType === Node.TEXT_NODE ? parentOf(start) : start;
      if (!visible(el) || closest(el, `button, a, option, h1, h2, h3, nav, [role=tab], [role=option], [role=columnheader], [role=heading]`) || closest(el, "label")?.control) continue;
      if (getComputedStyle(el).cursor === "pointer") continue;
      // The largest box that says these words alone, and in which there is nothing to fill in.
      let label = start;
      while (parentOf(label) && parentOf(label) !== root && contains(root, parentOf(label)) && says(parentOf(label)) && !fieldsIn(parentOf(label)).length) label = parentOf(label);
      const row = parentOf(label), cell = label.nodeType === Node.ELEMENT_NODE && label.matches("td, th");
      if (!row || !contains(root, row) || (closest(row, "table") && contains(root, closest(row, "table")) && HEADED_TABLE(closest(row, "table")))) continue;
      const pieces = piecesOf(row), at = pieces.indexOf(label), [next, after] = pieces.slice(at + 1);
      if (at < 0 || !next || (cell && next.matches("th"))) continue;
      const firstField = pieces.findIndex((piece) => fieldsIn(piece).length);
      const before = pieces[firstField - 1];
      if (!before || !isWorded(before.nodeType === Node.TEXT_NODE ? before.data : text(before)) || (after && fieldsIn(after).length && !isWorded(beyond(after, fieldsIn(after)[0])))) continue;
      const inside = fieldsIn(next);
      const oneOf = inside.every((each) => each.matches(RADIOS)) && new Set(inside.map((each) => each.name)).size === 1;
      const choices = inside.length > 1 && (oneOf || inside.every((each) => each.matches("[type=checkbox], [role=checkbox]")));
      if (choices && next.nodeType === Node.ELEMENT_NODE) found.push(next);
      // Another field below the first may say by itself what it is for: "New groups".
      const saysItself = (each) => labelNames(each).length > 0 || !!squeeze(each.getAttribute("placeholder"));
      if (inside.length !== 1 && (!inside.length || saysItself(inside[0]) || !inside.slice(1).every(saysItself) || isBox(inside[0]))) continue;
      const [field] = inside, hint = squeeze(field.getAttribute("placeholder"));
      // A field that another label names, or by which something else is searched for, is not what these words head; nor,
      // for sure, a box to tick before other words.
      if ((isBox(field) && after) || taken.has(field) || (field !== next && isWorded(beyond(next, field)))) continue;
      if (/^(search|find|filter)\b/i.test(hint) && !words.some((word) => fold(hint).includes(fold(word)))) continue;
      found.push(field);
    }
    return outermost([...new Set(found)]);
  };
  // What a page or dialog is about by its uppermost headings: "Edit groups", "Groups of Ann Lee", "Ann Lee's groups".
  const ABOUT = /^(?:(?:edit|change|update|modify|manage|choose|set)\s+)?(?:.+['’]s\s+)?(.+?)(?:\s+(?:of|for)\s+.+)?$/iu;
  const isTitled = (root, words) => {
    const page = root === document ? document.body : closest(root, DIALOGS) || layersOver(root).pop() || document.body;
    const titles = (level) => all(page, level).filter((el) => visible(el) && !closest(el, "nav, aside, [role=navigation]") && (page !== document.body || !inLayer(el)));
    const uppermost = ["h1, [role=heading][aria-level='1']", "h2, [role=heading]"].map(titles).find((found) => found.length) || [];
    return uppermost.some((el) => rank([ABOUT.exec(squeeze(text(el)))?.[1] || ""], words) < Infinity);
  };
  // The one field on a tab that was opened by its name, or on a page that is about nothing else, where nothing else names
  // it: the tab does, or the title.
  const TURNED = Symbol.for("page-objects.tab");
  const turnedTo = (el) => void (window[TURNED] = el);
  const alone = (root, tabs, named) => {
    const turned = window[TURNED];
    const tab = turned?.isConnected && contains(root, turned) && rank(actionNames(turned), counted(tabs)) < Infinity ? turned : null;
    if (!tab && !isTitled(root, tabs)) return [];
    const here = controls(root).filter((el) => !tab || !contains(tab, el));
    const left = outermost(here.filter((el) => !named.has(el) && !isBox(el)));
    const boxes = here.filter(isBox);
    if (!boxes.length) return left.length === 1 ? left : [];
    // Beside boxes to tick, a field without a name only narrows them down: they are the field, where there is no other.
    const others = here.filter((el) => !isBox(el) && !left.includes(el));
    const around = ancestors(boxes[0]).find((a) => boxes.every((box) => contains(a, box)));
    return boxes.length > 1 && !others.length && left.length < 2 && around !== root && contains(root, around) ? [around] : [];
  };
  const counted = (list) => list.flatMap((w) => [w, `${w} #`]);
  // `lines`: those of several values may be made of lines. `switches`: only what is on or off, and shows which.
  // `like`: a question that names the field as well, where a page asks one at a time.
  const findFields = (root, { switches = false, ...query }) => {
    const found = fieldsOf(root, query);
    return switches ? found.filter((el) => !el.matches(RADIOS) && /^(true|false)$/.test(whole.valueOf(el).text)) : found;
  };
  const fieldsOf = (root, { words, tabs = [], lines = false, like = "" }) => {
    const asks = like && new RegExp(like, "iu");
    const ranked = [];
    const named = new Set();
    for (const el of controls(root)) {
      const names = labelNames(el);
      if (names.length) named.add(el);
      if (el.matches("[type=radio]")) continue; // one of the choices of a field, whatever it is called
      let r = rank(names, words);
      if (r === Infinity && asks && names.some((n) => asks.test(n))) r = 2.5;
      if (r === Infinity) r = rank([el.getAttribute("placeholder"), el.getAttribute("title"), el.getAttribute("data-placeholder")].map(squeeze).filter(Boolean), words) + 3;
      if (r < Infinity) ranked.push([r, el]);
    }
    const inLines = lines ? whole.namedLines(root, words) : [];
    if (inLines.length) return inLines;
    const found = best(ranked);
    const around = lines && found.length ? whole.linesAround(found[0]) : null;
    if (around && found.every((el) => contains(around, el))) return [around];
    // Of a group and the radio buttons alone in it, both called so, the one that holds the choice.
    const both = (el) => el.matches("fieldset, [role=group]") && found.some((other) => other !== el && other.matches("[role=radiogroup]") && contains(el, other));
    // What stands before a field says more than what stands in it: "Manager" before a field in which "E-mail address" stands.
    const inIt = found.length && Math.min(...ranked.map(([r]) => r)) >= 3 ? headed(root, words, named) : [];
    if (inIt.length) return inIt;
    if (found.length) return outermost(found.filter((el) => !both(el)));
    const drawn = drawnFor(root, words);
    if (drawn.length) return drawn;
    // A box that nobody sees, in a label that draws another.
    const ticked = worded(all(root, "[type=checkbox], [role=checkbox], [role=switch]").filter((el) => !visible(el) && faceOf(el) && !inCell(el)), labelNames, words);
    if (ticked.length) return ticked;
    const beside = besideText(root, words, named, lines);
    if (beside.length) return beside;
    const below = headed(root, words, named);
    return below.length || !tabs.length ? below : alone(root, tabs, named);
  };
  // A label may be tied to a field that nobody sees: what is drawn around it is the field then.
  const drawnFor = (root, words) => {
    const found = [];
    for (const label of all(root, "label").filter((el) => el.control && visible(el) && !hasRoom(el.control) && !isBox(el.control))) {
      let box = parentOf(label.control);
      while (box && !contains(box, label) && !hasRoom(box)) box = parentOf(box);
      // The label may hold all that is drawn, and the field say its name to screen readers alone.
      if (box && contains(root, box) && !contains(box, label)) found.push([rank([squeeze(labelText(label)), ...labelNames(label.control)], words), box]);
    }
    return best(found);
  };
  const hasRoom = (el) => {
    const { width, height } = el.getBoundingClientRect();
    return visible(el) && width >= 8 && height >= 8;
  };
  // Search boxes are named in many ways; any field that says it searches counts, the nearest to the table is the screen's own.
  // "Name or email": what may be typed, without a word that it is searched for.
  const BY = "(?:(?:first|last|full|user)[ -]?)?names?|e-?mail(?: address)?|group|user ?name|role";
  const SAYS_BY = new RegExp(`^(?:by )?(?:${BY})(?:(?:,| or| and|,? or|/| /)\\s*(?:${BY}))+$`, "i");
  const findSearch = (root, { near }) => {
    const searches = (n) => /^(search|find|filter)\b/i.test(n) || SAYS_BY.test(n.replace(/(…|\.\.\.)$/, ""));
    const named = (el) =>
      [...labelNames(el), squeeze(el.getAttribute("placeholder")), squeeze(el.getAttribute("title"))].some((n) => searches(n) || searches(withoutIconNames(n)));
    const typed = controls(root).filter((el) => el.matches("input, [role=searchbox], [role=textbox], [contenteditable]") && !el.readOnly && !el.matches("[aria-haspopup=listbox]"));
    const saying = typed.filter(named);
    const boxes = saying.length ? saying : typed.filter((el) => el.matches("[type=search], [role=searchbox]"));
    if (boxes.length < 2 || !near) return boxes;
    const depth = (el) => {
      let steps = 0;
      for (let a = el; a && !near.some((n) => contains(a, n)); a = parentOf(a)) steps += 1;
      return steps;
    };
    const distance = (el) => {
      let a = el;
      while (a && !near.some((n) => contains(a, n))) a = parentOf(a);
      let up = 0;
      for (let b = near[0]; b && b !== a; b = parentOf(b)) up += 1;
      return up * 100 + depth(el);
    };
    const least = Math.min(...boxes.map(distance));
    return boxes.filter((el) => distance(el) === least);
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

  const OPTIONS = "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=menuitem], [role=treeitem], [role=radio], [role=checkbox]";
  // What an option is called, where it goes on to describe it: the first piece that is set apart from the rest by a
  // line, a column or a smaller print. A part that is merely marked, as what was typed is, does not stand for the whole.
  const SUBTEXT = /(^|[\s_-])(sub|subtext|subtitle|secondary|muted|meta|hint|description|desc)(?=[\s_-]|$)/i;
  const lead = (el) => {
    const start = [...textNodes(el)].find((n) => /[\p{L}\p{N}]/u.test(n.data) && !ancestors(parentOf(n)).some((a) => el !== a && contains(el, a) && isIcon(a)));
    if (!start) return "";
    const size = getComputedStyle(parentOf(start)).fontSize;
    let said = start.data;
    for (let at = start, up = parentOf(start); ; at = up, up = parentOf(up)) {
      const style = getComputedStyle(up), columns = /flex|grid/.test(style.display), line = kids(up);
      for (const next of line.slice(line.indexOf(at) + 1)) {
        if (next.nodeType === Node.TEXT_NODE) said += next.data;
        else if (next.nodeType === Node.ELEMENT_NODE && squeeze(text(next))) {
          const other = getComputedStyle(next);
          if (columns || !/^inline/.test(other.display) || other.fontSize !== size || SUBTEXT.test(next.getAttribute("class") || "")) return said;
          said += text(next);
        }
      }
      if (up === el || !/^inline/.test(style.display) || /flex|grid/.test(getComputedStyle(parentOf(up)).display)) return said;
    }
  };
  // One of several choices, and what is seen of it: many consoles draw their own and keep the real one out of sight.
  const RADIOS = "input[type=radio], [role=radio]";
  const faceOf = (el) => {
    const seen = visible(el) && getComputedStyle(el).opacity !== "0";
    return seen ? el : ([...(el.labels || []), closest(el, "label")].find((label) => label && visible(label)) ?? (visible(el) ? el : undefined));
  };
  const radioNames = (el) => {
    const face = faceOf(el), label = closest(el, "label") || (el.labels || [])[0] || el;
    return [lead(label), ...labelNames(el), face ? text(face) : ""].map(squeeze).filter(Boolean);
  };
  // By one of the words; where none of them is there, by a sentence that is like them.
  const worded = (els, names, words, like) => {
    const found = best(els.map((el) => [rank(names(el), words), el]));
    return found.length || !like ? found : els.filter((el) => names(el).some((n) => new RegExp(like, "i").test(n)));
  };
  const findRadios = (root, { words, like }) => worded(all(root, RADIOS).filter((el) => faceOf(el) && !disabled(el)), radioNames, words, like).map(faceOf);
  // Where to click a box: itself, or its label where nothing of it is to be seen.
  const findFace = (el) => {
    const { width, height } = el.getBoundingClientRect();
    return [(width >= 4 && height >= 4 && !/inset\(50%/.test(getComputedStyle(el).clipPath)) ? el : [...(el.labels || []), closest(el, "label")].find((label) => label && visible(label)) || el];
  };
  // A box to tick or a switch, outside of rows.
  const findAgreements = (root, { words, like }) => {
    const found = findFields(root, { words });
    return found.length || !like ? found : worded(all(root, "[type=checkbox], [role=checkbox], [role=switch]").filter((el) => faceOf(el) && !(inCell(el) && isListed(el))), labelNames, words, like);
  };
  // In a table of rows, and not in one that only lays a form out.
  const isListed = (el) => { const table = closest(el, "table, [role=grid]"); return !table.matches("table") || HEADED_TABLE(table); };
  const optionNames = (el) => [el.getAttribute("aria-label"), text(el), el.getAttribute("title"), lead(el)].map(squeeze).filter(Boolean);
  // The text of a chip without the button that takes it away.
  const chipText = (el) => {
    let said = "";
    for (const node of kids(el)) {
      if (node.nodeType === Node.ELEMENT_NODE && (isIcon(node) || node.matches("button, [role=button], [class*=remove i], [class*=close i]"))) continue;
      said += node.nodeType === Node.ELEMENT_NODE ? ` ${chipText(node)} ` : node.nodeType === Node.TEXT_NODE ? node.data : "";
    }
    return squeeze(said).replace(/\s*[×✕✖]$/, "");
  };
  // The address that a chip has as its title, where it says a name.
  const chipTitle = (chip) =>
    ancestors(chip).slice(0, 4).filter((a) => chipText(a) === chipText(chip)).map((a) => squeeze(a.getAttribute("title"))).find((title) => /^[^\s,;]+@[^\s,;]+$/.test(title)) || null;
  const ADDRESS = /[^\s<>()[\]",;:|]+@[^\s<>()[\]",;:|]+/gu;
  // A person is offered as "Ann Lee <ann@x.example>" or "Ann Lee ann@x.example": her one address decides.
  const exactly = (names, words) => {
    if (names.some((n) => words.map(squeeze).includes(n))) return 0;
    const wanted = words.filter((w) => w.includes("@") && !w.includes(" "));
    return wanted.some((w) => names.some((n) => { const said = n.match(ADDRESS) || []; return said.length === 1 && fold(said[0]) === fold(w); })) ? 1 : Infinity;
  };
  // Some call every row of a menu or of the navigation an option. What is in no list box offers something only if it
  // came up with the last click.
  const cameUp = (el, slot) => [el, ...leaves(el)].some((leaf) => squeeze(text(leaf)) && (leaf !== el || !leaf.children.length) && fresh(leaf, slot));
  // The lists that are what a screen is about, as that of people is: they offer nothing to a field.
  const OWN_LISTS = Symbol.for("page-objects.own lists");
  const noteOwnList = (list) => void (window[OWN_LISTS] ??= new WeakSet()).add(list);
  const isOwnList = (list) => !!window[OWN_LISTS]?.has(list);
  const isOption = (el, slot) => {
    const list = el.matches("[role=option]") && closest(el, "[role=listbox]");
    return !inChipList(el) && !isOwnList(list) && (!el.matches("[role=option]") || !!list || cameUp(el, slot));
  };
  // Of a list that was there before the click, and belongs to no field that is open, nothing is offered now.
  const isOffered = (el, slot) => isOption(el, slot) && (!el.matches("[role=option]") || belongsToField(closest(el, "[role=listbox]")) || cameUp(el, slot));
  const belongsToField = (list) => !!list && tiedToField(list);
  const tiedToField = lib.once((list) => {
    const control = window[OPENED], around = (el) => contains(el, list) || contains(list, el);
    const its = (el) => [...byIds(el, "aria-controls"), ...byIds(el, "aria-owns")].some(around);
    if (control?.isConnected && (around(control) || its(control) || all(control, "[aria-controls], [aria-owns]").some(its))) return true;
    return all(document, "[aria-expanded=true]").some(its) || !!closest(list, `${DIALOGS}, form`) || !!layersOver(list).length;
  });
  const findOptions = (root, { words, exact = false, since = "click" }) => {
    const judge = exact ? exactly : rank;
    const roled = all(root, OPTIONS).filter((el) => visible(el) && isOption(el, since)).map((el) => [judge(optionNames(el), words), el]);
    const found = best(roled), offered = found.filter((el) => isOffered(el, since));
    if (found.length) return innermost(offered.length ? offered : found);
    const plain = exact
      ? leaves(root).filter((el) => exactly([squeeze(text(el))], words) < Infinity)
      : textElements(root, words);
    return innermost(plain.filter((el) => visible(el) && fresh(el, since) && !closest(el, "select") && !inCell(el) && !inChipList(el) && (clickable(el) || inLayer(el))));
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
    const groups = holds.map((query) => find(root, query).filter((el) => !layered || ((fresh(el, since) || inLayer(el)) && !inReport(el))));
    if (groups.some((group) => !group.length)) return [];
    // The smallest box that holds one of each: of all ways to choose, the deepest common ancestor.
    let candidates = groups[0].flatMap((el) => ancestors(el).slice(1).find((a) => groups.every((group) => group.some((m) => contains(a, m)))) || []);
    candidates = innermost([...new Set(candidates)]);
    if (isNew) candidates = candidates.filter((el) => !missing(el));
    if (columns) candidates = candidates.filter((el) => !whole.tables(root, columns).some(({ host }) => contains(el, host)));
    return layered ? candidates.filter((el) => !/^(body|html)$/i.test(el.tagName)) : candidates;
  };

  // A box to tick by the exact name beside it. One that has none is called what its line says.
  const lineOf = (box) => {
    const line = ancestors(box).slice(1, 5).find((a) => squeeze(text(a)));
    return line && controls(line).filter(isBox).length === 1 ? squeeze(text(line)) : "";
  };
  const namesOfBox = (el) => {
    const names = [...labelNames(el), text(el), closest(el, "label") ? text(closest(el, "label")) : ""].map(squeeze).filter(Boolean);
    return names.length ? names : [lineOf(el)].filter(Boolean);
  };
  const findBoxes = (root, { words }) => controls(root).filter((el) => isBox(el) && !isByRules(el) && exactly([...namesOfBox(el), squeeze(el.value || "")], words) === 0);
  const boxNames = (root) => controls(root).filter(isBox).map((el) => [...namesOfBox(el), squeeze(el.value || "")].find(Boolean)).filter(Boolean);
  // Which boxes, or which options of an opened list, could be meant by a name: as they spell it, and whether they are
  // disabled. Of one that says it among other things the name itself.
  const spelt = (els, names, { name }) => els.map((el) => [exactly(names(el), [name]) < Infinity ? name : names(el)[0] || "", disabled(el)]);
  // Boxes for groups may lie under titles of their own: "Static groups", "Dynamic groups". Rules tick the latter.
  const KIND_OF_BOXES = /^(?:(?<rules>dynamic|automatic|smart|rule[- ]based)|static|manual)(?: \p{L}+)?$/u;
  const TITLES = "h2, h3, h4, h5, h6, legend, [role=heading], dt, strong, b, summary";
  const isByRules = (box) => {
    for (let a = box, up = 0; parentOf(a) && up < 6 && !a.matches("form, [role=dialog]"); a = parentOf(a), up += 1) {
      const beside = elementKids(parentOf(a)), above = beside.slice(0, beside.indexOf(a)).reverse();
      const titles = above.filter((el) => (el.matches(TITLES) || first(el, TITLES)) && !first(el, "input") && visible(el)).map((el) => text(el));
      const kind = [...titles, ...labelNames(parentOf(a))].map((said) => KIND_OF_BOXES.exec(lib.bare(said))).find(Boolean);
      if (kind) return !!kind.groups.rules;
    }
    return false;
  };
  const namesOfBoxAndValue = (el) => [...namesOfBox(el), squeeze(el.value || "")].filter(Boolean);
  const boxesOffered = (root, query) => {
    const boxes = controls(root).filter(isBox);
    // What is ticked may be disabled, and is there all the same.
    return spelt(boxes, namesOfBoxAndValue, query).map(([name, off], at) => [name, (off && !isTickedBox(boxes[at])) || isByRules(boxes[at])]);
  };
  const isTickedBox = (el) => el.checked ?? el.getAttribute("aria-checked") === "true";
  const optionsOffered = (root, query) => {
    const roled = all(root, OPTIONS).filter((el) => visible(el) && isOption(el));
    const plain = leaves(root).filter((el) => visible(el) && fresh(el) && inLayer(el) && !closest(el, OPTIONS) && !closest(el, "select") && !inCell(el) && !el.matches("input, textarea"));
    return spelt(roled.length ? roled : plain, optionNames, query);
  };
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
    const isCalled = (chip) => words.map(squeeze).includes(chipText(chip)) || (!!chipText(chip) && words.some((w) => w.includes("@") && squeeze(w) === chipTitle(chip)));
    // Far from the field only within what is its own: no other field, no heading, no other label.
    const own = (a) => !a.matches("section, article, fieldset, [role=region], [role=group]") && !whole.othersIn(a, field, "").length &&
      all(a, "h1, h2, h3, h4, h5, h6, legend, label").every((title) => title.control === field || labelNames(field).includes(squeeze(text(title))));
    for (let up = 0; parentOf(box) && (up < 6 || (up < 12 && own(box))); up += 1) {
      const chips = leaves(box).filter((el) => seen(el) && isCalled(el) && (!closest(el, "[role=listbox], [role=option], option") || inChipList(el)));
      for (const chip of innermost(chips)) {
        for (let a = chip, depth = 0; a && depth < 8 && contains(box, a); a = parentOf(a), depth += 1) {
          // The arrow or cross of the whole control takes nothing single away.
          if (contains(a, field) || chipText(a) !== chipText(chip)) break;
          const cross = (el) => /^[×✕✖x]$/i.test(squeeze(text(el))) && clickable(el);
          const removers = all(a, "*").filter((el) => (el.matches("button, [role=button], [class*=remove i], [class*=delete i], [class*=close i], svg") || cross(el)) && el !== chip && seen(el) && squeeze(text(el)) !== chipText(chip));
          if (removers.length) return outermost(removers);
        }
      }
      if (box.matches("form, [role=dialog], body")) break;
      box = parentOf(box);
    }
    return [];
  };
  // An action in the smallest box around a field that holds one.
  const findBeside = (field, { words }) => {
    for (let a = parentOf(field), up = 0; a && up < 4 && !a.matches("form, [role=dialog], dialog"); a = parentOf(a), up += 1) {
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
  const REMOVERS = "button, [role=button], [class*=remove i], [class*=delete i], [class*=close i]";
  const isRemovable = (chip) =>
    ancestors(chip).slice(0, 4).some((a) => chipText(a) === chipText(chip) && all(a, REMOVERS).some((el) => !contains(el, chip)));
  // A label that floats up when its field is used is new there, and still its label.
  const labelsField = (el) => {
    const field = closest(el, "label")?.control;
    return !!field && !isBox(field);
  };
  // What the control that opened the list says: with another value it says something that was not there before.
  const OPENED = Symbol.for("page-objects.opened");
  const noteOpened = (el) => void (window[OPENED] = el);
  const isWhatOpened = (el) => {
    const control = window[OPENED];
    return !!control?.isConnected && contains(control, el) && squeeze(text(control)) === squeeze(text(el));
  };
  // What an opened list offers now.
  const offered = (root, slot = "click") => {
    const roled = all(root, "[role=option]").filter((el) => visible(el) && isOffered(el, slot || undefined));
    if (roled.length) return roled.map((el) => squeeze(text(el))).slice(0, 200);
    const plain = innermost(leaves(root).filter((el) => visible(el) && fresh(el, slot || undefined) && inLayer(el) && clickable(el) && !inCell(el) && !closest(el, "button") && !isWhatOpened(el) && !el.matches("input, textarea") && !labelsField(el)));
    // A chip's cross is no option, nor is a chip that has one, nor the number of chips that are not shown.
    return plain.filter((el) => !isRemovable(el)).map((el) => squeeze(text(el))).filter((said) => /[\p{L}\p{N}]/u.test(said) && !/^\+\s?\d+( more)?$/i.test(said)).slice(0, 200);
  };
  // The same by their names alone, without what stands below or beside a name in smaller print: "24 members".
  const offeredNames = (root) => {
    const roled = all(root, "[role=option]").filter((el) => visible(el) && isOffered(el, "click"));
    return roled.length ? roled.map((el) => squeeze(lead(el)) || squeeze(text(el))).slice(0, 200) : offered(root);
  };
  // What is chosen in a list that is open. Some lists call selected what the next key would choose, and show what is chosen
  // by a mark. Where the two differ the mark counts if the others have it too and keep it out of sight, and if the list
  // does not say that several may be selected; else nothing is told.
  const chosenInList = (root) => {
    const options = all(root, OPTIONS).filter((el) => visible(el) && isOffered(el));
    const isChosen = (el) => el.matches("[aria-selected=true], [aria-checked=true]") && (!first(el, "[type=checkbox]") || first(el, "[type=checkbox]").checked);
    const said = options.filter(isChosen);
    const marksOf = (el) => all(el, "svg, i").filter((mark) => !closest(mark, "button, a, [role=button]"));
    const drawn = (mark) => `${mark.innerHTML} ${mark.localName === "i" ? mark.className : ""}`;
    const hides = ({ opacity, visibility, display }) => opacity === "0" || visibility === "hidden" || display === "none";
    const faded = (mark, option) => ancestors(mark).slice(0, 6).some((a) => option !== a && contains(option, a) && hides(getComputedStyle(a)));
    const kept = options.flatMap((el) => marksOf(el).filter((mark) => faded(mark, el)));
    const shows = (el) => marksOf(el).some((mark) => (kept.length ? drawn(mark) === drawn(kept[0]) && !faded(mark, el) : visible(mark)));
    const marked = options.filter(shows);
    const agree = marked.length === said.length && marked.every((el) => said.includes(el));
    if ((kept.length || (marked.length && marked.length < options.length)) && !agree) {
      const sure = kept.length && !options.some((el) => closest(el, "[aria-multiselectable=true]"));
      return sure ? marked.map((el) => squeeze(text(el))) : [];
    }
    return said.map((el) => optionNames(el).map(squeeze).find(Boolean) || squeeze(text(el)));
  };
  // Whether something, or what it lies in, is on its way in or out. What never ends to move says nothing.
  const moves = (el) => [el, ...ancestors(el)].some((a) => a.getAnimations?.().some((one) => one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime)));
  // Presses Escape if the list of this control is open at this moment: on a list that has just closed by itself, the key
  // would close the dialog around it. Between a look from outside and a key from outside it could have.
  // Nor on one that is about to go, or to come: a list that fades still looks open.
  // Whether the list of a field is about to go: the field says that it is closed, or what is left of the list does.
  const CLOSED = "[data-state=closed], [data-closed], [data-open=false], [data-leave], [hidden]";
  const goes = () => {
    const options = all(document.body, "[role=option]").filter((o) => visible(o) && isOption(o, "click"));
    const list = (o) => closest(o, "[role=listbox]");
    return options.length > 0 && options.every((o) => !!list(o) && ancestors(list(o)).slice(0, 3).some((a) => a.matches(CLOSED)));
  };
  const isFolding = (field) => field.getAttribute("aria-expanded") === "false" || goes();
  const foldList = (el) => {
    if (goes()) return false;
    if (!offered(document.body).length && el.getAttribute("aria-expanded") !== "true") return false;
    if (all(document.body, OPTIONS).some((o) => visible(o) && moves(o))) return false;
    let target = document.activeElement;
    while (target?.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    const init = { key: "Escape", code: "Escape", keyCode: 27, which: 27, bubbles: true, cancelable: true, composed: true };
    for (const type of ["keydown", "keyup"]) (target || document.body).dispatchEvent(new KeyboardEvent(type, init));
    return true;
  };

  // Once what the page itself put off until it had done with an event has been done: a list may open, or close, so.
  const putOffDone = () => new Promise((done) => setTimeout(() => setTimeout(() => done(true))));

  // Whether the list that a field has opened lies in the same dialog as the field, where a press of Escape may close both,
  // and a click on the field, which is a button and can be reached, closes the list.
  const togglesInDialog = (field) => {
    const dialog = closest(field, DIALOGS), box = field.getBoundingClientRect();
    const hit = hitAt(box.left + box.width / 2, box.top + box.height / 2);
    return !!dialog && field.getAttribute("aria-expanded") === "true" && !field.matches("input, textarea, [contenteditable]") && all(dialog, "[role=option]").some(visible) && !!hit && contains(field, hit);
  };

  // Where the field is typed into, leaving it closes the list as well, and the dialog hears nothing of that: nor does a
  // box over the page that no role calls a dialog.
  const foldsWhenLeft = (field) => {
    const typed = [field, document.activeElement].find((el) => el.matches("input") && contains(field, el));
    const box = closest(field, DIALOGS) || layersOver(field).pop();
    // An input that nobody sees or types into only holds the focus.
    if (!typed || (typed !== field && (typed.readOnly || !visible(typed))) || !box || !all(box, OPTIONS).some((el) => visible(el) && !isBox(el))) return false;
    typed.blur();
    return true;
  };
  const backInto = (field) => (field.matches("input") ? field : first(field, "input"))?.focus();

  // A link or tab that leads on, outside tables and dialogs. Several that lead to one address are one way.
  // `within`: what leads out of the console, or may do something else, is none.
  const findWays = (root, { words, within: inside = false }) => {
    const found = findActions(root, { words, anywhere: true }).filter((el) => !inCell(el) && !closest(el, `${DIALOGS}, th, [role=columnheader]`) && !disabled(el) && el.getAttribute("aria-current") !== "page");
    const goal = (el) => closest(el, "a[href]")?.href || first(el, "a[href]")?.href || el;
    const framed = found.filter((el) => closest(el, "nav, header, aside, [role=navigation], [role=banner], [role=tablist], [role=menu], [role=menubar]"));
    const ways = new Map();
    for (const el of framed.length ? framed : found) if (!ways.has(goal(el))) ways.set(goal(el), el);
    const stays = (el) => { const link = closest(el, "a[href]") || first(el, "a[href]"); return link ? link.origin === location.origin && leadsElsewhere(link) : el.matches("[role=tab], [role=link], [role=menuitem], [role=treeitem]") || framed.includes(el); };
    return [...ways.values()].filter((el) => !inside || stays(el));
  };
  // A tab may count what it holds: "Groups 2". Without a role, it is a tab where another of the tabs' words stands beside it.
  const findTabs = (root, { words, others }) => {
    const roled = all(root, "[role=tab]").filter(visible);
    if (roled.length) return best(roled.map((el) => [rank(actionNames(el), counted(words)), el]));
    const beside = findActions(root, { words: counted(others) });
    // In the smallest box around it and another there is nothing but what can be pressed.
    const inBar = (el) => {
      const bar = ancestors(el).slice(0, 5).find((a) => a !== el && beside.some((o) => o !== el && contains(a, o)));
      return !!bar && leaves(bar).filter((n) => visible(n) && squeeze(text(n))).every((n) => clickable(n) || contains(el, n));
    };
    return findActions(root, { words: counted(words) }).filter((el) => !within(root, el, "nav, [role=navigation]") && inBar(el));
  };
  // Tabs of a screen, and not those that lead to other screens.
  const tabNames = (root) => {
    const own = (el) => visible(el) && !disabled(el) && !leadsElsewhere(el) && !closest(el, "nav, header, [role=navigation], [role=banner]");
    return [...new Set(all(root, "[role=tab]").filter(own).map((el) => actionNames(el).find(Boolean)).filter(Boolean))];
  };
  const findFiles = (root, { words = [] }) => {
    const fields = all(root, "input[type=file]");
    return fields.length || !words.length ? fields : findActions(root, { words });
  };
  const findNamed = (root, { words }) => textElements(root, words).filter(visible);
  // What a page states, in a sentence of its own: beside others, beside a link, with what was searched for at its end.
  const WHAT_FOR = /\s+(?:(?:for|matching|with|like)\s+)?(?:["“„‘'«].*["”“’'»]|\S+@\S+)$/;
  const findStated = (root, { words, like }) => {
    const isLike = like && new RegExp(like, "i");
    const own = (el) => kids(el).filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data).join(" ");
    const sentences = (said) => squeeze(said).split(/(?<=[.!])\s+/).map((s) => s.replace(/[.!]+$/, ""));
    const states = (said) => sentences(said).some((s) => rank([s, s.replace(WHAT_FOR, "")], words) < Infinity || (isLike && isLike.test(s)));
    const aside = (el) => elementKids(el).every((kid) => kid.matches(ACTIONS) || !squeeze(text(kid)));
    return leaves(root).filter((el) => visible(el) && squeeze(text(el)).length < 200 && (states(text(el)) || (aside(el) && states(own(el)))));
  };

  // A control that opens the list of actions on one row: an icon button with or without a name.
  // An arrow that is drawn beside a button and is no element of the page.
  const drawn = (el) => ["::before", "::after"].some((part) => !/^(none|normal)$/.test(getComputedStyle(el, part).content));
  // A picture without a name, whose class or file still says what it is drawn for: 'close icon', 'fa-trash-alt'.
  const OTHER_USES = /(^|[\s_/#:-])(close|times|xmark|(?:icon|lucide|bi|fa|ti|ri|mdi|feather)-x|cross|clear|cancel|trash|bin|delete|remove|pencil|pen|edit|copy|clone|eye|lock|unlock|undo|redo|refresh|reload|back|print|download|upload|mail|envelope|ban|power|user|slash)(?=[\s_.-]|$)/i;
  const MENU_USE = /(^|[\s_/#:-])(ellipsis|dots|more|kebab|meatballs?|menu|overflow|caret|chevron|gear|cog)(?=[\s_.-]|$)/i;
  const PICTURES = "svg, use, img, i, span, path";
  // Of the pictures alone: a button's own classes are about how it is laid out.
  const isDrawnFor = (el, use) => [el, ...all(el, PICTURES)].some((part) => part.matches(PICTURES) && part.checkVisibility() &&
    ["class", "data-icon", "href", "xlink:href", "src"].some((name) => use.test(part.getAttribute(name) || "")));
  // `within` a view of one thing: a menu in a row there is about something in it.
  const findMenuTriggers = (root, { words, within: where = "row" }) => {
    const here = (el) => visible(el) && !(where === "view" && closest(el, ROWLIKE));
    // A menu in a row is often named after whom it is for: "Actions for Ann Lee".
    const short = (el) => withoutWhom(actionNames(el), root).flatMap((n) => [n, n.replace(/\s+(for|of|on)\s+.*$/i, "")]);
    const named = best(all(root, ACTIONS + ", [tabindex]").filter(here).map((el) => [rank(short(el), words), el]));
    if (named.length) return outermost(named);
    const popups = all(root, "[aria-haspopup=menu], [aria-haspopup=true], [popovertarget]").filter(here);
    if (popups.length) return outermost(popups);
    const symbols = /^[\u22ee\u22ef\u2026\u25be\u25bc\u2304\u2630\u2807\u00b7.\u2022]+$/;
    const buttonlike = "button, [role=button], [tabindex]";
    // In a row that is clickable as a whole, everything looks clickable.
    const rowwide = getComputedStyle(root).cursor === "pointer";
    const nameless = all(root, "button, a, [role=button], [tabindex], [onclick], span, div").filter((el) => {
      if (!here(el) || !clickable(el)) return false;
      const name = squeeze(text(el));
      return symbols.test(name) || (!actionNames(el).length && (el.matches(buttonlike) ? !!first(el, "svg, i, img, span") || drawn(el) : !rowwide && !!first(el, "svg, i, img, span")));
    });
    // Beside pictures that are drawn for something else only what is drawn as a menu is one: after a pencil may come a ban.
    const left = outermost(nameless), isMenu = (el) => symbols.test(squeeze(text(el))) || isDrawnFor(el, MENU_USE);
    return left.some((el) => !isMenu(el) && isDrawnFor(el, OTHER_USES)) ? left.filter(isMenu) : left;
  };

  const KINDS = {
    action: findActions, sender: findSenders, closer: findClosers, field: findFields, search: findSearch, option: findOptions, surface: findSurfaces,
    file: findFiles, radio: findRadios, text: findNamed, stated: findStated, menu: findMenuTriggers, box: findBoxes,
    typing: findTyping, "typing-new": findTypingNew, "typing-within": findTypingWithin, "chip-remover": findChipRemovers, beside: findBeside, way: findWays, tab: findTabs, agreement: findAgreements, face: findFace,
  };
  const find = (root, query) => {
    if (!KINDS[query.kind]) throw new Error(`unknown kind ${query.kind}`);
    return KINDS[query.kind](root, query);
  };

  const count = (root, query) => find(root, query).length;

  // ---- for messages: what is there instead --------------------------------------------------------------------
  const inventory = (root, kind) => {
    const short = (s) => (s.length > 40 ? `${s.slice(0, 40)}…` : s);
    const els = kind === "field" || kind === "search" ? controls(root) : all(root, ACTIONS).filter(visible);
    const names = els.map((el) => (kind === "field" || kind === "search" ? [...labelNames(el), squeeze(el.getAttribute("placeholder"))] : actionNames(el)).find(Boolean) || `<${el.tagName.toLowerCase()} without a name>`);
    return [...new Set(names.map(short))].slice(0, 24);
  };

  // What the files after this one add is found in it, too.
  const whole = { ...lib, inCell, ACTIONS, inChipList, controls, labelNames, leaves, remember, fresh, find, count, inventory, chipText, onTop,
    inLayer, best, DIALOGS, REPORTS, KINDS, boxNames, boxesOffered, optionsOffered, namesOfBox, uncaptioned, RADIOS, faceOf, leadsElsewhere, takesChips, does,
    noteOpened, offered, offeredNames, chosenInList, foldList, isFolding, holdsChips, chipTitle, putOffDone, togglesInDialog, foldsWhenLeft, backInto, REMOVERS,
    radioNames, turnedTo, tabNames, moves, layersOver, noteOwnList, isOwnList, isAdder, mayAdd, turnsToField };
  return whole;
}
