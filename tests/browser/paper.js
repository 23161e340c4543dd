// What is wrong with a page on paper; `hidden` is a selector of what is not to be printed.
(hidden) => {
  const shown = (node) => node.checkVisibility() && node.getClientRects().length > 0;
  const found = [...document.querySelectorAll(hidden)].filter(shown).map((node) => `${node.cloneNode(false).outerHTML} is printed`);
  for (const link of document.querySelectorAll('main a[href^=http]')) {
    const { content, display } = getComputedStyle(link, '::after');
    const says = display !== 'none' && /attr\(href\)|https?:/.test(content);
    if (shown(link) && !says) found.push(`the address of ${link.outerHTML.slice(0, 100)} is not printed`);
  }
  for (const node of document.querySelectorAll('main details:not([open], .contents > *) > :not(summary)'))
    if (!node.checkVisibility({ contentVisibilityAuto: true }) || !node.offsetHeight) found.push('a closed part is not printed');
  const changed = document.querySelector('.page-changed');
  if (changed && !shown(changed.querySelector('time'))) found.push('the day of the last change is not printed');
  const { backgroundColor } = getComputedStyle(document.body), { color } = getComputedStyle(document.querySelector('main'));
  if (backgroundColor !== 'rgb(255, 255, 255)') found.push(`the paper is ${backgroundColor}`);
  if (color !== 'rgb(0, 0, 0)') found.push(`the ink is ${color}`);
  return found;
}
