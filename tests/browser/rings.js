// What cuts off the ring round the element that has the focus, as a list of sentences; null where nothing has it.
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  let ringed = element;
  while (ringed !== document.body && getComputedStyle(ringed).outlineStyle === 'none') ringed = ringed.parentElement;
  const { outlineWidth, outlineOffset } = getComputedStyle(ringed);
  const width = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const name = element.cloneNode(false).outerHTML.slice(0, 80) + element.textContent.trim().slice(0, 40);
  const found = [];
  for (const box of ringed.getClientRects()) {
    const [left, top, right, bottom] = [box.left - width, box.top - width, box.right + width, box.bottom + width];
    if (left < 0 || right > document.documentElement.clientWidth) found.push(`${name}: cut off by the window`);
    for (let node = ringed.parentElement; node && node !== document.documentElement; node = node.parentElement) {
      if (getComputedStyle(node).overflowX === 'visible') continue;
      const clip = node.getBoundingClientRect();
      const [x, y] = [clip.left + node.clientLeft, clip.top + node.clientTop];
      const cut = Math.max(x - left, y - top, right - x - node.clientWidth, bottom - y - node.clientHeight);
      if (cut > 0.5) found.push(`${name}: ${Math.round(cut)} pixels cut off by ${node.localName}.${node.className}`);
    }
  }
  return found;
}
