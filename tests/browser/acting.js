// What happens by focus or choice alone, which nobody asked for: windows, other pages, forms sent, a focus that runs away.
() => {
  const found = new Set();
  const short = (node) => node.cloneNode(false).outerHTML.slice(0, 100);
  let acting = null;
  const note = (what) => acting && found.add(`${what}: ${short(acting)}`);
  const open = window.open;
  window.open = () => note('opens a window');
  const leaving = (event) => { note('leads to another page'); event.preventDefault(); };
  const sending = (event) => { note('sends the form'); event.preventDefault(); };
  navigation.addEventListener('navigate', leaving);
  addEventListener('submit', sending, true);
  const before = scrollY;

  for (const node of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')) {
    if (!node.checkVisibility({ visibilityProperty: true }) || node.disabled) continue;
    acting = node;
    const size = document.body.textContent.length;
    node.focus({ preventScroll: true });
    if (document.activeElement !== node) note('does not keep the focus');
    if (document.body.textContent.length > size + 200 || document.querySelector('dialog[open]')) note('shows something new by its focus');
  }
  for (const field of document.querySelectorAll('select, [type=radio], [type=checkbox]')) {
    if (!field.checkVisibility() || field.disabled) continue;
    acting = field;
    const kept = field.localName === 'select' ? field.selectedIndex : field.checked;
    if (field.localName === 'select') field.selectedIndex = field.options.length - 1;
    else field.checked = true;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
    if (field.localName === 'select') field.selectedIndex = kept;
    else field.checked = kept;
  }
  document.activeElement.blur();
  scrollTo(0, before);
  window.open = open;
  navigation.removeEventListener('navigate', leaving);
  removeEventListener('submit', sending, true);
  return [...found];
}
