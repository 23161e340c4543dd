// Which texts are cut off, run out of the page, or run into each other.
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pieces = [], found = [];
  const short = (text) => `“${text.trim().slice(0, 40)}”`;
  const flows = (node) => ['inline', 'contents'].includes(getComputedStyle(node).display);
  function block(node) {
    while (node && flows(node)) node = node.parentElement;
    return node;
  }
  const hiddenOnPurpose = (node) => {
    for (; node; node = node.parentElement) {
      const { clipPath, overflow } = getComputedStyle(node);
      if (clipPath === 'inset(50%)' && overflow !== 'visible') return true;
    }
    return false;
  };

  // The part of a box that its ancestors let be seen; what scrolls lets everything be seen in its direction.
  function clips(node) {
    const limits = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
    let scrollsAcross = false;
    for (; node && node !== document.documentElement; node = node.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      if (/hidden|clip/.test(overflowX) && !scrollsAcross) [limits.left, limits.right] = [Math.max(limits.left, box.left), Math.min(limits.right, box.right)];
      if (/hidden|clip/.test(overflowY)) [limits.top, limits.bottom] = [Math.max(limits.top, box.top), Math.min(limits.bottom, box.bottom)];
      if (/auto|scroll/.test(overflowX) && node.scrollWidth > node.clientWidth) scrollsAcross = true;
      if (position === 'fixed') break;
    }
    if (!scrollsAcross) [limits.left, limits.right] = [Math.max(limits.left, 0), Math.min(limits.right, document.documentElement.clientWidth)];
    return limits;
  }

  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!text.data.trim() || parent.closest('script, style, noscript, .skip-link, svg')) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || hiddenOnPurpose(parent)) continue;
    const range = document.createRange(), layer = parent.closest(':popover-open, dialog[open]');
    range.selectNodeContents(text);
    const limits = clips(parent), around = block(parent);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const cut = Math.max(limits.left - box.left, box.right - limits.right, limits.top - box.top, box.bottom - limits.bottom);
      if (cut > 3) found.push(`${short(text.data)} is cut off by ${Math.round(cut)} pixels`);
      pieces.push({ left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY, text: text.data, around, layer });
    }
  }

  pieces.sort((one, other) => one.top - other.top);
  pieces.forEach((one, index) => {
    for (let next = index + 1; next < pieces.length && pieces[next].top < one.bottom - 5; next += 1) {
      const other = pieces[next];
      const [width, height] = [Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - other.top];
      if (one.layer === other.layer && one.around !== other.around && width > 3 && height > 5) found.push(`${short(one.text)} and ${short(other.text)} run into each other`);
    }
  });
  return [...new Set(found)];
}
