(() => {
  /*page.js*/
  const label = e => labelOf(e) || bare(e.name);
  // A field that once took a password does so still when the page shows what was typed.
  const once = new WeakSet();
  const mark = e => { if (e && e.tagName === 'INPUT' && e.type === 'password') once.add(e); };
  for (const kind of ['focusin', 'input', 'keydown', 'pointerdown']) document.addEventListener(kind, event => document.querySelectorAll('input[type="password" i]').forEach(mark), true);
  new MutationObserver(changes => changes.forEach(c => { if ((c.oldValue || '').toLowerCase() === 'password') once.add(c.target); })).observe(document, { subtree: true, attributes: true, attributeFilter: ['type'], attributeOldValue: true });
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
    else if (once.has(e) || isSecret(e) || (e.tagName === 'TEXTAREA' && secretLabel(label(e)))) tell({ kind: 'password', text: label(e), value: '' });
    else if ((e.tagName === 'INPUT' && !['checkbox', 'radio', 'submit', 'button'].includes(e.type)) || e.tagName === 'TEXTAREA') tell({ kind: 'fill', text: label(e), value: e.value.slice(0, 1000) });
  }, true);
})();
