// What axe finds, and what it could not decide: for texts, where they are, in which colour, and how much contrast they need.
async ([within, rules]) => {
  // In forced colours Chromium tells the true colour of a text as its `color` only; axe asks for the fill first, which then
  // still has the colour of the style sheet. What lies behind such a text is plain, and nothing is left to a picture.
  const isForced = matchMedia('(forced-colors: active)').matches;
  const forced = isForced ? document.querySelectorAll('body *') : [];
  for (const node of forced) node.style.webkitTextFillColor = getComputedStyle(node).color;
  const { violations, incomplete } = await axe.run(within || document, { ...rules, resultTypes: ['violations', 'incomplete'] });
  for (const node of forced) node.style.removeProperty('-webkit-text-fill-color');

  const lines = (results) => results.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  // What nobody sees now is not judged: text scrolled out of its box, or behind what stands over it, such as an open list.
  const isSeen = (node, box) => {
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    for (let above = node.parentElement; above; above = above.parentElement) {
      const edge = above.getBoundingClientRect(), { overflowX, overflowY } = getComputedStyle(above);
      if (overflowX !== 'visible' && (x < edge.left || x > edge.right)) return false;
      if (overflowY !== 'visible' && above !== document.body && (y < edge.top || y > edge.bottom)) return false;
    }
    const top = document.elementFromPoint(x, y);
    return !top || top.contains(node) || node.contains(top);
  };
  const isContrast = ({ id }) => id === 'color-contrast';
  const texts = isForced ? [] : incomplete.filter(isContrast).flatMap(({ nodes }) => nodes).map(({ html, target }) => {
    const node = document.querySelector(target[0]), range = document.createRange();
    range.selectNodeContents(node);
    const { fill, color, fontSize, fontWeight } = getComputedStyle(node);
    const colour = (node instanceof SVGElement ? fill : color).match(/[\d.]+/g).slice(0, 3).map(Number);
    const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
    const boxes = [...range.getClientRects()].filter((box) => isSeen(node, box)).map((box) => [box.left + scrollX, box.top + scrollY, box.width, box.height]);
    return { html: html.slice(0, 120), colour, wanted: isLarge ? 3 : 4.5, boxes };
  });
  return { found: lines(violations), undecided: lines(incomplete.filter((result) => !isContrast(result))), texts };
}
