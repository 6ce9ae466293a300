(masks) => {
  /*page.js*/
  let whole = true, coverable = true;
  const cut = s => { s = norm(s); return s.length > 200 ? s.slice(0, 200) : s; };
  const cutValue = s => { s = norm(s); if (s.length <= 200) return s; whole = false; return s.slice(0, 200); };
  const visible = e => {
    if (!e.getClientRects().length) return false;
    const s = getComputedStyle(e);
    return s.visibility !== 'hidden' && s.display !== 'none' && parseFloat(s.opacity) !== 0;
  };
  const every = [];
  const walk = root => {
    for (const e of root.querySelectorAll('*')) {
      if (every.length >= 20000) return;
      every.push(e);
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  walk(document);
  const roles = { BUTTON: 'button', SELECT: 'combobox', TEXTAREA: 'textbox', SUMMARY: 'button', H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', H5: 'heading', H6: 'heading', OPTION: 'option' };
  const role = e => {
    const said = norm(e.getAttribute('role')).split(' ')[0];
    if (said) return said;
    if (e.tagName === 'A') return e.hasAttribute('href') ? 'link' : '';
    if (e.tagName === 'INPUT') {
      const t = e.type;
      return ['button', 'submit', 'reset', 'image'].includes(t) ? 'button' : t === 'checkbox' ? 'checkbox' : t === 'radio' ? 'radio' : t === 'file' ? 'file' : t === 'hidden' ? '' : t === 'password' ? 'password' : 'textbox';
    }
    return roles[e.tagName] || '';
  };
  const own = e => norm([...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(' '));
  const name = (e, r) => {
    if (['textbox', 'password', 'combobox', 'checkbox', 'radio', 'file'].includes(r) || e.getAttribute('aria-labelledby') || e.getAttribute('aria-label')) return cut(labelOf(e));
    if (e.tagName === 'INPUT') return cut(e.value);
    return cut(e.innerText || e.textContent) || cut(e.getAttribute('title') || (e.querySelector('img[alt]') || { alt: '' }).alt);
  };
  // Tables; a head that stands in a table of its own belongs to the body behind it.
  const allTables = every.filter(e => isTable(e) && visible(e));
  const tableElements = allTables.slice(0, 50);
  if (every.length >= 20000 || allTables.length > 50) whole = coverable = false;
  const tables = [];
  const rowOf = new Map(), tableOf = new Map();
  const titleOf = t => {
    if (t.caption) return cut(t.caption.textContent);
    const ids = t.getAttribute('aria-labelledby');
    if (ids && document.getElementById(ids)) return cut(document.getElementById(ids).textContent);
    if (t.getAttribute('aria-label')) return cut(t.getAttribute('aria-label'));
    let last = '';
    for (const h of every) {
      if (!/^H[1-6]$/.test(h.tagName) && h.tagName !== 'LEGEND' && !/(^|[-_ ])title($|[-_ ])/.test(h.className && h.className.baseVal === undefined ? h.className : '')) continue;
      if (h.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING && !h.contains(t) && visible(h)) last = h.textContent;
    }
    return cut(last);
  };
  let headOnly = null;
  for (const t of tableElements) {
    const rows = rowsOf(t);
    const headers = rows.filter(isHead).slice(-1).map(r => cellsOf(r).map(c => cut(c.innerText)))[0] || [];
    const body = rows.filter(r => !isHead(r) && visible(r));
    if (body.length > 2000 || body.some(r => cellsOf(r).length > 64)) whole = coverable = false;
    const kept = body.slice(0, 2000);
    if (headers.length && !body.length) headOnly = { headers, index: tables.length };
    const joins = !headers.length && headOnly && headOnly.index === tables.length - 1 && kept.length > 0 && cellsOf(kept[0]).length === headOnly.headers.length;
    const into = joins ? tables[headOnly.index] : { title: titleOf(t), headers, rows: [] };
    if (!joins) tables.push(into);
    const index = joins ? headOnly.index : tables.length - 1;
    tableOf.set(t, index);
    kept.forEach(r => { rowOf.set(r, into.rows.length); into.rows.push(cellsOf(r).slice(0, 64).map(c => cutValue(c.innerText || ([...c.querySelectorAll('input,select,textarea')].map(i => isSecret(i) ? '' : i.value).join(' '))))); });
  }
  const elements = [], facts = [], at = new Map();
  for (const e of every) {
    if (elements.length >= 5000) { whole = false; break; }
    if (['SCRIPT', 'STYLE', 'HEAD', 'META', 'LINK', 'TITLE', 'NOSCRIPT', 'TEMPLATE'].includes(e.tagName)) continue;
    const r = role(e), text = cut(own(e)), mark = e.getAttribute('data-testid') || '';
    if (!r && !text && !mark) continue;
    let up = e.parentElement;
    while (up && !at.has(up)) up = up.parentElement;
    const row = e.closest('tr,[role="row"]'), t = e.closest('table,[role="table"],[role="grid"]');
    at.set(e, elements.length);
    elements.push(e);
    facts.push({
      tag: e.tagName.toLowerCase(), role: r, name: r ? name(e, r) : '', text, mark, parent: up ? at.get(up) : -1,
      table: t && tableOf.has(t) ? tableOf.get(t) : -1, row: row && rowOf.has(row) ? rowOf.get(row) : -1,
      column: row && e.closest('td,[role="gridcell"],[role="cell"]') ? cellsOf(row).indexOf(e.closest('td,[role="gridcell"],[role="cell"]')) : -1,
      visible: visible(e), enabled: !e.disabled && e.getAttribute('aria-disabled') !== 'true',
    });
  }
  // Labels and values of a page about one thing.
  const fields = [];
  const put = (label, value) => {
    label = cut(bare(label));
    if (!label) return;
    if (fields.length >= 500) { whole = coverable = false; return; }
    fields.push({ label, value: cutValue(value) });
  };
  for (const e of every) {
    if (!visible(e)) continue;
    if (e.tagName === 'DT' && e.nextElementSibling && e.nextElementSibling.tagName === 'DD') put(e.textContent, e.nextElementSibling.innerText);
    if (e.tagName === 'TH' && e.nextElementSibling && e.nextElementSibling.tagName === 'TD') put(e.textContent, e.nextElementSibling.innerText);
    if (['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName) && ['textbox', 'combobox'].includes(role(e))) put(name(e, role(e)), e.tagName === 'SELECT' ? (e.selectedOptions[0] || { textContent: '' }).textContent : isSecret(e) ? '' : e.value);
  }
  const masked = maskedOf(masks, every);
  const hidden = [...masked.found.flatMap(valuesOf), ...every.filter(isSecret).map(e => e.value).filter(v => v)];
  const said = document.body ? document.body.innerText : '';
  if (said.length > 400000) whole = false;
  const json = JSON.stringify({
    elements: facts, tables, fields, hidden: [...new Set(hidden)], matched: masked.matched, coverable: coverable && masked.certain, whole, title: document.title, text: said.slice(0, 400000),
    hasPassword: every.some(e => e.tagName === 'INPUT' && e.type === 'password' && visible(e)),
  });
  return { json, elements };
}
