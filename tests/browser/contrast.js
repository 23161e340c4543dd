// Colours that axe does not judge: the edges of fields, and texts on what is no plain colour, which pictures decide.
() => {
  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  };
  function luminance({ red, green, blue }) {  // as WCAG 2.2 defines it
    const [r, g, b] = [red, green, blue].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  function ground(node) {
    for (; node; node = node.parentElement) {
      const colour = channels(getComputedStyle(node).backgroundColor);
      if (colour.alpha > 0.5) return colour;
    }
    return channels(matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)');
  }

  const found = [];
  for (const field of document.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox], [type=range]), select, textarea')) {
    if (!field.checkVisibility({ visibilityProperty: true }) || field.closest('[aria-hidden=true]')) continue;
    const { borderBottomColor, borderBottomWidth, backgroundColor } = getComputedStyle(field);
    const around = ground(field.parentElement), edge = channels(borderBottomColor), own = channels(backgroundColor);
    const best = Math.max(
      parseFloat(borderBottomWidth) >= 1 && edge.alpha > 0.5 ? contrast(edge, around) : 1,
      own.alpha > 0.5 ? contrast(own, around) : 1,
    );
    if (best < 3) found.push(`the edge of ${field.cloneNode(false).outerHTML.slice(0, 100)} has a contrast of ${best.toFixed(1)} only`);
  }
  return found;
}
