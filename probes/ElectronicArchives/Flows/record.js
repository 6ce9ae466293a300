(() => {
  const norm = s => (s || '').replace(/\s+/g, ' ').trim();
  const bare = s => norm(s).replace(/[:：*＊]+$/, '').replace(/^[*＊]+/, '').trim();
  const label = e => {
    const own = e.labels && e.labels.length ? [...e.labels[0].childNodes].filter(n => n !== e && !(n.contains && n.contains(e))).map(n => n.textContent).join(' ') : '';
    const item = e.closest('[class*="form-item"],[class*="form-group"]');
    const named = item && item.querySelector('label,[class*="label"]');
    const cell = e.closest('td,dd');
    return bare(e.getAttribute('aria-label')) || bare(own) || (named && !named.contains(e) && bare(named.textContent)) || (cell && cell.previousElementSibling && bare(cell.previousElementSibling.textContent)) || bare(e.placeholder) || bare(e.name);
  };
  const tell = what => window.securitycheckRecord(JSON.stringify(what));
  document.addEventListener('click', event => {
    const e = event.target.closest && event.target.closest('button,a,[role="button"],[role="menuitem"],[role="tab"],[role="link"],input[type="submit"],input[type="button"],[onclick]');
    if (!e || !event.isTrusted) return;
    const row = e.closest('tr,[role="row"]');
    const inMenu = e.getAttribute('role') === 'menuitem' || !!e.closest('nav,[role="menu"],[role="menubar"],[class*="menu"]');
    const first = row && [...row.querySelectorAll('td,[role="gridcell"]')].map(c => norm(c.innerText)).find(t => t && t.length < 60);
    tell({ kind: inMenu && !row ? 'menu' : 'click', text: norm(e.innerText || e.value || e.getAttribute('aria-label') || e.title).slice(0, 100), row: row && e.closest('td,[role="gridcell"]') ? first || '' : '' });
  }, true);
  document.addEventListener('change', event => {
    const e = event.target;
    if (!e.tagName || !event.isTrusted) return;
    if (e.tagName === 'SELECT') tell({ kind: 'select', text: label(e), value: norm((e.selectedOptions[0] || { textContent: '' }).textContent) });
    else if (e.type === 'file') tell({ kind: 'file', text: label(e), value: '' });
    else if (e.type === 'password') tell({ kind: 'password', text: label(e), value: '' });
    else if ((e.tagName === 'INPUT' && !['checkbox', 'radio', 'submit', 'button'].includes(e.type)) || e.tagName === 'TEXTAREA') tell({ kind: 'fill', text: label(e), value: e.value.slice(0, 1000) });
  }, true);
})();
