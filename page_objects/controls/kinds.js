// Finds what a person would find: by the word she reads, whatever element carries it. Here is the table KINDS of what
// can be looked for, which each file after this one fills with its own, and how the best of several is told.
// A function of the object that names.js evaluates to; adds to it. What the files after this one add is found in it,
// too. engine.py wraps what they all give as a selector engine and for single evaluations.
(lib) => {
  const { rank } = lib;

  const best = (ranked) => {
    const least = Math.min(...ranked.map(([r]) => r));
    return least === Infinity ? [] : ranked.filter(([r]) => r === least).map(([, el]) => el);
  };
  // The words, and each with how many there are: "Groups 2".
  const counted = (list) => list.flatMap((w) => [w, `${w} #`]);
  // By one of the words; where none of them is there, by a sentence that is like them.
  const worded = (els, names, words, like) => {
    const found = best(els.map((el) => [rank(names(el), words), el]));
    return found.length || !like ? found : els.filter((el) => names(el).some((n) => new RegExp(like, "i").test(n)));
  };

  const KINDS = {};
  const find = (root, query) => {
    if (!KINDS[query.kind]) throw new Error(`unknown kind ${query.kind}`);
    return KINDS[query.kind](root, query);
  };

  const count = (root, query) => find(root, query).length;
  const counts = (root, { queries }) => queries.map((query) => count(root, query));

  return Object.assign(lib, { best, counted, worded, KINDS, find, count, counts });
}
