(hidden) => {
  const boxes = [];
  const add = r => { if (r.width > 0 && r.height > 0) boxes.push(r); };
  const walk = root => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let n = texts.nextNode(); n; n = texts.nextNode()) {
      if (hidden.some(h => n.data.replace(/\s+/g, ' ').includes(h))) {
        const range = document.createRange();
        range.selectNodeContents(n);
        for (const r of range.getClientRects()) add(r);
      }
    }
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) walk(e.shadowRoot);
      if (e.tagName === 'INPUT' && e.type === 'password') add(e.getBoundingClientRect());
      else if (['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName) && hidden.some(h => (e.value || '').includes(h) || (e.tagName === 'SELECT' && e.selectedOptions[0] && e.selectedOptions[0].textContent.includes(h)))) add(e.getBoundingClientRect());
      else if (e.children.length && !['HTML', 'BODY'].includes(e.tagName) && e.children.length < 12 && hidden.some(h => { const t = (e.textContent || '').replace(/\s+/g, ''); return t.length < 200 && t.includes(h.replace(/\s+/g, '')) && ![...e.children].some(c => (c.textContent || '').replace(/\s+/g, '').includes(h.replace(/\s+/g, ''))); })) add(e.getBoundingClientRect());
    }
  };
  walk(document);
  const layer = document.createElement('div');
  layer.id = 'securitycheck-cover';
  layer.style.cssText = 'position:fixed;left:0;top:0;width:0;height:0;z-index:2147483647;pointer-events:none';
  for (const b of boxes.slice(0, 5000)) {
    const d = document.createElement('div');
    d.style.cssText = `position:fixed;left:${b.left - 1}px;top:${b.top - 1}px;width:${b.width + 2}px;height:${b.height + 2}px;background:#444`;
    layer.appendChild(d);
  }
  document.documentElement.appendChild(layer);
  return boxes.length;
}
