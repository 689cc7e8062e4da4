// What a field has beside it: people who are chosen already, each a ticked box to untick.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { fold, parentOf, closest, contains } = lib;

  const SECTIONS = "fieldset, section, form, dialog, [role=group], [role=region], [role=dialog], [role=tabpanel]";
  const BOX = "[type=checkbox], [role=checkbox]";
  const addressOfBox = (box) => {
    const said = [...new Set(lib.namesOfBox(box).flatMap(lib.addresses))];
    return said.length === 1 ? said[0] : null;
  };
  // The boxes of its own section, where each is called by one address and nothing else is to be filled in there.
  const keepers = (field) => {
    const section = field.matches("input, textarea, [role=combobox]") && !field.matches(BOX) ? closest(parentOf(field), SECTIONS) : null;
    if (!section) return [];
    const here = lib.controls(section).filter((el) => el !== field && !contains(el, field) && !contains(field, el) && !closest(el, "[role=listbox], [role=option]"));
    const boxes = here.filter((el) => el.matches(BOX));
    const others = here.filter((el) => !boxes.includes(el) && !boxes.some((box) => contains(el, box)));
    return others.length || !boxes.every(addressOfBox) ? [] : boxes;
  };
  const isTicked = (box) => box.checked ?? box.getAttribute("aria-checked") === "true";
  const keptBeside = (field) => keepers(field).filter(isTicked).map(addressOfBox);
  const findKeepers = (field, { words: [address] }) => keepers(field).filter((box) => fold(addressOfBox(box)) === fold(address));

  Object.assign(lib.KINDS, { "kept-box": findKeepers });
  return Object.assign(lib, { keptBeside });
}
