// What a page puts off while something is typed: many ask the server only when nothing was typed for a while, and ask
// once more although Enter has asked already. A function of what the files before it make; adds to it.
(lib) => {
  const KEPT = Symbol.for("page-objects.timers");
  // One that is put off for longer answers to no key, and one that is overdue was called off in a way not seen here.
  const [LONGEST, OVERDUE] = [2000, 1000];
  const SETTERS = ["setTimeout", "setInterval"], CLEARERS = ["clearTimeout", "clearInterval"];
  // Notes what is put off from now on, until `endTimers`.
  const noteTimers = () => {
    letTimers();
    const kept = { noting: LONGEST, pending: new Map(), stop: null };
    const own = Object.fromEntries([...SETTERS, ...CLEARERS].map((name) => [name, window[name]]));
    const put = {};
    for (const name of SETTERS)
      put[name] = function (handler, delay, ...given) {
        const wait = Number(delay) || 0;
        if (typeof handler !== "function" || !(wait < kept.noting)) return own[name].call(window, handler, delay, ...given);
        const id = own[name].call(window, function (...args) {
          const noted = kept.pending.has(id), before = kept.noting;
          // What was put off may be put off again, for the rest of its time.
          if (noted) kept.noting = Math.max(before, wait);
          try { return handler.apply(this, args); }
          finally { kept.noting = before; kept.pending.delete(id); }
        }, delay, ...given);
        kept.pending.set(id, performance.now() + wait);
        return id;
      };
    for (const name of CLEARERS)
      put[name] = (id) => {
        kept.pending.delete(id);
        return own[name].call(window, id);
      };
    Object.assign(window, put);
    // What the page has put in their place meanwhile stays.
    kept.stop = () => Object.keys(put).forEach((name) => { if (window[name] === put[name]) window[name] = own[name]; });
    window[KEPT] = kept;
  };
  const endTimers = () => { if (window[KEPT]) window[KEPT].noting = 0; };
  // Whether any of what was noted is still to come.
  const putOff = () => [...(window[KEPT]?.pending.values() ?? [])].some((due) => performance.now() < due + OVERDUE);
  const letTimers = () => {
    window[KEPT]?.stop();
    delete window[KEPT];
  };
  return Object.assign(lib, { noteTimers, endTimers, putOff, letTimers });
}
