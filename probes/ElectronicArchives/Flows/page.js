  // What every script of a page goes by: texts, labels, what is secret, and what masks mean.
  const norm = s => (s || '').replace(/\s+/g, ' ').trim();
  const bare = s => norm(s).replace(/[:：*＊]+$/, '').replace(/^[*＊]+/, '').trim();
  const secretLabel = s => /(密码|口令)(确认)?([\s:：*＊]|必填|选填|[（(][^（()）]*[)）])*$|password|passwd|passphrase|pwd|^pin码?[:：*＊ ]*$/i.test(norm(s).slice(-200));
  const beside = e => {
    const item = e.closest('[class*="form-item"],[class*="form-group"]');
    const label = item && item.querySelector('label,[class*="label"]');
    if (label && !label.contains(e)) return label.textContent;
    const cell = e.closest('td,dd');
    return cell && cell.previousElementSibling ? cell.previousElementSibling.textContent : '';
  };
  const labelOf = e => {
    const ids = norm(e.getAttribute('aria-labelledby'));
    if (ids) return norm(ids.split(' ').map(i => { const x = document.getElementById(i); return x ? x.textContent : ''; }).join(' '));
    if (e.getAttribute('aria-label')) return norm(e.getAttribute('aria-label'));
    const own = e.labels && e.labels.length ? [...e.labels].map(l => [...l.childNodes].filter(n => n !== e && !(n.contains && n.contains(e))).map(n => n.textContent).join(' ')).join(' ') : '';
    return bare(own) || bare(beside(e)) || bare(e.getAttribute('placeholder')) || bare(e.title);
  };
  const isSecret = e => e.tagName === 'INPUT' && (e.type === 'password' || /password/.test(e.getAttribute('autocomplete') || '') || !['', 'none'].includes(getComputedStyle(e).webkitTextSecurity || '')
    || (!['checkbox', 'radio', 'submit', 'button', 'reset', 'image', 'file', 'hidden'].includes(e.type) && (secretLabel(labelOf(e)) || secretLabel(e.name))));
  const rowsOf = t => [...t.querySelectorAll('tr,[role="row"]')];
  const cellsOf = r => [...r.querySelectorAll('th,td,[role="cell"],[role="gridcell"],[role="columnheader"],[role="rowheader"]')];
  const isHead = r => { const c = cellsOf(r); return c.length > 0 && c.every(x => x.tagName === 'TH' || x.getAttribute('role') === 'columnheader'); };
  const isTable = e => (e.tagName === 'TABLE' || ['table', 'grid'].includes(e.getAttribute('role'))) && !e.querySelector('table');
  // What the masks cover: the cells and fields themselves, and the masks that found their column or field, though it be empty.
  const maskedOf = (masks, every) => {
    const found = [], matched = new Set();
    let certain = true, headOnly = null;
    const is = s => { const b = bare(s); if (!masks.includes(b)) return false; matched.add(b); return true; };
    if (masks.length === 0) return { found, matched: [], certain };
    for (const t of every.filter(isTable)) {
      const rows = rowsOf(t), heads = rows.filter(isHead), body = rows.filter(r => !isHead(r));
      const own = heads.slice(-1).map(cellsOf)[0] || [];
      if (heads.slice(0, -1).some(r => cellsOf(r).some(c => is(c.textContent)))) certain = false;
      const head = own.length ? own : headOnly && body.length ? headOnly : [];
      headOnly = own.length && !body.length ? own : null;
      const at = head.map((c, i) => is(c.textContent) ? i : -1).filter(i => i >= 0);
      if (at.length === 0) continue;
      if (heads.length > 1 && heads.some(r => cellsOf(r).length !== own.length)) certain = false;
      // Cells that are joined stand under other heads than their number says.
      const isJoined = head.some(c => c.colSpan > 1) || body.some(r => cellsOf(r).some(c => c.rowSpan > 1));
      for (const r of body) { const c = cellsOf(r); found.push(...(isJoined || c.length !== head.length ? c : at.map(i => c[i]))); }
    }
    const behind = (e, tag) => { for (let n = e.nextElementSibling; n && n.tagName === tag; n = n.nextElementSibling) found.push(n); };
    for (const e of every) {
      if (e.tagName === 'DT' && is(e.textContent)) behind(e, 'DD');
      if (e.tagName === 'TH' && e.nextElementSibling && e.nextElementSibling.tagName === 'TD' && is(e.textContent)) behind(e, 'TD');
      if (['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName) && e.type !== 'hidden' && is(labelOf(e))) found.push(e);
    }
    return { found, matched: [...matched], certain };
  };
  const valuesOf = e => {
    const inputs = ['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName) ? [e] : [...e.querySelectorAll('input,select,textarea')];
    const typed = inputs.map(i => i.tagName === 'SELECT' ? (i.selectedOptions[0] || { textContent: '' }).textContent : ['checkbox', 'radio', 'button', 'submit'].includes(i.type) ? '' : i.value);
    const texts = inputs[0] === e ? [] : [e.innerText, e.textContent];
    return [...typed, ...texts].flatMap(t => [norm(t), ...(t || '').split(/[\n\r\t\u2028]+/).flatMap(l => [norm(l), l.trim()])]).filter(v => v);
  };
