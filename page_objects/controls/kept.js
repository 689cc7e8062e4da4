// What a field has beside it: people who are chosen already, each a ticked box to untick.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { parentOf, closest, contains } = lib;

  const SECTIONS = "fieldset, section, form, dialog, [role=group], [role=region], [role=dialog], [role=tabpanel]";
  const BOX = "[type=checkbox], [role=checkbox]";
  // The boxes of its own section, where each is called by one address and nothing else is to be filled in there.
  const keepers = (field) => {
    const section = field.matches("input, textarea, [role=combobox]") && !field.matches(BOX) ? closest(parentOf(field), SECTIONS) : null;
    if (!section) return [];
    const here = lib.controls(section).filter((el) => el !== field && !contains(el, field) && !contains(field, el) && !closest(el, "[role=listbox], [role=option]"));
    const boxes = here.filter((el) => el.matches(BOX));
    const others = here.filter((el) => !boxes.includes(el) && !boxes.some((box) => contains(el, box)));
    return others.length || !boxes.every(lib.addressOfBox) ? [] : boxes;
  };
  const isTicked = (box) => box.checked ?? box.getAttribute("aria-checked") === "true";
  const keptBeside = (field) => keepers(field).filter(isTicked).map(lib.addressOfBox);
  const findKeepers = (field, { words: [address] }) => keepers(field).filter((box) => lib.addressKey(lib.addressOfBox(box)) === lib.addressKey(address));

  Object.assign(lib.KINDS, { "kept-box": findKeepers });
  return Object.assign(lib, { keptBeside });
}
