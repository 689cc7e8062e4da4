// Whose something is that stands for a person among others: an option, a box to tick, an item of a list.
// A function of the object that the files before it make; adds to it.
// Somebody's name may hold another's address: "Mailbox of ann@x.example". Hers is the piece that is nothing but one.
(lib) => {
  const { parentOf, closest, squeeze, clickable } = lib;

  const ONE = String.raw`[^\s<>()[\]",;:|]+@[^\s<>()[\]",;:|]+`;
  const WHOLE = new RegExp(`^${ONE}$`, "u"), ANY = new RegExp(ONE, "gu");
  // "Ann Lee <ann@x.example>", "Ann Lee (ann@x.example)", "Ann Lee – ann@x.example": in one text.
  const NAMED = new RegExp(`(?:^|[^@]\\s*)(?:<${ONE}>|\\(${ONE}\\)|\\[${ONE}\\])$|^[^@]+(?:,|\\s[–—-])\\s${ONE}$`, "u");
  const isWhole = (said) => WHOLE.test(squeeze(said));
  const different = (said) => [...new Map(said.map((one) => [lib.addressKey(one), one])).values()];
  // The one address by which pieces of text identify somebody; null where none does, or two could.
  const addressAmong = (pieces) => {
    const said = pieces.map((piece) => squeeze(piece || "")).filter(Boolean);
    const whole = different(said.flatMap((piece) => piece.split(/\s*[·•|]\s*/)).filter(isWhole));
    if (whole.length) return whole.length === 1 ? whole[0] : null;
    const every = different(said.flatMap((piece) => piece.match(ANY) || []));
    return every.length === 1 && said.some((piece) => NAMED.test(piece)) ? every[0] : null;
  };
  const whose = (el) => addressAmong([...lib.parts(el), el.getAttribute("aria-label"), el.getAttribute("title")]);
  // What a leaf is a part of that is clicked as one, or is one item: the address may be one piece of it, a name another.
  const itemAround = (leaf) => {
    const item = closest(leaf, "li, [role=listitem], tr, [role=row]");
    if (item) return item;
    let clicked = leaf;
    for (let a = leaf; a && a !== document.body && clickable(a); a = parentOf(a)) clicked = a;
    return clicked;
  };
  const whoseLeaf = (leaf) => (isWhole(lib.text(leaf)) || whose(leaf) ? whose(itemAround(leaf)) : null);

  return Object.assign(lib, { isWhole, addressAmong, whose, whoseLeaf });
}
