// Boxes to tick, switches and choices of one of several: each by the words beside it, and where to click it.
// A function of the object that the files before it make; adds to it the kinds radio, face, agreement and box.
(lib) => {
  const { elementKids, parentOf, all, first, closest, ancestors, squeeze, text, visible, byIds, disabled } = lib;
  const { worded, inCell, isBox, controls, labelNames, RADIOS, faceOf, radioNames, HEADED_TABLE, findFields, exactly,
    spelt } = lib;

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

  // A box to tick by the exact name beside it. One that has none is called what its line says.
  const lineOf = (box) => {
    const line = ancestors(box).slice(1, 5).find((a) => squeeze(text(a)));
    return line && controls(line).filter(isBox).length === 1 ? squeeze(text(line)) : "";
  };
  // A label may end in the kind of its group, as a small mark: "Sales dynamic". The name is what stands before that.
  const nameBeforeMark = (el) => {
    const label = [...(el.labels || []), closest(el, "label"), ...byIds(el, "aria-labelledby")].filter(Boolean).find((a) => all(a, "*").some(lib.isMark));
    return label ? lib.chipText(label) : "";
  };
  const namesOfBox = (el) => {
    const names = [nameBeforeMark(el), ...labelNames(el), text(el), closest(el, "label") ? text(closest(el, "label")) : ""].map(squeeze).filter(Boolean);
    return names.length ? names : [lineOf(el)].filter(Boolean);
  };
  // The widest box around it that is its own alone: an address may stand beside the label.
  const placeOf = (box) => {
    let place = null;
    for (const a of ancestors(box).slice(1, 6)) {
      if (a.matches("fieldset, form, section, [role=group], [role=dialog], body") || controls(a).filter(isBox).length !== 1) break;
      place = a;
    }
    return place;
  };
  // Whose box it is, where each stands for a person.
  const addressOfBox = (el) => {
    const saying = [el, ...(el.labels || []), closest(el, "label"), ...byIds(el, "aria-labelledby"), ...byIds(el, "aria-describedby"), placeOf(el)];
    const pieces = [...new Set(saying)].filter(Boolean).flatMap(lib.parts);
    return lib.addressAmong([...pieces, el.getAttribute("aria-label"), el.getAttribute("title"), el.value || ""]);
  };
  const findBoxes = (root, { words }) =>
    controls(root).filter((el) => isBox(el) && !isByRules(el) && exactly(() => namesOfBoxAndValue(el), words, () => addressOfBox(el)));
  const boxNames = (root) => controls(root).filter(isBox).map((el) => [...namesOfBox(el), squeeze(el.value || "")].find(Boolean)).filter(Boolean);
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
    return spelt(boxes, namesOfBoxAndValue, addressOfBox, query).map(([name, off], at) => [name, (off && !isTickedBox(boxes[at])) || isByRules(boxes[at])]);
  };
  const isTickedBox = (el) => el.checked ?? el.getAttribute("aria-checked") === "true";

  Object.assign(lib.KINDS, { radio: findRadios, face: findFace, agreement: findAgreements, box: findBoxes });
  return Object.assign(lib, { addressOfBox, namesOfBox, boxNames, boxesOffered });
}
