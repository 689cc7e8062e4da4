// A list of actions on whoever is ticked, and the button beside it that does the one that is chosen.
// A function of the object that the files before it make; adds to it the kinds bulk-choice and bulk-apply.
(lib) => {
  const { all, contains, closest, parentOf, visible, rank } = lib;
  const { DIALOGS } = lib;

  // A native list outside the rows that offers the action by one of the words. One that only narrows the list offers none.
  const bulkChoices = (root, { words, columns }) => {
    const rows = lib.tables(root, columns).flatMap((table) => table.rows.map((row) => row.el));
    return all(root, "select").filter((el) => visible(el) && !el.disabled && !closest(el, DIALOGS) && !rows.some((row) => contains(row, el)) && lib.labelsOffered(el).some((label) => rank([label], words) < Infinity));
  };
  // The button of the smallest box around the list that holds one.
  const bulkApply = (choice, { words }) => {
    for (let box = parentOf(choice), up = 0; box && up < 4; box = parentOf(box), up += 1) {
      // What stands beside other fields, as those that narrow the list, does something with them.
      if (lib.othersIn(box, choice, "").length) break;
      const found = lib.find(box, { kind: "action", words });
      if (found.length) return found;
    }
    return [];
  };

  Object.assign(lib.KINDS, { "bulk-choice": bulkChoices, "bulk-apply": bulkApply });
  return lib;
}
