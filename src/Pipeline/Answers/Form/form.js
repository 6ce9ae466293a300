'use strict';
const sheet = JSON.parse(document.getElementById('sheet').textContent);
const today = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
const el = (name, options, ...children) => {
  const node = Object.assign(document.createElement(name), options || {});
  children.forEach(c => node.append(c));
  return node;
};
const field = (row, key, label, type) => {
  const input = el(type === 'area' ? 'textarea' : 'input', { value: row[key] || '', autocomplete: 'off' });
  if (type && type !== 'area') input.type = type;
  input.dataset.key = key;
  input.addEventListener('input', () => { row[key] = input.value; changed(); });
  return el('label', {}, label + ' ', input);
};
const choose = (row, key, label, words) => {
  const select = el('select');
  select.dataset.key = key;
  [['', '（未回答）'], ...words].forEach(([value, text]) => select.append(el('option', { value, textContent: text })));
  select.value = row[key] || '';
  select.addEventListener('change', () => {
    row[key] = select.value;
    if (select.value) sign(row);
    changed();
  });
  return el('label', {}, label + ' ', select);
};
const sign = row => {
  ['by', 'organisation', 'on'].forEach(key => {
    if (!row[key]) row[key] = document.getElementById(key).value || (key === 'on' ? today() : '');
  });
  row.refresh();
};
const hashOf = async file => {
  if (!globalThis.crypto || !crypto.subtle) return '';
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, '0')).join('');
};
const pick = taken => {
  const input = el('input', { type: 'file' });
  input.addEventListener('change', async () => {
    for (const file of input.files) taken('附件/' + file.name, await hashOf(file));
    input.value = '';
    changed();
  });
  return el('label', {}, '选文件（放进“附件”目录） ', input);
};
const documentCard = row => {
  const path = field(row, 'file', '文件');
  const hash = el('span', { className: 'hash', textContent: row.sha256 || '' });
  const card = el('div', { className: 'card' },
    el('p', { className: 'asks', textContent: row.title }),
    el('p', { className: 'where', textContent: row.id + (row.holder ? ' · 谁有：' + row.holder : '') + (row.months ? ' · ' + row.months + ' 个月内的才算' : '') }),
    el('div', { className: 'grid' }, path, pick((name, digest) => {
      row.file = name; row.sha256 = digest;
      path.querySelector('input').value = name;
      hash.textContent = digest;
    }), field(row, 'issuedOn', '出具日期', 'date'), field(row, 'expiresOn', '到期日期', 'date')),
    hash);
  path.querySelector('input').addEventListener('input', () => { row.sha256 = ''; hash.textContent = ''; });
  row.state = () => row.file ? 'done' : '';
  row.card = card;
  row.refresh = () => { };
  return card;
};
const rowCard = (row, answer) => {
  const signature = el('div', { className: 'grid' });
  const files = el('ul', { className: 'files' });
  const warn = el('p', { className: 'warn' });
  row.refresh = () => {
    signature.replaceChildren(field(row, 'by', '回答人'), field(row, 'organisation', '单位'), field(row, 'on', '日期', 'date'));
    files.replaceChildren(...row.evidence.map((file, i) => {
      const drop = el('button', { type: 'button', className: 'small', textContent: '去掉' });
      drop.addEventListener('click', () => { row.evidence.splice(i, 1); row.refresh(); changed(); });
      return el('li', {}, file.file + ' ', el('span', { className: 'hash', textContent: file.sha256 || '（没有散列）' }), ' ', drop);
    }));
  };
  row.refresh();
  const known = sheet.documents.map(d => d.id);
  const offered = [...new Set([...row.offers.filter(id => known.includes(id)), ...row.documents])];
  const papers = el('fieldset', {}, el('legend', { textContent: '证据' }));
  offered.forEach(id => {
    const paper = sheet.documents.find(d => d.id === id);
    const box = el('input', { type: 'checkbox', checked: row.documents.includes(id) });
    box.addEventListener('change', () => {
      row.documents = row.documents.filter(d => d !== id);
      if (box.checked) row.documents.push(id);
      changed();
    });
    papers.append(el('label', {}, box, ' 文档：' + (paper ? paper.title : id)), el('br'));
  });
  papers.append(pick((name, digest) => { row.evidence.push({ file: name, sha256: digest }); row.refresh(); }), files);
  row.said = () => row.verdict || row.claim || '';
  row.state = () => {
    if (!row.said()) return '';
    const free = ['不符合', '存在'].includes(row.said());
    const papersThere = row.evidence.length > 0 || row.documents.some(id => (sheet.documents.find(d => d.id === id) || {}).file);
    const lacks = [!row.by && '回答人', !row.organisation && '单位', !row.on && '日期', !free && !papersThere && '证据', row.verdict === '不适用' && !row.statement && '理由', row.claim === '已缓解' && !row.mitigation && '降低条件'].filter(Boolean);
    warn.textContent = lacks.length ? '还缺：' + lacks.join('、') : '';
    return lacks.length ? 'lack' : 'done';
  };
  row.card = el('div', { className: 'card' },
    el('p', { className: 'where', textContent: (row.item || row.cases.join('、')) + ' · ' + row.where + (row.object ? ' · 对象 ' + row.object : '') }),
    el('p', { className: 'asks', textContent: row.asks }),
    el('p', { className: 'look', textContent: '看什么：' + row.look + '　可接受的证据：' + row.accepts }),
    el('div', { className: 'grid' }, ...answer), field(row, 'statement', '说明（不适用写理由）', 'area'), papers, signature, warn);
  return row.card;
};
const all = () => [...sheet.documents, ...sheet.highRisks, ...sheet.items];
const changed = () => {
  const filter = document.getElementById('filter').value;
  let said = 0, lack = 0;
  all().forEach(row => {
    const state = row.state();
    row.card.className = 'card ' + state;
    row.card.hidden = filter === 'open' ? state !== '' : filter === 'lack' ? state !== 'lack' : false;
    if (row.said && row.said()) said++;
    if (state === 'lack') lack++;
  });
  document.getElementById('count').textContent = '已回答 ' + said + ' / ' + (sheet.items.length + sheet.highRisks.length) + (lack ? '，缺证据或署名 ' + lack : '');
};
const kept = {
  documents: ['id', 'kind', 'file', 'sha256', 'issuedOn', 'expiresOn'],
  items: ['item', 'object', 'verdict', 'by', 'organisation', 'on', 'statement', 'documents', 'evidence'],
  highRisks: ['cases', 'claim', 'mitigation', 'by', 'organisation', 'on', 'statement', 'documents', 'evidence'],
};
const quoted = value => JSON.stringify(value).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
const toYaml = () => {
  const lines = ['answers: ' + quoted(sheet.system)];
  Object.entries(kept).forEach(([name, keys]) => {
    lines.push(sheet[name].length ? name + ':' : name + ': []');
    sheet[name].forEach(row => keys.forEach((key, i) => {
      const lead = i === 0 ? '- ' : '  ';
      const value = row[key];
      if (key === 'evidence') {
        if (value.length) lines.push('  evidence:');
        value.forEach(file => {
          lines.push('  - file: ' + quoted(file.file));
          if (file.sha256) lines.push('    sha256: ' + quoted(file.sha256));
        });
      } else if (Array.isArray(value)) {
        if (i === 0 || value.length) lines.push(lead + key + ': [' + value.map(v => quoted(v)).join(', ') + ']');
      } else if (i === 0 || value) {
        lines.push(lead + key + ': ' + quoted(value));
      }
    }));
  });
  return lines.join('\n') + '\n';
};
const download = (text, name, type) => {
  const link = el('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
};
const toPage = () => {
  const copy = document.documentElement.cloneNode(true);
  ['documents', 'highRisks', 'items'].forEach(id => copy.querySelector('#' + id).replaceChildren());
  copy.querySelector('#count').textContent = '';
  const plain = JSON.stringify(sheet, (key, value) => ['card', 'state', 'refresh', 'said'].includes(key) ? undefined : value);
  copy.querySelector('#sheet').textContent = plain.replace(/</g, '\\u003c').replace(/>/g, '\\u003e').replace(/&/g, '\\u0026');
  return '<!DOCTYPE html>\n' + copy.outerHTML + '\n';
};
sheet.documents.forEach(row => document.getElementById('documents').append(documentCard(row)));
sheet.highRisks.forEach(row => document.getElementById('highRisks').append(rowCard(row, [
  choose(row, 'claim', '回答', ['不存在', '存在', '已缓解'].map(w => [w, w])),
  choose(row, 'mitigation', '降低条件', [...row.mitigations.map(([id, asks]) => [id, asks]), ...(row.mitigation && !row.mitigations.some(m => m[0] === row.mitigation) ? [[row.mitigation, row.mitigation]] : [])]),
])));
let heading = '';
sheet.items.forEach(row => {
  const group = row.where.split(' · ')[0];
  if (group !== heading) {
    heading = group;
    document.getElementById('items').append(el('h3', { textContent: group }));
  }
  document.getElementById('items').append(rowCard(row, [choose(row, 'verdict', '结论', ['符合', '部分符合', '不符合', '不适用'].map(w => [w, w]))]));
});
document.getElementById('on').value = today();
document.getElementById('filter').addEventListener('change', changed);
document.getElementById('export').addEventListener('click', () => download(toYaml(), sheet.system + '-answers.yaml', 'application/yaml'));
document.getElementById('save').addEventListener('click', () => download(toPage(), sheet.system + '-answers.html', 'text/html'));
changed();
