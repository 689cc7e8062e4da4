// Options: what a list that a field has opened offers, what is chosen in it, and how it is closed again.
// A function of the object that the files before it make; adds to it the kinds option and calm.
(lib) => {
  const { all, first, closest, contains, ancestors, hitAt, squeeze, text, visible, byIds, clickable, disabled,
    rank, innermost, textElements } = lib;
  const { best, leaves, fresh, inCell, layersOver, inLayer, DIALOGS, inChipList, isBox, lead, isRemovable } = lib;

  const OPTIONS = "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=menuitem], [role=treeitem], [role=radio], [role=checkbox]";
  const optionNames = (el) => [el.getAttribute("aria-label"), text(el), el.getAttribute("title"), lead(el)].map(squeeze).filter(Boolean);
  // A person is offered by her name and her address, of which the address alone decides: `whose` tells it.
  const exactly = (names, words, whose) => {
    const called = words.map(squeeze).filter((word) => !lib.isWhole(word));
    if (called.length && names().some((name) => called.includes(name))) return true;
    if (called.length === words.length) return false;
    const address = whose();
    return !!address && words.some((word) => lib.addressKey(word) === lib.addressKey(address));
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
  // What can be chosen in a native list.
  const labelsOffered = (select) => [...select.options].filter((option) => !option.disabled).map((option) => option.label);
  const findOptions = (root, { words, exact = false, since = "click" }) => {
    const judge = (el) => (!exact ? rank(optionNames(el), words) : exactly(() => optionNames(el), words, () => lib.whose(el)) ? 0 : Infinity);
    const roled = all(root, OPTIONS).filter((el) => visible(el) && isOption(el, since)).map((el) => [judge(el), el]);
    const found = best(roled), offered = found.filter((el) => isOffered(el, since));
    if (found.length) return innermost(offered.length ? offered : found);
    const plain = exact
      ? leaves(root).filter((el) => exactly(() => [squeeze(text(el))], words, () => lib.whoseLeaf(el)))
      : textElements(root, words);
    return innermost(plain.filter((el) => visible(el) && fresh(el, since) && !closest(el, "select") && !inCell(el) && !inChipList(el) && (clickable(el) || inLayer(el))));
  };
  // Which boxes, or which options of an opened list, could be meant by a name: as they spell it, and whether they are
  // disabled. Of one that says it among other things the name itself.
  const spelt = (els, names, whose, { name }) =>
    els.map((el) => [exactly(() => names(el), [name], () => whose(el)) ? name : names(el)[0] || "", disabled(el)]);
  const optionsOffered = (root, query) => {
    const roled = all(root, OPTIONS).filter((el) => visible(el) && isOption(el));
    const plain = leaves(root).filter((el) => visible(el) && fresh(el) && inLayer(el) && !closest(el, OPTIONS) && !closest(el, "select") && !inCell(el) && !el.matches("input, textarea"));
    return spelt(roled.length ? roled : plain, optionNames, roled.length ? lib.whose : lib.whoseLeaf, query);
  };

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
  // How a native list spells a value: by the name itself, or, of an address, by what names one person and it alone.
  const nativeSpelt = (select, { name }) => {
    const said = [...new Set([...select.options].map((option) => squeeze(option.label)))];
    if (said.includes(squeeze(name)) || !lib.isWhole(name)) return said.filter((label) => label === squeeze(name));
    const whose = (label) => lib.addressAmong([label]);
    return said.filter((label) => whose(label) && lib.addressKey(whose(label)) === lib.addressKey(name));
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
  // Whether the list of a field is about to go: the field says that it is closed, or what is left of the list does.
  const CLOSED = "[data-state=closed], [data-closed], [data-open=false], [data-leave], [hidden]";
  const goes = () => {
    const options = all(document.body, "[role=option]").filter((o) => visible(o) && isOption(o, "click"));
    const list = (o) => closest(o, "[role=listbox]");
    return options.length > 0 && options.every((o) => !!list(o) && ancestors(list(o)).slice(0, 3).some((a) => a.matches(CLOSED)));
  };
  const isFolding = (field) => field.getAttribute("aria-expanded") === "false" || goes();
  // Presses Escape if the list of this control is open at this moment: on a list that has just closed by itself, the key
  // would close the dialog around it. Between a look from outside and a key from outside it could have.
  // Nor on one that is about to go, or to come: a list that fades still looks open.
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
  // A heading, a click on which does nothing but take place beside an open list.
  const FOLDS = "[aria-expanded], details, [class*=accordion i], [class*=collaps i]";
  const isCovered = (el) => {
    const { left, top, width, height } = el.getBoundingClientRect(), hit = hitAt(left + width / 2, top + height / 2);
    return !hit || !(contains(el, hit) || contains(hit, el));
  };
  const findCalm = (root) =>
    all(root, "h1, h2, h3, h4, h5, h6, [role=heading], legend").filter((el) => visible(el) && getComputedStyle(el).cursor !== "pointer" && !closest(el, "a, button, label, summary, [role=button], [role=tab], [role=option], [onclick], [tabindex]:not([role=dialog]):not([tabindex='-1'])") && !first(el, "a, button, input, [role=button]") && !isCovered(el) && !closest(el, FOLDS) && !first(el, FOLDS)).slice(0, 1);
  const backInto = (field) => (field.matches("input") ? field : first(field, "input"))?.focus();

  Object.assign(lib.KINDS, { option: findOptions, calm: findCalm });
  return Object.assign(lib, { labelsOffered, nativeSpelt, exactly, spelt, noteOwnList, isOwnList, optionsOffered, noteOpened, offered, offeredNames,
    chosenInList, moves, isFolding, foldList, putOffDone, togglesInDialog, foldsWhenLeft, backInto });
}
