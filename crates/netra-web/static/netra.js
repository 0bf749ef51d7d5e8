// Makes pages quicker to use; every page works without it.
'use strict';
(function () {
  // Read out and show first what has to be mended.
  var summary = document.querySelector('.error-summary');
  if (summary) { summary.focus(); }

  // One press is enough: a second one while the answer is under way is ignored.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    // After the browser has collected the fields, or the pressed button's value would be lost.
    setTimeout(function () {
      form.querySelectorAll('button').forEach(function (button) { button.disabled = true; });
    }, 0);
    // A connection may die without a word: after a while the form can be sent again.
    setTimeout(function () { free(form); }, 20000);
  });
  function free(form) {
    delete form.dataset.sent;
    form.querySelectorAll('button').forEach(function (button) { button.disabled = false; });
  }
  // Back from another page, the browser shows the form as it was left.
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form').forEach(free);
  });

  document.querySelectorAll('[data-copy]').forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.textContent = 'Tersalin';
      });
    });
  });
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });

  // Draws the parts of a picture that are to be covered: each drag fills the next empty box of the form.
  document.querySelectorAll('[data-cover]').forEach(function (form) {
    var frame = form.querySelector('.cover');
    var picture = frame && frame.querySelector('img');
    var fields = Array.prototype.map.call(form.querySelectorAll('[data-box]'), function (box) {
      return box.querySelectorAll('input');
    });
    if (!picture || !window.PointerEvent) { return; }
    form.querySelectorAll('[data-needs-cover]').forEach(function (hint) { hint.hidden = false; });
    var start = null;
    var drawn = null;
    function place(event) {
      var area = picture.getBoundingClientRect();
      var part = function (at, from, side) { return Math.min(100, Math.max(0, 100 * (at - from) / side)); };
      return { x: part(event.clientX, area.left, area.width), y: part(event.clientY, area.top, area.height) };
    }
    function number(value) { return String(Math.round(value * 100) / 100); }
    function value(input) { return parseFloat(input.value.replace(',', '.')) || 0; }
    function show(part, box) {
      part.style.left = box[0] + '%';
      part.style.top = box[1] + '%';
      part.style.width = box[2] + '%';
      part.style.height = box[3] + '%';
    }
    function redraw() {
      frame.querySelectorAll('.part').forEach(function (old) { old.remove(); });
      fields.forEach(function (inputs) {
        var box = Array.prototype.map.call(inputs, value);
        if (!box[2] || !box[3]) { return; }
        var part = document.createElement('span');
        part.className = 'part';
        show(part, box);
        frame.appendChild(part);
      });
    }
    picture.addEventListener('pointerdown', function (event) {
      event.preventDefault();
      start = place(event);
      drawn = document.createElement('span');
      drawn.className = 'part';
      frame.appendChild(drawn);
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener('pointermove', function (event) {
      if (start) { show(drawn, between(start, place(event))); }
    });
    picture.addEventListener('pointerup', function (event) {
      if (!start) { return; }
      var box = between(start, place(event));
      start = null;
      var free = fields.find(function (inputs) {
        return Array.prototype.every.call(inputs, function (input) { return !input.value; });
      });
      if (free && box[2] >= 0.5 && box[3] >= 0.5) {
        Array.prototype.forEach.call(free, function (input, side) { input.value = number(box[side]); });
      }
      redraw();
    });
    picture.addEventListener('pointercancel', function () { start = null; redraw(); });
    function between(one, two) {
      return [Math.min(one.x, two.x), Math.min(one.y, two.y), Math.abs(one.x - two.x), Math.abs(one.y - two.y)];
    }
    form.addEventListener('input', redraw);
    redraw();
  });

  // Large files go before their form, in pieces: a lost connection costs the last piece only. Without this they
  // go with the form, up to the ordinary limit.
  var LARGE = 8 << 20;
  var LEAST_PIECE = 256 << 10;
  var MOST_PIECE = 8 << 20;
  var TRIES = 12;
  if (!window.fetch || !window.DataTransfer || !window.AbortController) { return; }
  document.querySelectorAll('[data-needs-script]').forEach(function (hint) { hint.hidden = false; });

  // Before the listener above, which takes what it sees for sent.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    var waiting = form.dataset.sending ? [] : largeFiles(form);
    if (!form.dataset.sending && !waiting.length) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.length) { sendAll(form, event.submitter, waiting); }
  }, true);

  function largeFiles(form) {
    var found = [];
    form.querySelectorAll('input[type=file][data-pieces]').forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (file) {
        if (file.size > LARGE) { found.push({ input: input, file: file }); }
      });
    });
    return found;
  }

  async function sendAll(form, submitter, waiting) {
    var panel = showPanel(waiting[0].input);
    form.dataset.sending = 'yes';
    form.querySelectorAll('button').forEach(function (button) { button.disabled = button !== panel.button; });
    try {
      for (var n = 0; n < waiting.length; n += 1) {
        panel.name = waiting[n].file.name;
        note(form, await sendOne(form, waiting[n].input, waiting[n].file, panel));
        // What has come need not come again if a later file fails.
        takeOut(waiting[n].input, waiting[n].file);
      }
    } catch (error) {
      panel.end(error.told || 'Pengiriman gagal. Tekan tombol kirim lagi untuk melanjutkan.');
      delete form.dataset.sending;
      free(form);
      return;
    }
    panel.end('Berkas sudah diterima. Mengirim formulir…');
    delete form.dataset.sending;
    free(form);
    if (submitter) { submitter.click(); } else { form.requestSubmit ? form.requestSubmit() : form.submit(); }
  }

  // What the server says of a whole file: a desk's form carries a sealed value, a report lists the file already.
  function note(form, answer) {
    var field = document.createElement('input');
    field.type = 'hidden';
    field.name = answer.kept ? 'kept' : 'terunggah';
    field.value = answer.kept || '1';
    form.appendChild(field);
  }

  function takeOut(input, gone) {
    var rest = new DataTransfer();
    Array.prototype.forEach.call(input.files, function (file) { if (file !== gone) { rest.items.add(file); } });
    input.files = rest.files;
  }

  async function sendOne(form, input, file, panel) {
    var base = input.dataset.pieces;
    // For this tab only: the name of a file may tell something.
    var key = ['netra-unggah', base, file.name, file.size, file.lastModified].join(' ');
    var place = recall(key);
    var offset = -1;
    var size = 1 << 20;
    var faults = 0;
    for (;;) {
      try {
        if (!place) {
          place = await begin(form, base, file, panel);
          remember(key, place);
          offset = 0;
        }
        if (offset < 0) { offset = await ask(form, panel, 'HEAD', place).then(offsetOf); }
        panel.show(offset, file.size);
        var started = Date.now();
        var answer = offset < file.size
          ? await ask(form, panel, 'PATCH', place, {
            'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream'
          }, file.slice(offset, offset + size))
          : await ask(form, panel, 'GET', place);
        if (answer.status === 200) {
          var what = await answer.json();
          remember(key, null);
          return what;
        }
        var next = offsetOf(answer);
        if (answer.status === 409 && next === offset) { throw new Error('it says what it knew'); }
        offset = next;
        faults = 0;
        size = Math.min(Date.now() - started < 2000 ? size * 2 : size, MOST_PIECE);
      } catch (error) {
        if (error.told || panel.stopped) { throw error; }
        if (error.gone) { remember(key, place = null); }
        faults += 1;
        if (faults > TRIES) {
          throw told('Sambungan terus terputus. Tekan tombol kirim lagi nanti: pengiriman dilanjutkan dari tempat terhenti.');
        }
        offset = -1;
        size = Math.max(size / 2, LEAST_PIECE);
        panel.say('Sambungan terputus. Mencoba lagi…');
        await pause(Math.min(30000, 500 * Math.pow(2, faults)), panel.signal);
      }
    }
  }

  function begin(form, base, file, panel) {
    var about = ['filename ' + base64(file.name)];
    var description = form.elements.namedItem('keterangan');
    if (description && description.value) { about.push('keterangan ' + base64(description.value)); }
    var headers = { 'Upload-Length': String(file.size), 'Upload-Metadata': about.join(',') };
    return ask(form, panel, 'POST', base, headers).then(function (answer) { return answer.headers.get('Location'); });
  }

  // One request. What can't be mended by asking again is told; everything else may be tried again.
  async function ask(form, panel, method, address, headers, body) {
    var all = Object.assign({ 'Tus-Resumable': '1.0.0' }, headers);
    var csrf = form.elements.namedItem('csrf');
    if (csrf) { all['X-Csrf'] = csrf.value; }
    var answer = await fetch(address, {
      method: method, headers: all, body: body, redirect: 'manual', cache: 'no-store', signal: panel.signal
    });
    // What the server has already need not be sent again.
    if (answer.ok || answer.status === 409 && answer.headers.has('Upload-Offset')) { return answer; }
    if (answer.type === 'opaqueredirect' || answer.status === 403 && csrf) {
      throw told('Sesi Anda sudah berakhir. Muat ulang halaman ini, masuk lagi, lalu pilih berkas yang sama: pengiriman dilanjutkan.');
    }
    if (answer.status === 404 && address !== form.querySelector('[data-pieces]').dataset.pieces) {
      throw Object.assign(new Error('gone'), { gone: true });
    }
    if (answer.status < 500 && [408, 409, 423, 429].indexOf(answer.status) < 0 || answer.status === 507) {
      throw told(await answer.text() || 'Server menolak berkas ini.');
    }
    throw new Error('later');
  }

  function offsetOf(answer) {
    var text = answer.headers.get('Upload-Offset');
    if (!/^[0-9]+$/.test(text || '')) { throw new Error('no offset'); }
    return Number(text);
  }
  function told(words) { return Object.assign(new Error(words), { told: words }); }
  function pause(time, signal) {
    return new Promise(function (done) {
      setTimeout(done, time);
      window.addEventListener('online', done, { once: true });
      signal.addEventListener('abort', done);
    });
  }
  function base64(text) {
    var letters = '';
    new TextEncoder().encode(text).forEach(function (byte) { letters += String.fromCharCode(byte); });
    return btoa(letters);
  }
  // Where storage is shut off, an upload is only not gone on with after a reload.
  function recall(key) { try { return sessionStorage.getItem(key); } catch (error) { return null; } }
  function remember(key, place) {
    try {
      if (place) { sessionStorage.setItem(key, place); } else { sessionStorage.removeItem(key); }
    } catch (error) { /* as above */ }
  }

  // Shows how far a file has come, and says it to those who do not see it, but not at every step.
  function showPanel(input) {
    var stop = new AbortController();
    var box = document.createElement('div');
    var words = document.createElement('p');
    var bar = document.createElement('progress');
    var button = document.createElement('button');
    box.className = 'sending';
    words.setAttribute('role', 'status');
    words.setAttribute('aria-live', 'polite');
    bar.max = 100;
    bar.setAttribute('aria-label', 'Kemajuan pengiriman berkas');
    button.type = 'button';
    button.textContent = 'Hentikan pengiriman';
    document.querySelectorAll('.sending').forEach(function (old) { old.remove(); });
    box.append(words, bar, button);
    input.insertAdjacentElement('afterend', box);
    var said = -1;
    var panel = { button: button, name: '', signal: stop.signal, stopped: false };
    panel.say = function (text) { words.textContent = text; said = -1; };
    panel.show = function (done, all) {
      var percent = Math.floor(100 * done / all);
      bar.value = percent;
      bar.textContent = percent + '%';
      if (said < 0 || percent - said >= 5) {
        said = percent;
        words.textContent = 'Mengirim ' + panel.name + ': ' + percent + '%' + (done === all ? ', memeriksa berkas…' : '');
      }
    };
    panel.end = function (text) {
      words.textContent = panel.stopped ? 'Pengiriman dihentikan. Tekan tombol kirim lagi untuk melanjutkan.' : text;
      button.remove();
    };
    button.addEventListener('click', function () { panel.stopped = true; stop.abort(); });
    return panel;
  }
})();
