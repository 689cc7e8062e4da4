// Controls, whatever can be filled in, chosen or ticked, and what each is called: its labels, legend and drawn text.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { kids, elementKids, parentOf, all, first, closest, contains, ancestors, textNodes, squeeze, isIcon, text,
    visible, byIds } = lib;

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
  const isBox = (el) => el.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch], button[aria-pressed]");
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
  const labelText = lib.once((node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("input, select, textarea, button, style, script")) return "";
    return kids(node).map(labelText).join("");
  });
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
  const labelNames = lib.once((el) => {
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
  });

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

  return Object.assign(lib, { CONTROLS, inChipList, isBox, controls, labelText, uncaptioned, labelNames, lead, RADIOS,
    faceOf, radioNames });
}
