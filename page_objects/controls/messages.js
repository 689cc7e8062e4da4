// What a screen says of itself: that it is busy, its messages, and whether it asks to sign in.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { all, first, closest, squeeze, text, visible, innermost } = lib;

  // A document whose answer is complete may still be read in by the browser: it holds the first of its rows until then.
  // A bar with a value measures something, such as seats, however busy it calls itself.
  const busy = (root) =>
    document.readyState === "loading" ||
    all(root, "[aria-busy=true]:not([role=progressbar][aria-valuenow]), [role=progressbar]:not([aria-valuenow]), [class*=skeleton i], [class*=spinner i], [class*=loadingoverlay i], [class*=loading-overlay i]").some(visible);
  // A drawer that says so in words, where nothing else does. Of a whole page it says nothing: a part of it may never come.
  const LOADING = /^(?:(?:loading|fetching)(?: (?!more\b)[\p{L} ]{1,30})?(?:…|\.{3})|loading|please wait(?:…|\.{3})?)$/iu;
  const saysLoading = (root) => lib.leaves(root).some((el) => LOADING.test(squeeze(text(el))) && visible(el));
  const LOOKS_LIKE_ERROR = "[class*=error i], [class*=invalid i], [class*=danger i], [class*=help i], [class*=feedback i]";
  const reds = new Map();
  const isRed = (color) => {
    if (!reds.has(color)) {
      const dot = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
      dot.fillStyle = color;
      dot.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = dot.getImageData(0, 0, 1, 1).data;
      reds.set(color, a > 100 && r > 130 && r > 1.7 * g && r > 1.7 * b);
    }
    return reds.get(color);
  };
  // Many consoles mark an objection by nothing but its colour: red words that are no button, badge or heading.
  const SPEAKS_OTHERWISE = `${lib.ACTIONS}, label, legend, h1, h2, h3, h4, h5, h6, table, [role=grid], [role=option], [role=menu], [class*=badge i], [class*=chip i], [class*=tag i]`;
  const redSentences = (root) =>
    lib.leaves(root).filter((el) => /\p{L}\S*\s+\S*\p{L}/u.test(text(el)) && !closest(el, SPEAKS_OTHERWISE) && isRed(getComputedStyle(el).color) && !lib.clickable(el));
  // What a message says without what takes it away: a cross before it, or "Dismiss" behind.
  const DISMISSES = /^(?:[×✕✖x]|dismiss|close|ok|got it)$/i;
  const saidBy = (el) => {
    let said = squeeze(text(el));
    for (const word of all(el, "button, [role=button], a").map((way) => squeeze(text(way))).filter((way) => DISMISSES.test(way)))
      said = said.startsWith(`${word} `) ? said.slice(word.length + 1) : said.endsWith(` ${word}`) ? said.slice(0, -word.length - 1) : said;
    return said;
  };
  // The console's own words to the person, and not the number in a badge: alerts, toasts and what is said beside a field.
  const speakers = (root, seen = visible) => {
    const beside = all(root, "[aria-invalid=true]").flatMap((el) => [...lib.byIds(el, "aria-errormessage"), ...lib.byIds(el, "aria-describedby")]);
    const loud = all(root, `${lib.REPORTS}, ${LOOKS_LIKE_ERROR}`).filter((el) => !el.matches("input, select, textarea, button, form, body, html"));
    const short = [...beside, ...loud, ...redSentences(root)].filter((el) => seen(el) && /\p{L}/u.test(text(el)) && !first(el, "input, select, textarea, table, time") && !closest(el, "time"));
    return innermost([...new Set(short)]);
  };
  const saidByAll = (elements) => [...new Set(elements.map(saidBy).filter((s) => s.length < 400))];
  const messages = (root) => saidByAll(speakers(root));
  // Those of them that the console calls alerts.
  const alerts = (root) => saidByAll(speakers(root).filter((el) => closest(el, "[role=alert]")));
  const messagesAround = (root) => [...new Set([...messages(document.body), ...messages(root)])];
  // Just before what a surface holds is clicked: what is said now, and the surface itself, by a number that is its own.
  // `slot`: the memory of what is seen, where something may be asked back.
  const SURFACES = Symbol.for("page-objects.surfaces");
  const noteSurface = (root, { number, slot }) => {
    if (slot) lib.remember(root, slot);
    (window[SURFACES] ??= new Map()).set(number, new WeakRef(root));
    return [...new Set([...messagesAround(root), ...saidNow(document.body)])];
  };
  const surfaceIsSeen = (root, number) => {
    const el = window[SURFACES]?.get(number)?.deref();
    if (!el?.isConnected) return false;
    const box = el.getBoundingClientRect();
    return (el.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0) || lib.drawnThrough(el);
  };
  // What is drawn, although it is kept from screen readers while a menu or dialog is open: it is nothing new afterwards.
  const isDrawn = (el) => {
    const box = el.getBoundingClientRect();
    return el.isConnected && el.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };
  const saidNow = (root) => saidByAll(speakers(root, isDrawn));
  // Just before a click: what is seen and said now is no answer to it.
  const noteBefore = (root, slot) => {
    lib.remember(root, slot);
    return [...new Set([...messages(root), ...saidNow(root)])];
  };

  // Whether a form to sign in is here, by its words.
  const asksToSignIn = (root, words) => !!words && lib.count(root, { kind: "sign-in", ...words }) > 0;

  return Object.assign(lib, { busy, saysLoading, messages, alerts, noteSurface, surfaceIsSeen, noteBefore, asksToSignIn });
}
