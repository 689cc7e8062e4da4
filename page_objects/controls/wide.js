// Tables wider than their view that draw only the columns in it: read and reached by scrolling sideways.
// A function of the object that the files before it make; adds to it.
(lib) => {
  const { ancestors, contains, drawn } = lib;

  // The box that scrolls a table sideways, where columns are missing from what is drawn; null for any other table.
  const wideBox = (root, columns) => {
    const found = lib.tables(root, columns);
    if (found.length !== 1 || !found[0].rows.length) return null;
    const [{ host, headers, rows }] = found;
    const around = ancestors(rows[0].el), inHost = around.slice(0, Math.max(around.indexOf(host), 0)).reverse();
    const box = [...inHost, ...ancestors(host)].find(
      (el) => /auto|scroll/.test(getComputedStyle(el).overflowX) && el.scrollWidth > el.clientWidth + 4 && contains(el, rows[0].el),
    );
    if (!box || box === document.scrollingElement) return null;
    const covered = headers.reduce((sum, h) => sum + h.el.getBoundingClientRect().width, 0);
    return covered < box.scrollWidth - 16 ? box : null;
  };
  const headersDrawn = (root, columns) => lib.look(() => lib.tables(root, columns).flatMap((t) => t.headers.map((h) => h.name)).join("|"))(root);
  const scrollTo = async (root, columns, box, left) => {
    const [at, before] = [box.scrollLeft, headersDrawn(root, columns)];
    box.scrollLeft = left;
    box.dispatchEvent(new Event("scroll", { bubbles: true }));
    await drawn();
    for (let frames = 0; frames < 4 && box.scrollLeft !== at && headersDrawn(root, columns) === before; frames += 1) await drawn();
  };
  const isWide = (root, { columns }) => !!wideBox(root, columns);

  // Everything the rows now in view hold, put together from left to right; the table is left as it stood at first: at its left.
  const readWholeTable = async (root, argument) => {
    const { columns } = argument;
    const box = wideBox(root, columns);
    if (!box) return lib.lookAtTable(root, argument);
    await scrollTo(root, columns, box, 0);
    const look = () => lib.look(() => lib.lookAtTable(root, argument))(root);
    const whole = look();
    const byPlace = new Map(whole.rows.map((row) => [row.place, row]));
    const names = new Set(whole.headers.map((h) => h.name));
    while (box.scrollLeft + box.clientWidth < box.scrollWidth - 2) {
      const at = box.scrollLeft;
      await scrollTo(root, columns, box, at + Math.max(box.clientWidth * 0.6, 60));
      if (box.scrollLeft === at) break;
      const part = look();
      for (const header of part.headers) if (!names.has(header.name)) { names.add(header.name); whole.headers.push(header); }
      for (const row of part.rows) {
        const known = byPlace.get(row.place);
        if (!known) continue;
        known.email ??= row.email;
        known.cells = { ...row.cells, ...known.cells };
        known.pieces.push(...row.pieces.filter((piece) => !known.pieces.includes(piece)));
        known.marks.push(...row.marks.filter((mark) => !known.marks.includes(mark)));
      }
    }
    await scrollTo(root, columns, box, 0);
    return whole;
  };
  // Brings the right-hand end of the rows into view, where the actions are; what was noted of whose rows they are stays.
  const showRowEnds = async (root, { columns }) => {
    const box = wideBox(root, columns);
    if (!box) return false;
    lib.readTable(root, { columns });
    await scrollTo(root, columns, box, box.scrollWidth);
    return true;
  };

  return Object.assign(lib, { isWide, readWholeTable, showRowEnds });
}
