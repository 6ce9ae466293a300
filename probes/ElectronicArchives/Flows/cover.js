({ hidden, masks }) => {
  /*page.js*/
  const old = document.getElementById('securitycheck-cover');
  if (old) old.remove();
  const boxes = [], every = [];
  const add = r => { if (r.width > 0 && r.height > 0) boxes.push(r); };
  const flat = s => (s || '').replace(/\s+/g, '');
  const squeezed = hidden.map(flat).filter(h => h);
  // A page may have any number of nodes, and each is held against every value.
  let nodes = 0, looks = 0;
  const isTooMuch = () => nodes > 200000 || looks > 20000000 || (masks.length > 0 && every.length >= 20000);
  const holds = s => { looks += squeezed.length; const t = flat(s); return squeezed.some(h => t.includes(h)); };
  const walk = root => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let n = texts.nextNode(); n; n = texts.nextNode()) {
      nodes++;
      if (isTooMuch()) return;
      if (holds(n.data)) {
        const range = document.createRange();
        range.selectNodeContents(n);
        for (const r of range.getClientRects()) add(r);
      }
    }
    for (const e of root.querySelectorAll('*')) {
      nodes++;
      if (isTooMuch()) return;
      if (every.length < 20000) every.push(e);
      if (e.shadowRoot) walk(e.shadowRoot);
      if (isSecret(e)) add(e.getBoundingClientRect());
      else if (['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName) && (holds(e.value) || holds(e.placeholder) || (e.tagName === 'SELECT' && e.selectedOptions[0] && holds(e.selectedOptions[0].textContent)))) add(e.getBoundingClientRect());
      else if (e.children.length && !['HTML', 'BODY'].includes(e.tagName) && e.children.length < 12) {
        const t = flat(e.textContent);
        looks += squeezed.length;
        if (t.length < 200 && squeezed.some(h => t.includes(h) && ![...e.children].some(c => flat(c.textContent).includes(h)))) add(e.getBoundingClientRect());
      }
    }
  };
  walk(document);
  if (isTooMuch()) return null;
  maskedOf(masks, every).found.forEach(e => add(e.getBoundingClientRect()));
  if (boxes.length > 5000) return null;
  const layer = document.createElement('div');
  layer.id = 'securitycheck-cover';
  layer.style.cssText = 'position:fixed;left:0;top:0;right:auto;bottom:auto;width:0;height:0;margin:0;padding:0;border:0;overflow:visible;background:none;z-index:2147483647;pointer-events:none';
  for (const b of boxes) {
    const d = document.createElement('div');
    d.style.cssText = `position:fixed;left:${b.left - 1}px;top:${b.top - 1}px;width:${b.width + 2}px;height:${b.height + 2}px;background:#444`;
    layer.appendChild(d);
  }
  document.documentElement.appendChild(layer);
  // Above the dialogs of the page as well.
  if (layer.showPopover) { layer.popover = 'manual'; layer.showPopover(); }
  return boxes.map(b => [b.left, b.top, b.width, b.height].map(Math.round).join(','));
}
