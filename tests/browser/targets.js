() => {
  const TARGETS = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex]:not([tabindex="-1"])';
  const NAVIGATION = 'nav *, header a, button, .button, summary, [type=submit]';

  // How far one can move from the middle of a target and still hit it, its label or what extends it: up to 44 pixels a side.
  function reach(element, middle, stepX, stepY, most) {
    const hits = (distance) => {
      const hit = document.elementFromPoint(middle.x + stepX * distance, middle.y + stepY * distance);
      return hit && (element.contains(hit) || hit.closest('label')?.control === element);
    };
    let distance = 0;
    while (distance < most && hits(distance + 1)) distance += 1;
    return distance;
  }
  function size(element, wanted) {
    const box = element.getBoundingClientRect();
    if (box.width >= wanted && box.height >= wanted) return box;
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const first = element.getClientRects()[0];
    const middle = { x: first.left + first.width / 2, y: first.top + first.height / 2 };
    const [left, right, up, down] = [[-1, 0], [1, 0], [0, -1], [0, 1]].map((step) => reach(element, middle, ...step, wanted));
    return { width: Math.max(box.width, left + right + 1), height: Math.max(box.height, up + down + 1) };
  }

  const flows = (node) => getComputedStyle(node).display === 'inline' || getComputedStyle(node).display === 'contents';
  function block(node) {
    while (node && flows(node)) node = node.parentElement;
    return node;
  }
  // Within a sentence: words beside it, in the same flow of text, that are no targets themselves.
  function inSentence(element) {
    if (!flows(element)) return false;
    const around = block(element.parentElement);
    const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (/[\p{L}\p{N}]{2}/u.test(walker.currentNode.data) && !parent.closest(TARGETS) && block(parent) === around) return true;
    }
    return false;
  }

  const found = [];
  for (const element of document.querySelectorAll(TARGETS)) {
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || element.matches('main, .skip-link, [aria-hidden=true] *')) continue;
    if (element.scrollHeight > element.clientHeight && element.matches('div, nav')) continue;  // a box that scrolls is no target
    const wanted = element.matches(NAVIGATION) && !element.matches('main .prose *') ? 44 : 24;
    if (inSentence(element)) continue;
    const { width, height } = size(element, wanted);
    if (width < wanted - 0.5 || height < wanted - 0.5)
      found.push(`${element.cloneNode(false).outerHTML.slice(0, 100)}${element.textContent.trim().slice(0, 30)}: ${Math.round(width)} by ${Math.round(height)} pixels, and ${wanted} are wanted`);
  }
  scrollTo(0, 0);
  return found;
}
