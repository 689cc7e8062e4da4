// Reads a screen about seats: tables of how many there are of which kind, and terms with their values.
// A function of the object that the files before it make; sent along only where it is asked for.
(lib) => {
  const { squeeze, text, visible, all, first, elementKids } = lib;
  const CELLS = "td, th, [role=cell], [role=gridcell], [role=rowheader], [role=columnheader]";
  const said = (row) => all(row, CELLS).map((cell) => squeeze(text(cell)));
  // What a table is about: its caption, else the heading before it.
  const titleOf = (table) => {
    const named = squeeze([table.getAttribute("aria-label"), ...all(table, "caption").map((el) => text(el))].filter(Boolean).join(" "));
    const before = all(document, "h1, h2, h3, h4, h5, h6, [role=heading]").filter((el) => visible(el) && el.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
    return named || (before.length ? squeeze(text(before[before.length - 1])) : "");
  };
  // A card that says a number and what it counts, and nothing else: "Used" above "48".
  const NUMBER = /^\d{1,3}(?:[,. \u00a0]\d{3})+$|^\d+$/;
  const cards = (root) =>
    all(root, "*").filter((el) => elementKids(el).length === 2 && !el.matches("dl, tr, table *") && visible(el)).flatMap((el) => {
      const [one, other] = elementKids(el).map((kid) => squeeze(text(kid)));
      if (squeeze(text(el)).length > 60 || NUMBER.test(one) === NUMBER.test(other) || !/\p{L}/u.test(`${one}${other}`)) return [];
      return [NUMBER.test(one) ? [other, one] : [one, other]];
    });
  const heading = (root) => all(root, "h1, h2, [role=heading]").filter(visible).map((el) => squeeze(text(el)))[0] || "";
  const seatTables = (root) => ({
    title: heading(root),
    tables: all(root, "table, [role=grid], [role=table]").filter((table) => visible(table) && !first(table, "table")).map((table) => ({
      title: titleOf(table),
      rows: all(table, "tr, [role=row]").filter(visible).map(said).filter((row) => row.length > 1),
    })),
    terms: all(root, "dt").filter((dt) => visible(dt) && dt.nextElementSibling?.matches("dd")).map((dt) => [squeeze(text(dt)), squeeze(text(dt.nextElementSibling))]).concat(cards(root)),
  });
  return { ...lib, seatTables };
}
