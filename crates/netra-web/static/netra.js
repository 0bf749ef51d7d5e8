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
})();
