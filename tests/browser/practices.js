// Good practice that the engines do not look at: what is wrong with names, structure and marks of the page, a line a finding.
() => {
  const found = [];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const short = (node) => `${node.cloneNode(false).outerHTML.slice(0, 100)} ${words(node.textContent).slice(0, 40)}`.trim();
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const report = (node, fault) => found.push(`${fault}: ${short(node)}`);
  const style = (node, part) => getComputedStyle(node, part);
  const weight = (node) => Number(style(node).fontWeight), size = (node) => parseFloat(style(node).fontSize);
  const where = (link) => new URL(link.getAttribute('href'), location);  // in drawings, links have no such properties
  const isBlock = (node) => !/^(inline|none|contents)/.test(style(node).display);

  function tables() {
    for (const table of all('table:not([role=presentation])')) {
      if (!table.querySelector('th')) report(table, 'a table without headers');
      if (!table.caption && !table.ariaLabel && !table.hasAttribute('aria-labelledby')) report(table, 'a table without a name');
    }
  }

  function references() {
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-errormessage', 'for', 'headers', 'popovertarget', 'list', 'form'])
      for (const node of all(`[${name}]`))
        for (const id of node.getAttribute(name).split(/\s+/))
          if (id && !document.getElementById(id)) report(node, `${name} names no element`);
    for (const link of all('a[href*="#"]')) {
      const { pathname, search, hash } = where(link);
      if (hash && pathname === location.pathname && search === location.search && !document.getElementById(decodeURIComponent(hash.slice(1)))) report(link, 'a link to no part of the page');
    }
  }

  function fields() {
    for (const field of all('input:not([type=hidden], [type=submit], [type=button]), textarea, select')) {
      if (!isShown(field) || field.closest('[aria-hidden=true]')) continue;
      const visible = [...(field.labels ?? [])].some((label) => isShown(label) && words(label.innerText));
      const named = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/).some((id) => words(document.getElementById(id)?.innerText));
      if (!visible && !named) report(field, field.placeholder ? 'a placeholder for a label' : 'a field without a visible label');
      if (field.required && field.getAttribute('aria-required') === 'false') report(field, 'required and said not to be');
      if (/mail|tel/.test(field.type) && !field.autocomplete) report(field, 'personal data without autocomplete');
    }
    for (const form of all('form')) {
      const radios = new Set(all('[type=radio], [type=checkbox]', form).map((field) => field.name));
      for (const name of radios) {
        const group = all(`[name="${CSS.escape(name)}"]`, form).filter((field) => /radio|checkbox/.test(field.type));
        if (group.length > 1 && !group[0].closest('fieldset, [role=group], [role=radiogroup]')) report(group[0], 'choices without a group');
      }
    }
    for (const fieldset of all('fieldset')) if (!words(fieldset.querySelector('legend')?.textContent) && !fieldset.ariaLabel) report(fieldset, 'a group without a name');
    for (const wrong of all('[aria-invalid=true]')) if (!wrong.hasAttribute('aria-describedby') && !wrong.hasAttribute('aria-errormessage')) report(wrong, 'an error without its message');
  }

  // Whatever names a group, such as the title of a note, is no heading; nor are parts of lists, tables, figures and controls.
  function headings() {
    const OTHERWISE = 'li, td, th, dt, dd, figure, header, footer, nav, form, label, legend, a, button, summary, h1, h2, h3, h4, h5, h6, dl, .opening, .bare-main';
    const names = new Set(all('[aria-labelledby]').flatMap((node) => node.getAttribute('aria-labelledby').split(/\s+/)));
    for (const node of all('main p, main div, main span, main b, main strong')) {
      const text = words(node.innerText), after = node.nextElementSibling ?? node.parentElement.nextElementSibling;
      if (!text || text.length > 80 || /[.!?:;,]$/.test(text) || names.has(node.id) || !after || !isShown(node)) continue;
      if (node.closest(OTHERWISE) || node.querySelector('p, div, ul, ol, table, svg, img') || words(node.parentElement.innerText) === text && !isBlock(node)) continue;
      const whole = isBlock(node) || words(node.closest('p, div').innerText) === text;
      if (whole && weight(node) >= 600 && size(node) >= size(after) * 1.1) report(node, 'a heading by its looks alone');
    }
  }

  function lists() {
    const MARK = /^\s*([-–•*·▪►✓]|\d{1,2}[.)])\s+\S/;
    for (const node of all('main p, main div')) {
      const after = node.nextElementSibling;
      const own = [...node.childNodes].filter((part) => part.nodeType === 3 && MARK.test(part.data));
      if (own.length > 1 || (after && MARK.test(node.textContent) && MARK.test(after.textContent) && !node.querySelector('p, div') && !node.closest('li, td, dd'))) report(node, 'a list by its looks alone');
    }
  }

  function pictures() {
    const FILE = /\.(jpe?g|png|gif|svg|webp|avif|pdf)$|^(img|dsc|dscn|image|photo|picture|screenshot|untitled|foto|afbeelding)[\s_-]*\d*$|^[\w-]+_\d+x\d+$/i;
    for (const picture of all('img, [role=img], input[type=image], area')) {
      const text = words(picture.getAttribute('alt') ?? picture.ariaLabel);
      const file = (picture.getAttribute('src') ?? '').split('/').pop().split('.')[0];
      if (text && (FILE.test(text) || text.toLowerCase() === file.toLowerCase())) report(picture, 'a file name for a text');
    }
    for (const link of all('a:has(img)')) for (const picture of all('img[alt]', link)) {
      const beside = words(link.innerText);
      if (beside && words(picture.alt).toLowerCase() === beside.toLowerCase()) report(link, 'a picture that says what the link says');
    }
  }

  // As a screen reader lists them.
  function name(link) {
    const parts = (link.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => words(document.getElementById(id)?.textContent)).filter(Boolean);
    const pictures = all('img[alt]', link).map((picture) => picture.alt).join(' ');
    return words(parts.join(' ') || link.getAttribute('aria-label') || `${link.textContent} ${pictures}`).toLowerCase();
  }
  // A word that is explained leads to its definition, and from there to the glossary: the same thing, told at greater length.
  const EXPLAINED = '.term, .explanations dt a';
  function links() {
    const VAGUE = /^(read more|more|more info(rmation)?|here|click here|this|link|details|continue|lees (meer|verder)|meer( info(rmatie)?)?|hier|klik hier|deze link|en savoir plus|lire (la suite|plus)|plus|plus d['’]infos?|ici|cliquez ici|lien|suite)(\s*[.…»>→])*$/;
    const targets = new Map();
    for (const link of all('a[href]')) {
      if (!isShown(link)) continue;
      const text = name(link), target = where(link).href.replace(/\/$/, '');
      if (VAGUE.test(text.replace(/\s*\([^)]*\)$/, ''))) report(link, 'a link that says nothing out of its sentence');
      if (/^(https?:\/\/|www\.)\S{40,}$/.test(text)) report(link, 'an address for a name');
      if (/^(?!_self)./.test(link.getAttribute('target') ?? '')) report(link, 'a link that opens a window');
      if (link.matches(EXPLAINED)) continue;
      if (!targets.has(text)) targets.set(text, target);
      else if (targets.get(text) !== target) report(link, `a link with the name of another, to ${targets.get(text)}`);
      if (/\.(pdf|docx?|xlsx?|zip)$/i.test(where(link).pathname) && !/pdf|word|docx?|excel|xlsx?|zip/i.test(link.closest('li, p, div').innerText)) report(link, 'a file that is not said to be one');
    }
  }

  function current() {
    for (const link of all('nav a[href]')) {
      const { pathname, search, hash } = where(link);
      const isHere = pathname === location.pathname && ['', location.search].includes(search) && !hash;
      if (isHere && !link.hasAttribute('aria-current')) report(link, 'the current page is not marked');
    }
    for (const link of all('[aria-current]:not([aria-current=false], [aria-current=true])')) if (link.hasAttribute('href') && where(link).pathname !== location.pathname) report(link, 'marked as current and another page');
  }

  function content() {
    for (const node of all('body, body *')) for (const part of ['::before', '::after']) {
      const { content, display } = style(node, part);
      const said = [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join('');
      if (display !== 'none' && content.split(' / ').length === 1 && /[\p{L}\p{N}]/u.test(said)) report(node, `the style sheet says “${said}”`);
    }
  }

  const CONTROL = 'a[href], button, input, select, textarea, summary, label, option, [role=option], [contenteditable], audio, video, iframe';
  function controls() {
    for (const node of all('body *')) {
      if (node.matches(CONTROL) || node.closest(CONTROL) || !isShown(node)) continue;
      const acts = node.hasAttribute('onclick') || /^(button|link|checkbox|switch|tab|menuitem)$/.test(node.getAttribute('role'));
      const looks = style(node).cursor === 'pointer' && style(node.parentElement).cursor !== 'pointer';
      if ((acts || looks) && node.tabIndex < 0) report(node, 'a control that no keyboard reaches');
      if ((acts || looks) && node.tabIndex >= 0) report(node, 'a control that is no element of one');
    }
    for (const link of all('a:not([href])')) if (isShown(link)) report(link, 'a link that leads nowhere');
    for (const link of all('a[href=""], a[href="#"], a[href^="javascript:"]')) report(link, 'a link for a button');
    for (const node of all('[accesskey]')) report(node, 'a key of its own');
    for (const node of all('[autofocus]:not(.error-summary)')) report(node, 'takes the focus by itself');
    if (document.activeElement !== document.body && !document.activeElement.matches('.error-summary')) report(document.activeElement, 'has the focus without being asked');
    for (const node of all('[aria-haspopup]:not([aria-expanded]), [aria-expanded]:not([aria-controls], summary)')) if (isShown(node)) report(node, 'opens something and does not say what or whether');
  }

  function texts() {
    const main = document.querySelector('main');
    for (const node of all('p, li, dd, td', main ?? document)) {
      const { textTransform, textAlign, lineHeight, fontStyle } = style(node);
      const text = words(node.innerText);
      if (!text || !isShown(node)) continue;
      if (textAlign === 'justify') report(node, 'text set to both margins');
      if (textTransform === 'uppercase' && text.length > 40) report(node, 'a sentence in capitals');
      if (fontStyle === 'italic' && text.length > 200) report(node, 'a paragraph in italics');
      if (text.length > 80 && parseFloat(lineHeight) / size(node) < 1.3) report(node, 'lines too close to each other');
      if (size(node) < 12) report(node, 'text too small to read');
      if (node.localName === 'p' && text.length > 200 && node.clientWidth / size(node) > 50) report(node, 'lines too long to follow');
    }
    for (const list of all('ul, ol')) if (!list.children.length && isShown(list)) report(list, 'an empty list');
    for (const node of all('main p:not([role=status], [aria-live])')) if (!words(node.textContent) && !node.querySelector('img, svg, input, button')) report(node, 'an empty paragraph');
    for (const node of all('[title]:not(iframe, link, style, svg *, abbr, dfn)')) report(node, 'a hint that only a mouse shows');
    for (const node of all('b, strong, em, i, u')) if (style(node).textDecorationLine === 'underline' && !node.closest('a, mark')) report(node, 'underlined and no link');
    for (const node of all('main u')) if (!node.closest('a')) report(node, 'underlined and no link');
    for (const dead of all('marquee, blink, font, center')) report(dead, 'an element that moves or colours text');
  }

  for (const look of [tables, references, fields, headings, lists, pictures, links, current, content, controls, texts]) look();
  return [...new Set(found)];
}
