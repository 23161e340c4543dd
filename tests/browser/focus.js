// What is wrong with each stop of the Tab key within an element, such as `body`, from its beginning. `keyboard.look()` judges
// the element that has the focus now.
(within) => {
  const STOPS = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], [contenteditable=true], [tabindex]';
  const INDICATORS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderColor', 'borderWidth', 'backgroundColor'];
  const reached = new Set(), groups = new Set();
  let last = null;

  const name = (element) => element.cloneNode(false).outerHTML.slice(0, 110) + (element.textContent.trim().slice(0, 40) || '');
  const lineage = (element) => {  // itself and what may show its focus for it
    const found = [];
    for (let node = element; node && node !== document.body && found.length < 4; node = node.parentElement) found.push(node);
    return found;
  };
  document.activeElement.blur();  // from an earlier walk
  const style = (element) => INDICATORS.map((property) => getComputedStyle(element)[property]).join('|');
  const before = new Map();
  for (const stop of document.querySelectorAll(STOPS))
    for (const node of lineage(stop)) before.set(node, style(node));

  function channels(colour) {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  }
  function luminance({ red, green, blue }) {  // as WCAG 2.2 defines it
    const [r, g, b] = [red, green, blue].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
  function ground(element) {
    for (let node = element; node; node = node.parentElement) {
      const colour = channels(getComputedStyle(node).backgroundColor);
      if (colour.alpha > 0.5) return colour;
    }
    return channels('rgb(255, 255, 255)');
  }

  function unmarked(element) {
    const changed = lineage(element).filter((node) => before.has(node) && before.get(node) !== style(node));
    if (!changed.length) return ['nothing shows that it has the focus'];
    const outlined = changed.find((node) => getComputedStyle(node).outlineStyle !== 'none');
    if (!outlined) return [];  // by a shadow or a colour: the pictures decide
    const { outlineColor, outlineWidth } = getComputedStyle(outlined);
    const colour = channels(outlineColor);
    if (parseFloat(outlineWidth) < 2) return [`its outline is only ${outlineWidth} wide`];
    const ratio = colour.alpha < 0.5 ? 1 : contrast(colour, ground(outlined.parentElement));
    return ratio < 3 ? [`its outline has a contrast of ${ratio.toFixed(1)} only`] : [];
  }

  function unseen(element) {
    const box = element.getBoundingClientRect();
    const faults = [];
    if (box.width < 3 || box.height < 3) faults.push('its box is too small to be seen');
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) faults.push('it is invisible');
    const fits = box.height <= innerHeight && box.width <= innerWidth;
    if (fits && element.localName !== 'textarea' && (box.top < -1 || box.left < -1 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1)) faults.push('it is not wholly in the window');
    if (box.bottom < 24 || box.top > innerHeight - 24) faults.push('it is not in the window');  // of a text, the line that is written
    return faults;
  }

  function covered(element) {
    const box = element.getClientRects()[0];
    if (!box) return [];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [x, y] = [Math.min(3, (right - left) / 4), Math.min(3, (bottom - top) / 4)];
    const points = [[(left + right) / 2, (top + bottom) / 2], [left + x, top + y], [right - x, top + y], [left + x, bottom - y], [right - x, bottom - y]];
    for (const point of points) {
      const hit = document.elementFromPoint(...point);
      if (hit && !element.contains(hit) && !hit.contains(element) && hit.closest('label')?.control !== element) return [`it is covered by ${name(hit)}`];
    }
    return [];
  }

  // Both boxes are measured now, so that scrolling moves them alike. To the right, a column may begin higher up.
  function misplaced(element) {
    const one = last && [...last.getClientRects()].pop(), other = element.getClientRects()[0];
    if (!one || !other || last.contains(element)) return [];
    const onOneLine = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.min(one.height, other.height) / 2;
    const before = onOneLine ? other.right <= one.left + 2 : other.bottom <= one.top + 2 && other.left < one.right - 2;
    return before ? [`it stands before ${name(last)}, which came first`] : [];
  }

  // What is painted of an element within all that clips it.
  function painted(element) {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let node = element.parentElement; node; node = node.parentElement) {
      if (getComputedStyle(node).overflow === 'visible') continue;
      const clip = node.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, clip.left), Math.max(top, clip.top), Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
    }
    return right - left > 2 && bottom - top > 2 && right > 0 && bottom + scrollY > 0;
  }

  // The next Tab goes on from where the focus was last, even though that element is gone.
  const start = Object.assign(document.createElement('span'), { tabIndex: -1 });
  document.querySelector(within).prepend(start);
  start.focus({ preventScroll: true });
  start.remove();
  scrollTo({ top: 0, behavior: 'instant' });

  const kin = (node) => (node ? `${node.localName}.${node.className}` : '');
  window.keyboard = {
    look() {
      const element = document.activeElement;
      if (!element || element === document.body || reached.has(element) || !element.closest(within)) return null;
      reached.add(element);
      if (element.type === 'radio') groups.add(element.name);
      const faults = [...unseen(element), ...covered(element), ...misplaced(element), ...unmarked(element)];
      last = element;
      const changed = lineage(element).filter((node) => before.get(node) !== style(node));
      const shown = changed.find((node) => getComputedStyle(node).outlineStyle !== 'none') ?? changed[0] ?? element;
      const { x, y, width, height } = shown.getBoundingClientRect();
      const kind = [kin(element), kin(element.parentElement), element.closest('header, nav, main, footer')?.className].join(' in ');
      return { name: name(element), kind, faults, box: { x, y, width, height } };
    },
    leftOut() {
      const stops = [...document.querySelector(within).querySelectorAll(STOPS)];
      const early = stops.filter((element) => element.tabIndex > 0);
      const unreached = stops
        .filter((element) => !reached.has(element) && !element.disabled && !groups.has(element.name) && element.matches(':not(main, [aria-hidden=true] *)'))
        .filter((element) => element.tabIndex >= 0 || element.matches('a, button, input, select, textarea, summary'))
        .filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && painted(element));
      return [
        ...early.map((element) => `${name(element)}: a positive tabindex takes it out of the order of the document`),
        ...unreached.map((element) => `${name(element)}: the Tab key does not lead to it`),
      ];
    },
  };
}
