// What a page says in words of its own; and for messages, what there is in place of what was looked for.
// A function of the object that the files before it make; adds to it the kinds text and stated.
(lib) => {
  const { kids, elementKids, all, squeeze, text, visible, actionNames, rank, textElements } = lib;
  const { leaves, controls, labelNames, ACTIONS } = lib;

  const findNamed = (root, { words }) => textElements(root, words).filter(visible);
  // What a page states, in a sentence of its own: beside others, beside a link, with what was searched for at its end.
  const WHAT_FOR = /\s+(?:(?:for|matching|with|like)\s+)?(?:["“„‘'«].*["”“’'»]|\S+@\S+)$/;
  const findStated = (root, { words, like }) => {
    const isLike = like && new RegExp(like, "i");
    const own = (el) => kids(el).filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data).join(" ");
    const sentences = (said) => squeeze(said).split(/(?<=[.!])\s+/).map((s) => s.replace(/[.!]+$/, ""));
    const states = (said) => sentences(said).some((s) => rank([s, s.replace(WHAT_FOR, "")], words) < Infinity || (isLike && isLike.test(s)));
    const aside = (el) => elementKids(el).every((kid) => kid.matches(ACTIONS) || !squeeze(text(kid)));
    return leaves(root).filter((el) => visible(el) && squeeze(text(el)).length < 200 && (states(text(el)) || (aside(el) && states(own(el)))));
  };

  // ---- for messages: what is there instead --------------------------------------------------------------------
  const inventory = (root, kind) => {
    const short = (s) => (s.length > 40 ? `${s.slice(0, 40)}…` : s);
    const els = kind === "field" || kind === "search" ? controls(root) : all(root, ACTIONS).filter(visible);
    const names = els.map((el) => (kind === "field" || kind === "search" ? [...labelNames(el), squeeze(el.getAttribute("placeholder"))] : actionNames(el)).find(Boolean) || `<${el.tagName.toLowerCase()} without a name>`);
    return [...new Set(names.map(short))].slice(0, 24);
  };

  Object.assign(lib.KINDS, { text: findNamed, stated: findStated });
  return Object.assign(lib, { inventory });
}
