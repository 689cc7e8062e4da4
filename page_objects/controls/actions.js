// Actions: what can be clicked by its word, what sends, closes or leads on, tabs, and what opens a menu.
// A function of the object that the files before it make; adds to it the
// kinds action, sender, closer, way, tab, file and menu.
(lib) => {
  const { elementKids, parentOf, all, first, closest, contains, ancestors, squeeze, text, visible, clickable, disabled,
    actionNames, rank, within, outermost, innermost, textElements } = lib;
  const { best, counted, leaves, inCell, DIALOGS, labelNames } = lib;

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
  // A link to another page, which is neither a field nor what sends something.
  const leadsElsewhere = (el) => el.matches("a[href]:not([role=button], [role=combobox], [role=listbox])") && !/^(#|javascript:)/i.test(el.getAttribute("href"));
  // Where one is already, as the last item of a trail of links says it: nothing to be done.
  const isHere = (el) => !!closest(el, "[aria-current=page]");
  // `second`: words that count where nothing carries one of the first. `details`: what the details of a person are
  // called that stand there; what holds one of them does nothing, whatever word she is called by.
  const findActions = (root, { words, second = [], details = null, ...how }) => {
    const said = actionsOf(root, { words, ...how });
    const found = said.length || !second.length ? said : actionsOf(root, { words: second, ...how });
    return details && found.length ? found.filter((el) => !lib.holdsDetail(root, el, details)) : found;
  };
  // What leads to an import of a file, not what sends one that is chosen beside it.
  const findImportOpeners = (root, query) => {
    const sends = (el) => !!closest(el, "form") && !!first(closest(el, "form"), "input[type=file]");
    const usual = findActions(root, { ...query, second: [] });
    return usual.length ? usual : findActions(root, query).filter((el) => !sends(el));
  };
  const ROWLIKE = "tr, li, [role=row], [role=listitem], [role=option]";
  // "Edit", called "Edit managers" by its label: the label says what of, and one that is called so altogether comes first.
  const saysMore = (el, words) => {
    const label = squeeze(el.getAttribute("aria-label"));
    return !!label && rank([label], words) === Infinity && label.startsWith(`${squeeze(text(el))} `);
  };
  // `besides`: elements that are none, whatever they are called, as a row of somebody called "Next Page". `ofScreen`: of
  // the whole screen, so that nobody in its list is meant, who may be called "Invite Users".
  const actionsOf = (root, { words, ofRow = false, sends = false, anywhere = false, outsideRows = false, ofScreen = false, besides = () => false }) => {
    const isSomebodys = (row) => !!row && lib.addresses(text(row)).length > 0;
    const ranked = [], none = (el) => besides(el) || (outsideRows && !!closest(el, ROWLIKE)) || (ofScreen && isSomebodys(closest(el, ROWLIKE)));
    for (const el of all(root, ACTIONS)) {
      if (none(el) || isHere(el) || takesAChipAway(el) || (sends && (leadsElsewhere(el) || el.matches("[role=tab]")))) continue;
      // "Open menu" in a row opens a menu, not the person.
      if (ofRow && el.matches("[aria-haspopup=menu], [aria-haspopup=true]")) continue;
      const r = rank(ofRow ? withoutWhom(actionNames(el), root) : actionNames(el), words);
      if (r < Infinity && visible(el)) ranked.push([r + (saysMore(el, words) ? 0.5 : 0), el]);
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

  // A link or tab that leads on, outside tables and dialogs. Several that lead to one address are one way.
  // `within`: what leads out of the console, or may do something else, is none.
  const findWays = (root, { words, within: inside = false }) => {
    const found = findActions(root, { words, anywhere: true }).filter((el) => !inCell(el) && !closest(el, `${DIALOGS}, th, [role=columnheader]`) && !disabled(el) && el.getAttribute("aria-current") !== "page");
    const goal = (el) => closest(el, "a[href]")?.href || first(el, "a[href]")?.href || el;
    // Beside the navigation somebody's page may have a tab of the word, which shows her part of it.
    const led = found.filter((el) => closest(el, "nav, [role=navigation]"));
    const framed = led.length ? led : found.filter((el) => closest(el, "header, aside, [role=banner], [role=tablist], [role=menu], [role=menubar]"));
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

  // An arrow that is drawn beside a button and is no element of the page.
  const drawn = (el) => ["::before", "::after"].some((part) => !/^(none|normal)$/.test(getComputedStyle(el, part).content));
  // A picture without a name, whose class or file still says what it is drawn for: 'close icon', 'fa-trash-alt'.
  const OTHER_USES = /(^|[\s_/#:-])(close|times|xmark|(?:icon|lucide|bi|fa|ti|ri|mdi|feather)-x|cross|clear|cancel|trash|bin|delete|remove|pencil|pen|edit|copy|clone|eye|lock|unlock|undo|redo|refresh|reload|back|print|download|upload|mail|envelope|ban|power|user|slash)(?=[\s_.-]|$)/i;
  const MENU_USE = /(^|[\s_/#:-])(ellipsis|dots|more|kebab|meatballs?|menu|overflow|caret|chevron|gear|cog)(?=[\s_.-]|$)/i;
  const PICTURES = "svg, use, img, i, span, path";
  // Of the pictures alone: a button's own classes are about how it is laid out.
  const isDrawnFor = (el, use) => [el, ...all(el, PICTURES)].some((part) => part.matches(PICTURES) && part.checkVisibility() &&
    ["class", "data-icon", "href", "xlink:href", "src"].some((name) => use.test(part.getAttribute(name) || "")));
  // A control that opens the list of actions on one row: an icon button with or without a name.
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

  Object.assign(lib.KINDS, { action: findActions, "import-opener": findImportOpeners, sender: findSenders, closer: findClosers, way: findWays,
    tab: findTabs, file: findFiles, menu: findMenuTriggers });
  return Object.assign(lib, { ACTIONS, leadsElsewhere, findActions, tabNames });
}
