// The step of an import that asks what each column of the file is: choices, each named by the column it is for.
// A function of the object that the files before it make; adds to it the kind column-choice.
(lib) => {
  const { all, closest, contains, parentOf, squeeze, text, visible, rank, textElements, outermost } = lib;
  const { best, controls, labelNames, isBox } = lib;

  // 'Map "Email" to', 'Field for Email', 'Column 1: Email'. Consoles say it in many ways: what is left is the column's name.
  const FRAME = /^(?:(?:map|match|import)\s+|(?:(?:csv|file|workramp|target|destination)\s+)?(?:field|column|mapping|destination|target)\s+(?:(?:for|of)\s+|\d+:\s*)|(?:select|choose)\s+(?:an?|the)?\s*(?:field|column)\s+for\s+)?(?:column\s+)?["“'‘]?(.+?)["”'’]?(?:\s+(?:maps? to|to|as|into|is|column|field))?\s*(?:→|->|:)?$/iu;
  const unframed = (names) => names.flatMap((name) => [name, FRAME.exec(squeeze(name))?.[1] || name]);
  const chooses = (el) => !isBox(el) && (el.matches("select:not([multiple]), [role=combobox], [aria-haspopup=listbox]") || !!el.list);
  const choosers = (root) => outermost(controls(root).filter((el) => chooses(el) && visible(el)));
  // The head of the column of a table in which a cell lies: a preview of the file, with the choices over or under its heads.
  const headOver = (el) => {
    const cell = closest(el, "td, th"), row = cell && closest(cell, "tr"), table = row && closest(row, "table");
    const heads = table && all(table, "tr").find((each) => all(each, "th").length > 1);
    if (!heads || heads === row || heads.cells.length !== row.cells.length) return "";
    // One choice in each row has a head that says what all of them are: "WorkRamp field".
    return all(row, "select, [role=combobox], [aria-haspopup=listbox]").length > 1 ? squeeze(text(heads.cells[cell.cellIndex])) : "";
  };
  const columnChoices = (root, { words }) => {
    const here = choosers(root);
    const named = best(here.map((el) => [rank(unframed([...labelNames(el), headOver(el)].filter(Boolean)), words), el]));
    if (named.length) return named;
    const found = new Set();
    for (const label of textElements(root, words)) {
      if (!visible(label) || closest(label, "option, button, [role=option], [role=combobox], [aria-haspopup]")) continue;
      for (let box = parentOf(label); box && box !== root && contains(root, box); box = parentOf(box)) {
        const inside = here.filter((el) => contains(box, el));
        if (inside.length === 1) found.add(inside[0]);
        if (inside.length) break;
      }
    }
    // A box that looks like a list and says so to nobody is found as any field is, by the words beside it.
    return found.size ? [...found] : lib.findFields(root, { words }).filter((el) => /^(select|popup)$/.test(lib.shapeOf(el)));
  };

  // How many lists there are that offer an address and something else of a person: two or more ask what columns are.
  const columnLists = (root, { emails, others }) => {
    const offers = (labels, words) => labels.some((label) => rank([label], words) < Infinity);
    return choosers(root).filter((el) => el.matches("select")).map((el) => lib.labelsOffered(el)).filter((labels) => offers(labels, emails) && offers(labels, others)).length;
  };

  Object.assign(lib.KINDS, { "column-choice": columnChoices });
  return Object.assign(lib, { columnLists });
}
