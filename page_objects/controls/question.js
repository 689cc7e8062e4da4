// What a question asks to be typed before it can be affirmed. A function of what the files before it make; adds to it.
(lib) => {
  const { all, squeeze, fold, text, visible, labelNames } = lib;
  const blanks = (root) => all(root, "input:enabled, textarea:enabled").filter((el) => visible(el) && !el.readOnly && /^(text|email|search|textarea)$/.test(el.type));
  const ASKS = /\b(?:type|enter|retype|re-enter|write)(?: in)?:?\s+(?:(?:the|this)\s+(?:words?|text|phrase|group name|name|(?:e-?mail )?address|e-?mail)[:,]?\s+)?["“”'‘«`]?/giu;
  const ASKS_ADDRESS = /^(?:the|this|their|her|his|that)\s+(?:(?:user|person|learner|member|account|employee)(?:['’]s)?\s+)?e-?mail(?: address)?\b/iu;
  const ASKS_GROUP = /^(?:the|this|its|that)\s+(?:name of (?:the|this|that)\s+group|(?:group(?:['’]s)?\s+)?name)\b(?! of)/iu;
  // Another field may want an address, too, as of whoever is to own what she leaves.
  const CONFIRMS = /\bto (?:confirm|proceed|continue|go on|deactivate|reactivate|delete)\b/i;
  // Where a sentence asks for one of the texts, the text as it is spelt there; the longest that stands there whole.
  const askedIn = (said, texts, group) => {
    for (const asked of said.matchAll(ASKS)) {
      const rest = said.slice(asked.index + asked[0].length);
      const there = texts.filter((t) => t && fold(rest).startsWith(fold(t)) && !/^[\p{L}\p{N}@._+-]*[\p{L}\p{N}@]/u.test(rest.slice(t.length))).sort((a, b) => b.length - a.length);
      if (there.length && (there[0].includes("@") || CONFIRMS.test(said.replace(there[0], " ")))) return rest.slice(0, there[0].length);
      const whole = said.slice(asked.index).replace(/^\S+\s+/, "");
      if (!CONFIRMS.test(said)) continue;
      if (ASKS_ADDRESS.test(whole)) return texts.find((t) => t.includes("@")) || null;
      if (group && ASKS_GROUP.test(whole)) return group;
    }
    return null;
  };
  const asksToType = (root, { texts, group = null }) => {
    const [field, ...others] = blanks(root);
    if (!field || others.length || field.value || field.matches("textarea")) return null;
    const beside = lib.leaves(root).filter(visible).flatMap((el) => [squeeze(text(el)), squeeze(text(lib.parentOf(el)))]);
    const sentences = [...labelNames(field), field.placeholder, ...lib.byIds(field, "aria-describedby").map((el) => text(el)), ...beside].map(squeeze).filter((s) => s && s.length < 300);
    return sentences.map((said) => askedIn(said, texts, group)).find(Boolean) || null;
  };
  // What a panel says that asks nothing: all that can be done with it is to close it, or to follow a link out of it.
  // A toast or an alert of the page is none.
  const saysWhyNot = (root, { words }) => {
    const around = lib.ancestors(root);
    if (around.some((a) => a.matches(lib.REPORTS)) && !around.some((a) => a.matches(lib.DIALOGS))) return null;
    const typed = all(root, "input:not([type=hidden]), select, textarea, [contenteditable=true], [role=combobox], [role=checkbox]");
    if (typed.some(visible)) return null;
    const ways = [...all(root, lib.ACTIONS), ...lib.leaves(root).filter((el) => lib.clickable(el))].filter(visible);
    const closes = (el) => lib.rank(lib.actionNames(el), words) < Infinity;
    const other = (el) => !closes(el) && !ways.some((way) => way !== el && lib.contains(way, el) && closes(way)) && !el.matches("a[href]:not([role=button])") && /\p{L}/u.test(lib.actionNames(el).join(""));
    if (ways.some(other)) return null;
    const pressed = ways.filter((way) => closes(way) || !way.matches("a[href]"));
    const lines = lib.leaves(root).filter((el) => visible(el) && !pressed.some((way) => lib.contains(way, el)));
    const said = lib.outermost(lines).map((el) => squeeze(text(el))).filter((line) => /\p{L}/u.test(line));
    return [...new Set(said)].map((line) => (/[.!?:…]$/.test(line) ? line : `${line}.`)).join(" ").slice(0, 500);
  };

  // ---- a question that is answered by a choice of two and a button that sends it --------------------------------------
  const { first, closest, contains, leaves } = lib;
  const FRAMES = "header, nav, footer, [role=banner], [role=navigation], [role=contentinfo]";
  const buttons = (box, refrain) => all(box, "button, input[type=submit], input[type=button], [role=button]").filter((el) => visible(el) && !closest(el, "[role=radio], label") && lib.rank(lib.actionNames(el), refrain) === Infinity);
  const isChosen = (radio) => radio.checked ?? radio.getAttribute("aria-checked") === "true";
  // The page of its own that a form lies on, or the dialog; and what may title it.
  const pageOf = (box) => closest(box, `${lib.DIALOGS}, main, [role=main]`) || document.body;
  // Without a title of its own, what the page is headed by counts, where nothing else on it asks and the button does not
  // say by itself what is done: a dialog may ask something by the way.
  const titleOf = (box, radios, { asks, refrain }) => {
    const group = closest(radios[0], "fieldset, [role=radiogroup]");
    const own = group && contains(group, radios[1]) ? [...all(group, "legend").flatMap((legend) => first(legend, "h1, h2, h3, h4, [role=heading]") || legend), ...lib.byIds(group, "aria-labelledby")] : [];
    const called = group?.getAttribute("aria-label");
    if (!own.length && called) return squeeze(called);
    const [sender] = buttons(box, refrain);
    const verb = (el) => lib.actionNames(el).some((name) => new RegExp(asks, "iu").test(`${name} x?`) || new RegExp(asks, "iu").test(name));
    const others = leaves(pageOf(box)).filter((el) => visible(el) && /\?$/.test(squeeze(text(el))) && !closest(el, "h1, h2, [role=heading]"));
    if (!own.length && (others.length || (sender && verb(sender)))) return "";
    const titles = own.length ? own : all(pageOf(box), "h1, h2, [role=heading]").filter(visible);
    const said = [...new Set(titles.map((el) => squeeze(lib.uncaptioned(el))).filter(Boolean))];
    return said.length === 1 ? said[0] : "";
  };
  // What it asks, which answers there are, and what stands on its page; null for a form that asks anything else as well.
  const choiceOf = (box, { asks, yes, no, refrain }) => {
    const radios = all(box, lib.RADIOS).filter((el) => lib.faceOf(el));
    if (radios.length !== 2 || (radios[0].name || "") !== (radios[1].name || "") || buttons(box, refrain).length !== 1) return null;
    if (lib.controls(box).some((el) => !radios.includes(el) && !radios.every((radio) => contains(el, radio)))) return null;
    const [isYes, isNo] = [yes, no].map((like) => new RegExp(like, "iu")), question = titleOf(box, radios, { asks, refrain });
    const options = radios.map((el) => ({ said: nameOf(el), chosen: isChosen(el) }));
    const [affirms, refrains] = [options.filter(({ said }) => isYes.test(said) && !isNo.test(said)), options.filter(({ said }) => isNo.test(said))];
    if (affirms.length !== 1 || refrains.length !== 1 || !new RegExp(asks, "iu").test(question)) return null;
    const page = leaves(pageOf(box)).filter((el) => visible(el) && !lib.within(document.documentElement, el, FRAMES));
    return { question, ofWhom: lib.addresses(question), options, yes: affirms[0].said, addresses: [...new Set(page.flatMap((el) => lib.addresses(text(el))))], text: squeeze(text(box)) };
  };
  // Of several choices the one that says this, where it is the only one; and which of them are chosen.
  const choicesLike = (root, { like }) => {
    const radios = all(root, lib.RADIOS).filter((el) => lib.faceOf(el) && visible(lib.faceOf(el)));
    const found = radios.filter((el) => new RegExp(like, "iu").test(nameOf(el)));
    const beside = found.length === 1 ? radios.filter((el) => (el.name || closest(el, "[role=radiogroup], fieldset")) === (found[0].name || closest(found[0], "[role=radiogroup], fieldset"))) : [];
    return beside.length > 1 ? { said: nameOf(found[0]), chosen: beside.filter(isChosen).map(nameOf) } : null;
  };
  const nameOf = (radio) => squeeze(lib.labelNames(radio)[0] || lib.radioNames(radio)[0]);
  const findChoiceQuestions = (root, { since, ...query }) =>
    lib.innermost(all(root, `form, ${lib.DIALOGS}`).filter((el) => lib.shown(el) && all(el, lib.RADIOS).length === 2))
      .filter((box) => leaves(box).some((leaf) => lib.fresh(leaf, since)) && choiceOf(box, query));
  const findAnswers = (box, { said }) => all(box, lib.RADIOS).filter((el) => lib.faceOf(el) && nameOf(el) === said).map((el) => lib.faceOf(el));
  const findSenders = (box, { refrain }) => buttons(box, refrain);
  // A question that heads its page or dialog, above a button that says yes in its own words and one that refrains.
  const headingsOf = (box) => all(pageOf(box), "h1, h2, h3, [role=heading]").filter(visible).map((el) => squeeze(text(el)));
  const findHeadedQuestions = (root, { asks, words, refrain, since }) =>
    lib.find(root, { kind: "surface", holds: [{ kind: "action", words }, { kind: "action", words: refrain }], layered: true, isNew: true, since })
      .filter((box) => headingsOf(box).filter((said) => new RegExp(asks, "iu").test(said)).length === 1);
  const headedQuestion = (box, { asks }) => {
    const page = leaves(pageOf(box)).filter((el) => visible(el) && !lib.within(document.documentElement, el, FRAMES));
    return { question: headingsOf(box).find((said) => new RegExp(asks, "iu").test(said)), addresses: [...new Set(page.flatMap((el) => lib.addresses(text(el))))], text: squeeze(text(pageOf(box))) };
  };
  // A choice of two, else a word to affirm beside one to refrain.
  const findQuestions = (root, { choice, since, ...surface }) => {
    const found = choice.asks ? findChoiceQuestions(root, { ...choice, since }) : [];
    return found.length ? found : lib.find(root, { ...surface, kind: "surface", since });
  };

  // ---- what a form asks back before it saves or sends ------------------------------------------------------------------
  // There is nothing to fill in, one way on, and a way back that was not there before.
  const waysOn = (box, refrain) => buttons(box, refrain).filter((el) => /\p{L}/u.test(lib.actionNames(el).join("")));
  const onlyAsks = (box, refrain) => waysOn(box, refrain).length === 1 && lib.controls(box).every((el) => el.matches("[type=checkbox], [role=checkbox]"));
  const askedBackOf = (box, { refrain }) => {
    const page = pageOf(box), pressed = all(page, "button, input, a, [role=button], label").filter(visible);
    const lines = lib.outermost(leaves(page).filter((el) => visible(el) && !lib.within(document.documentElement, el, FRAMES) && !pressed.some((way) => contains(way, el))));
    const titled = [...lib.byIds(page, "aria-labelledby"), ...all(page, "h1, h2, h3, h4, h5, h6, legend, [role=heading]").filter(visible)];
    const called = page.matches(lib.DIALOGS) ? [page.getAttribute("aria-label") || ""] : [];
    const said = (els) => [...new Set(els.map((el) => squeeze(text(el))))].filter((line) => /\p{L}/u.test(line));
    const titles = [...new Set([...said(titled), ...called.map(squeeze)])].filter(Boolean);
    // A name in bold is a part of its sentence.
    const sentence = (el) => { const around = lib.parentOf(el); return /^inline/.test(getComputedStyle(el).display) && contains(page, around) && !pressed.some((way) => contains(around, way)) ? around : el; };
    const whole = lib.outermost([...titled, ...lines.map(sentence)]);
    return { titles, lines: said(whole).filter((line) => !titles.includes(line)), yes: lib.actionNames(waysOn(box, refrain)[0])[0] || "", addresses: [...new Set(lines.flatMap((el) => lib.addresses(text(el))))] };
  };
  // ---- what a question says besides what it asks -----------------------------------------------------------------------
  // All of the dialog or layer that its answers lie in, or of its page, where others are not in there, too.
  const LISTS = "table, [role=grid], [role=table], [role=treegrid]";
  const placeOf = (box) => {
    const layer = lib.ancestors(box).find((a) => a.matches(lib.DIALOGS) || (a !== document.body && /fixed|absolute/.test(getComputedStyle(a).position)));
    const whole = layer || pageOf(box);
    const others = lib.addresses(text(whole)).length > 1 || (!whole.matches(lib.DIALOGS) && all(whole, LISTS).some(visible));
    return others ? box : whole;
  };
  const WARNS = /(?:^|[-_\s]|[a-z](?=[A-Z]))(?:alert|warning|warn|caution|callout|notice|danger)(?![a-z])/i;
  const isWarning = (el) => el.matches("[role=alert], [role=note]") || (WARNS.test(el.getAttribute("class") || "") && !/alert-?dialog/i.test(el.getAttribute("class")));
  const questionSays = (box) => {
    const place = placeOf(box), pressed = all(place, `${lib.ACTIONS}, label, input, select, textarea, h1, h2, h3, h4, [role=heading]`).filter(visible);
    const boxes = all(place, "*").filter((el) => el !== place && visible(el) && isWarning(el) && !pressed.some((way) => contains(el, way) || contains(way, el)));
    const lines = leaves(place).filter((el) => visible(el) && !lib.within(document.documentElement, el, FRAMES) && !all(place, lib.ACTIONS).some((way) => contains(way, el)));
    const said = (els) => [...new Set(lib.outermost(els).map((el) => squeeze(text(el))))].filter((line) => /\p{L}/u.test(line) && line.length < 500);
    return { lines: said(lines), marked: said(boxes) };
  };
  const asks = ({ titles, lines }) => [...titles, ...lines].some((line) => /\?["”']?$/.test(line)) || /\badmin/i.test(titles.join(" "));
  const findAskedBack = (root, { refrain, since }) => {
    const back = { kind: "action", words: refrain };
    const dialogs = lib.find(root, { kind: "surface", holds: [back], layered: true, isNew: true, since }).filter((el) => el.matches(lib.DIALOGS));
    const cameBack = (el) => lib.find(el, back).some((way) => lib.fresh(way, since));
    const places = dialogs.length ? dialogs : lib.innermost(all(root, "form, main, [role=main]").filter((el) => lib.shown(el) && cameBack(el)));
    return places.filter((box) => onlyAsks(pageOf(box), refrain) && asks(askedBackOf(box, { refrain })));
  };
  Object.assign(lib.KINDS, { blank: blanks, "asked-back": findAskedBack, question: findQuestions, "choice-question": findChoiceQuestions, "headed-question": findHeadedQuestions, "question-option": findAnswers, "question-sender": findSenders });
  return Object.assign(lib, { asksToType, saysWhyNot, choiceOf, choicesLike, headedQuestion, askedBackOf, questionSays });
}
