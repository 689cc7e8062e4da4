// What a page asks of somebody who is not signed in, as a person sees it: wraps the library of the files before it.
(lib) => {
  const { all, parentOf, closest, contains, visible, controls, squeeze, text, rank, labelNames, outermost, isIcon } = lib;
  const TYPED = "input:not([type=checkbox], [type=radio], [type=hidden], [type=file], [type=submit], [type=button])";
  // Some pages keep fields for other steps far outside of what is seen.
  const onPage = (el) => {
    const box = el.getBoundingClientRect();
    return visible(el) && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };
  const typed = (root) => all(root, TYPED).filter((el) => onPage(el) && !el.disabled);
  const says = (el, token) => (el.getAttribute("autocomplete") || "").toLowerCase().split(/\s+/).includes(token);

  // Four to eight narrow fields side by side, one digit each: what they are called differs from library to library.
  const boxRow = (root) => {
    const narrow = typed(root).filter((el) => el.matches("[type=text], [type=tel], [type=number], [type=password], :not([type])") && el.getBoundingClientRect().width <= 100);
    const rows = new Map();
    for (const el of narrow) {
      const y = Math.round(el.getBoundingClientRect().top / 4);
      const key = [y - 1, y, y + 1].find((k) => rows.has(k)) ?? y;
      rows.set(key, [...(rows.get(key) || []), el]);
    }
    const found = [...rows.values()].filter((row) => row.length >= 4 && row.length <= 8);
    return found.length === 1 ? found[0] : [];
  };
  const names = (el) => [...labelNames(el), el.getAttribute("placeholder"), el.getAttribute("title")].map(squeeze).filter(Boolean);
  const codeFields = (root, { codes }) => {
    const row = boxRow(root);
    if (row.length) return row;
    const said = typed(root).filter((el) => says(el, "one-time-code"));
    if (said.length) return said;
    const labelled = lib.find(root, { kind: "field", words: codes }).filter((el) => el.matches(TYPED) && onPage(el) && !el.readOnly);
    if (labelled.length) return labelled;
    // A label that goes on after the word: "Verification code from your app".
    return typed(root).filter((el) => !el.readOnly && names(el).some((n) => codes.some((w) => w.length > 6 && lib.fold(n).startsWith(`${lib.fold(w)} `))));
  };
  const passwordFields = (root, query) => {
    const hidden = all(root, "input[type=password]").filter(onPage);
    const codes = new Set(hidden.length ? codeFields(root, query) : []);
    return hidden.filter((el) => !codes.has(el));
  };
  const emailFields = (root, { emails }) => {
    const own = (el) => el.matches("input, [role=textbox]") && !el.matches("[type=password], [type=checkbox], [type=radio]") && onPage(el) && !el.readOnly && !el.disabled;
    const named = lib.find(root, { kind: "field", words: emails }).filter(own);
    return named.length ? named : typed(root).filter((el) => own(el) && (el.matches("[type=email]") || says(el, "username") || says(el, "email")));
  };
  const singleSignOn = (root, { sso }) => lib.find(root, { kind: "action", words: sso });
  const heads = (root) => [document.title, ...all(root, "h1, h2, h3, [role=heading], legend").filter(visible).map((el) => squeeze(text(el)))];
  const speaksOfSigningIn = (root) => heads(root).some((h) => /\b(log|sign)[\s-]?(in|on)\b|\bwelcome back\b/i.test(h));
  const inside = (root) => all(root, "table, [role=grid], nav, [role=navigation]").some(visible);
  const elsewhere = (base) => !!base && /^https?:$/.test(location.protocol) && location.origin !== base;

  // A dialog over the screen that says that the session is over, and leads to signing in again: what it leads by. What
  // is to be filled in below it belongs to the screen.
  const ENDED = /\bsession\b[^.!?]{0,40}\b(expired|ended|timed out|is over)\b|\b(signed|logged)[ -]out\b/i;
  const findEnded = (root) =>
    all(root, lib.DIALOGS).filter((el) => lib.shown(el) && ENDED.test(squeeze(text(el)))).flatMap((el) => all(el, lib.ACTIONS)).filter((el) => visible(el) && lib.actionNames(el).some((name) => /^(sign|log)[ -]?(back )?in( again)?$/i.test(name)));

  const findWayBack = (root) => findEnded(root).filter((el) => !typed(closest(el, lib.DIALOGS)).length);

  // Whether the console is asking who is there, where it was expected to show a screen: gives what it asks with.
  const findSignIn = (root, query) => {
    const passwords = passwordFields(root, query);
    if (passwords.length) return passwords.slice(0, 1);
    const ended = findEnded(root);
    if (ended.length) return ended.slice(0, 1);
    if (all(root, "table, [role=grid], [role=dialog]").some(visible)) return [];
    if (elsewhere(query.base)) return inside(root) ? [] : [document.body];
    const codes = codeFields(root, query);
    if (codes.length && (!inside(root) || codes.length > 3 || codes.some((el) => says(el, "one-time-code")))) return codes.slice(0, 1);
    if (inside(root) && !speaksOfSigningIn(root)) return [];
    const fields = controls(root).filter((el) => el.matches("input, [role=textbox]") && !el.matches("[type=checkbox], [type=radio], [role=checkbox], [role=radio], [role=switch]"));
    const emails = emailFields(root, query);
    if (fields.length === 1 && emails.includes(fields[0]) && lib.find(root, { kind: "action", words: query.actions }).length) return fields;
    return fields.length ? [] : singleSignOn(root, query).slice(0, 1);
  };

  // "Stay signed in?" and the like: a page without anything to type, with the question and exactly one way to say no.
  const findDeclining = (root, { stay, decline }) => {
    if (typed(root).length) return [];
    const asked = heads(root).some((h) => rank([h], stay) < Infinity) || lib.textElements(root, stay).some(visible);
    return asked ? lib.find(root, { kind: "action", words: decline }) : [];
  };

  // The button that goes with a field: the one in the smallest box around both.
  const findSubmit = (root, { words, field, ...query }) => {
    const asked = FIELDS[field](root, query);
    const found = lib.find(root, { kind: "action", words }).filter((el) => !lib.disabled(el) || el.matches("button, input"));
    for (let a = asked[asked.length - 1]; a; a = parentOf(a)) {
      const near = found.filter((el) => contains(a, el));
      if (!near.length) continue;
      const submits = near.filter((el) => el.matches("button:not([type=button]), input[type=submit]"));
      return near.length > 1 && submits.length ? submits : near;
    }
    return found;
  };
  const FIELDS = { email: emailFields, password: passwordFields, code: codeFields };
  const findSignInField = (root, { field, ...query }) => FIELDS[field](root, query);

  // A code that was sent somewhere cannot be made from a secret.
  const SENT = /\b(text message|sms|texted)\b|\b(sent|emailed)\b[^.]{0,60}(e-?mail|inbox|phone|mobile|@|\*\*|••)/i;
  const MADE = /authenticat(or|ion) app|authenticator/i;

  // Everything that decides the next step, in one look: the page may be another one by the next.
  const signInLook = (root, query) => {
    const asked = findSignIn(root, query).length > 0;
    const back = findWayBack(root).length;
    const emails = back ? [] : emailFields(root, query), codes = back ? [] : codeFields(root, query);
    const whole = squeeze(text(root));
    return {
      origin: location.origin,
      document: performance.timeOrigin,
      ready: document.readyState === "complete",
      busy: lib.busy(root),
      asked,
      email: emails.length,
      email_holds: emails.length === 1 ? squeeze(emails[0].value) : "",
      password: back ? 0 : passwordFields(root, query).length,
      code: codes.length,
      code_sent: SENT.test(whole) && !MADE.test(whole),
      sso: back ? 0 : singleSignOn(root, query).length,
      back,
      decline: findDeclining(root, query).length,
      inside: inside(root),
      heads: heads(root).filter(Boolean).slice(0, 3),
      frames: [...new Set(all(root, "iframe, frame").filter(visible).map((el) => { try { return new URL(el.src, location.href).origin; } catch { return ""; } }).filter((o) => /^http/.test(o) && o !== location.origin))],
    };
  };

  Object.assign(lib.KINDS, { "sign-in": findSignIn, submit: findSubmit, "sign-in-field": findSignInField, declining: findDeclining, "way-back": findWayBack });
  return Object.assign(lib, { signInLook });
}
