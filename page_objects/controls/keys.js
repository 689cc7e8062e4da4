// Enter in a field that is part of a form, and how one text may hold several values.
// A function of what the files before it make; adds to it.
(lib) => {
  const { closest, ancestors, squeeze, text } = lib;
  const HELD = Symbol.for("page-objects.held");
  // Where a page does not listen for Enter in a field, the browser sends the form around it, by a click on the first of
  // its buttons that send. Until `letForm`, neither happens.
  const holdForm = (field) => {
    letForm();
    const form = field.form || closest(field, "form");
    if (!form) return;
    const first = [...form.elements].find((el) => el.matches("button, input") && /^(submit|image)$/.test(el.type));
    // One that adds what was typed is often the first of them.
    const sender = first && lib.actionNames(first).some((name) => /^\+?\s*add\b/i.test(name)) ? null : first;
    const held = { any: false };
    const hold = (event) => {
      const path = event.composedPath();
      if (event.type === "submit" ? path[0] !== form : !sender || !path.includes(sender)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held.any = true;
    };
    for (const type of ["click", "submit"]) addEventListener(type, hold, true);
    window[HELD] = { held, stop: () => ["click", "submit"].forEach((type) => removeEventListener(type, hold, true)) };
  };
  // Whether it would have been sent meanwhile.
  const letForm = () => {
    const last = window[HELD];
    delete window[HELD];
    last?.stop();
    return !!last?.held.any;
  };
  // By what a field says that several values are separated in it, and what it holds; null where it says nothing of that.
  const SEPARATED = /\b(?:separat\w*|divided?|delimited|split)\b[^.]{0,30}?(?:\b(comma|semicolon)s?\b|["'“‘«`(]\s?([,;])\s?["'”’»`)]|\b(?:by|with) ([,;])(?=[\s).]|$))|\b(comma|semicolon)s?[- ](?:separat|delimit)/i;
  const EACH_ITS_LINE = /\bone (?:[\w-]+ ){0,3}?(?:per|a|on each) line\b|\beach (?:[\w-]+ ){0,3}?on (?:a|its|their) (?:own |new |separate )?line\b|\bseparat\w*[^.]{0,30}\b(?:line breaks?|new ?lines?)\b/i;
  const separatedBy = (field) => {
    if (!field.matches("input, textarea")) return null;
    const own = ancestors(field).slice(1, 5).filter((box) => lib.controls(box).every((el) => el === field || el.matches("[role=listbox]")));
    const hints = [field.placeholder, field.title, ...lib.labelNames(field), ...lib.byIds(field, "aria-describedby").map((el) => text(el)), ...own.map((box) => text(box))].map(squeeze).filter((hint) => hint.length < 300);
    const said = hints.map((hint) => SEPARATED.exec(hint)).find(Boolean);
    if (said) return { by: /semicolon|;/i.test(said.slice(1).find(Boolean)) ? "; " : ", ", held: field.value };
    return field.matches("textarea") && hints.some((hint) => EACH_ITS_LINE.test(hint)) ? { by: "\n", held: field.value } : null;
  };
  return Object.assign(lib, { holdForm, letForm, separatedBy });
}
