// A field of several lines, each of which holds one value: lines can be added ("Add another manager") and taken away.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { squeeze, text, rank, visible, innermost, ancestors, all, contains } = lib;

  const LINE = "input:not([type]), input[type=text], input[type=email], input[type=search], select:not([multiple])";
  const isLine = (el) => el.matches(LINE) && !el.readOnly && !el.matches("[role=combobox]:not([list]), [aria-haspopup]");
  const ADDS = /^\W*(add|new)\b.*\b(another|more|line|row|field)\b|^\W*another\b/i;
  const adders = (box) => innermost(all(box, "button, a, [role=button]").filter((el) => visible(el) && ADDS.test(squeeze(text(el)) || el.getAttribute("aria-label") || "")));
  // Their number aside, all lines of a field have the same name.
  const nameOf = (el) => (lib.labelNames(el)[0] || el.placeholder || "").replace(/[\d#]+/g, "").trim().toLowerCase();
  // The lines of a box that holds nothing else to fill in; of one line alone only where another can be added.
  const linesIn = (box) => {
    const held = lib.controls(box).filter((el) => el !== box);
    const alike = held.every((el) => isLine(el) && el.localName === held[0].localName && nameOf(el) === nameOf(held[0]));
    const isOne = held.length > 1 ? alike && (nameOf(held[0]) || adders(box).length === 1) : alike && held.length && adders(box).length === 1;
    return isOne ? held : [];
  };
  const isLines = (el) => !el.matches("input, select, textarea, button, [role=combobox], [role=listbox], [contenteditable]") && linesIn(el).length > 0;
  // The widest box of the lines that this one is among, with what adds another; null where it stands for itself.
  const linesAround = (el) => {
    let box = null;
    for (const a of ancestors(el).slice(1, 8)) {
      if (a.matches("form, body, main, dialog, [role=dialog]") || !lib.controls(a).every(isLine)) break;
      if (linesIn(a).includes(el)) box = a;
    }
    return box;
  };
  const namedLines = (root, words) => {
    const ranked = all(root, "fieldset, [role=group]").filter((el) => visible(el) && isLines(el)).map((el) => [rank(lib.labelNames(el), words), el]);
    return lib.best(ranked);
  };

  const held = (line) => squeeze(line.matches("select") ? (line.value ? line.selectedOptions[0].label : "") : line.value);
  const linesHold = (box) => linesIn(box).map(held).filter(Boolean);
  // The lines of one value. Of several empty ones the next to be filled in: they are alike.
  const findLines = (box, { words: [value] }) => {
    const found = linesIn(box).filter((line) => held(line) === value);
    return value ? found : found.slice(0, 1);
  };
  const findAdders = (box) => adders(box);
  // What takes the line of a value away: the one button in its line.
  const findLineRemovers = (box, query) =>
    findLines(box, query).flatMap((line) => {
      const own = ancestors(line).slice(1).filter((a) => contains(box, a) && a !== box && lib.controls(a).length === 1);
      const buttons = own.length ? all(own[own.length - 1], "button, [role=button], a").filter(visible) : [];
      return buttons.length === 1 ? buttons : [];
    });
  const offeredInLines = (box) => {
    const [line] = linesIn(box);
    return line ? [...((line.matches("select") ? line.options : line.list?.options) ?? [])].map((o) => squeeze(line.matches("select") ? o.label : o.value)).filter(Boolean) : [];
  };

  Object.assign(lib.KINDS, { line: findLines, "line-adder": findAdders, "line-remover": findLineRemovers });
  return Object.assign(lib, { isLines, linesAround, linesHold, namedLines, offeredInLines });
}
