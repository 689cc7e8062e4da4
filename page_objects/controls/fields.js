// Fields, by the label that is theirs or by the words that stand beside or before them; and the field to search in.
// A function of the object that the files before it make; adds to it the kinds field and search.
(lib) => {
  const { kids, elementKids, parentOf, all, first, closest, contains, ancestors, textNodes, squeeze, fold,
    withoutIconNames, isIcon, text, visible, actionNames, rank, outermost, innermost, textElements } = lib;
  const { best, counted, worded, inCell, layersOver, inLayer, DIALOGS, CONTROLS, isBox, controls, labelText, labelNames,
    RADIOS, faceOf, leadsElsewhere } = lib;

  // "Edit" beside a label does something about what stands there, and is no field that holds it.
  const DOES = /^((edit|change|manage|modify|update|view|rename|(permanently )?delete|remove|deactivate|reactivate|activate|resend|send|invite|make|reset)( \p{L}+){0,2}|(more )?(actions|options)|more|save|cancel|close|back|clear( all| selection)?|((un|de)?select|check|uncheck|add) all( \p{L}+)?|select none)$/iu;
  // What a click turns into a field says a value, which may be any word.
  const TO_EDIT = /^(?:(?:double[- ])?click|tap|press) (?:here )?to (?:edit|change|rename)\b|^(?:edit|change|rename)\b/i;
  const turnsToField = (el) => TO_EDIT.test(squeeze(el.title)) && /[\p{L}\p{N}]/u.test(text(el)) && !TO_EDIT.test(squeeze(text(el)));
  const PENCIL = /^\s*[✎✏🖉🖊]\ufe0f?\s*$/u;
  const does = (el) => el.matches("button, a, [role=button]") && !turnsToField(el) && (DOES.test(squeeze(text(el))) || (!/[\p{L}\p{N}]/u.test(text(el)) && (PENCIL.test(text(el)) || DOES.test(labelNames(el)[0] || el.title))));
  // "+ Add to group", "Set manager": a button that a value is added by, and never one. What its words end in, it is for.
  const FILLS = /^(add|set|choose|select|pick|assign)\b/;
  const ADDER = /^\p{L}+( (to|another|more|new|one|some|existing|first|last|full|user|direct|your?))*( (?<what>groups?|managers?|people|persons?|users?|roles?|names?|e-?mails?|members?|teams?|someone|somebody))?$/u;
  const adds = (el) => {
    const pressed = el.matches("button, a, [role=button]") && !el.matches("[role=combobox], [aria-haspopup=listbox]");
    return pressed && FILLS.test(lib.bare(text(el))) ? ADDER.exec(lib.bare(text(el))) : null;
  };
  const LEADS = /^((next|previous)( step)?|continue|submit|finish|done|apply|review)$/i;
  // The one button in a form that sends it, as it does not say otherwise, is no field.
  const SUBMITS = "button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]";
  const submits = (el) => !!closest(el, "[type=submit], [type=image]") || (closest(el, "button")?.type === "submit" && all(closest(el, "button").form || el, SUBMITS).length === 1);
  // The names of the steps of a form stand over each of them, and name nothing that lies below.
  const inSteps = (el) => {
    const list = closest(el, "ol, ul, nav, [role=list]"), bar = closest(el, "[class*=stepper i], [class*=steps i], [class*=wizard-nav i]");
    const names = [list && first(list, "[aria-current=step]") ? list : null, bar].filter(Boolean);
    // A whole form may be called so, too.
    return names.some((box) => !controls(box).length && !all(box, "*").some((each) => each.hasAttribute("tabindex")));
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
      if (!visible(label) || presses(label) || namesRadio(label) || inSteps(label) || closest(label, "button, a, th, option, td, [role=columnheader], [role=option], h1, h2")) continue;
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
          : inTerm(label, innermost(all(box, "*").filter((el) => !contains(el, label) && !contains(label, el) && visible(el) && !isTaken(el) && !leadsElsewhere(el) && !submits(el) && !takesAway(el) && getComputedStyle(el).cursor === "pointer" && (el.onclick || el.hasAttribute("tabindex") || getComputedStyle(parentOf(el)).cursor !== "pointer"))));
        const pressed = here.length === 1 && !here[0].matches(RADIOS) && (closest(here[0], "button, a, [role=button]") || here[0]);
        if (pressed && !does(pressed) && !LEADS.test(squeeze(text(pressed))) && !addsElse(pressed, words)) found.push(here[0]);
        else if (inside.length > 1 && (inside.every(isBox) || (lines && lib.isLines(box)))) found.push(box);
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
  const isTitled = (root, words, further) => {
    const page = root === document ? document.body : closest(root, DIALOGS) || layersOver(root).pop() || document.body;
    const titles = (level) => all(page, level).filter((el) => visible(el) && !closest(el, "nav, aside, [role=navigation]") && (page !== document.body || !inLayer(el)));
    // A layer has a heading of any level; on a page those further down are about parts of it.
    const levels = ["h1, [role=heading][aria-level='1']", "h2, [role=heading]", ...(further && page !== document.body ? ["h3", "h4", "h5, h6"] : [])];
    const uppermost = levels.map(titles).find((found) => found.length) || [];
    return uppermost.some((el) => rank([ABOUT.exec(squeeze(text(el)))?.[1] || ""], words) < Infinity);
  };
  // A sentence that tells what to do, right before a field that nothing names: "Paste a list of email addresses."
  const toldBefore = (root, told, named) => {
    const tells = new RegExp(told, "iu");
    const typed = (el) => el.matches("textarea, input:not([type]), [type=text], [type=email], [contenteditable]:not([contenteditable=false])");
    const before = (el) => {
      for (let node = el, up = 0; up < 3 && node !== root && contains(root, parentOf(node)); node = parentOf(node), up += 1) {
        const pieces = piecesOf(parentOf(node)), at = pieces.indexOf(node);
        if (at > 0) return fieldsIn(pieces[at - 1]).length ? "" : squeeze(pieces[at - 1].data ?? text(pieces[at - 1]));
      }
      return "";
    };
    return controls(root).filter((el) => !named.has(el) && typed(el) && !/^(search|find|filter)\b/i.test(squeeze(el.getAttribute("placeholder"))) && tells.test(before(el)));
  };
  // The one field on a tab that was opened by its name, or on a page that is about nothing else, where nothing else names
  // it: the tab does, or the title.
  const TURNED = Symbol.for("page-objects.tab");
  const turnedTo = (el) => void (window[TURNED] = el);
  const alone = (root, tabs, named) => {
    const turned = window[TURNED];
    const tab = turned?.isConnected && contains(root, turned) && rank(actionNames(turned), counted(tabs)) < Infinity ? turned : null;
    const here = controls(root).filter((el) => !tab || !contains(tab, el));
    // Boxes that are sent under one name are those of one choice, also where a title further down names it.
    const names = new Set(here.filter((el) => isBox(el)).map((el) => el.getAttribute("name") || el));
    if (!tab && !isTitled(root, tabs, names.size < 2)) return [];
    const left = outermost(here.filter((el) => !named.has(el) && !isBox(el)));
    const boxes = here.filter(isBox);
    if (!boxes.length) return left.length === 1 ? left : [];
    // Beside boxes to tick, a field without a name only narrows them down: they are the field, where there is no other.
    const others = here.filter((el) => !isBox(el) && !left.includes(el));
    const around = ancestors(boxes[0]).find((a) => boxes.every((box) => contains(a, box)));
    return boxes.length > 1 && !others.length && left.length < 2 && around !== root && contains(root, around) ? [around] : [];
  };
  // `lines`: those of several values may be made of lines. `switches`: only what is on or off, and shows which.
  // `like`: a question that names the field as well, where a page asks one at a time; `told`: a sentence before it.
  const findFields = (root, { switches = false, ...query }) => {
    const found = fieldsOf(root, query);
    return switches ? found.filter((el) => !el.matches(RADIOS) && /^(true|false)$/.test(lib.valueOf(el).text)) : found;
  };
  const fieldsOf = (root, { words, tabs = [], lines = false, like = "", told = "" }) => {
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
    const inLines = lines ? lib.namedLines(root, words) : [];
    if (inLines.length) return inLines;
    const found = best(ranked);
    const around = lines && found.length ? lib.linesAround(found[0]) : null;
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
    if (below.length) return below;
    const bidden = told ? toldBefore(root, told, named) : [];
    return bidden.length || !tabs.length ? bidden : alone(root, tabs, named);
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
  // "Name or email": what may be typed, without a word that it is searched for.
  const BY = "(?:(?:first|last|full|user)[ -]?)?names?|e-?mail(?: address)?|group|user ?name|role";
  const SAYS_BY = new RegExp(`^(?:by )?(?:${BY})(?:(?:,| or| and|,? or|/| /)\\s*(?:${BY}))+$`, "i");
  // Search boxes are named in many ways; any field that says it searches counts, the nearest to the table is the screen's own.
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

  // What is typed into a field, as it is.
  const holdsNow = (el) => el.value ?? el.textContent;
  const hasFocus = (el) => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active === el;
  };

  Object.assign(lib.KINDS, { field: findFields, search: findSearch });
  return Object.assign(lib, { holdsNow, hasFocus, does, turnsToField, isAdder, mayAdd, turnedTo, HEADED_TABLE, findFields });
}
