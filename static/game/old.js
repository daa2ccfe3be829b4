// Read by every browser, also very old ones: no module, no newer syntax here. Who lacks what the game needs is told so.
(function () {
  var css = /** @type {any} */ (window).CSS;
  var isNew = 'createImageBitmap' in window && 'structuredClone' in window && css && css.supports && css.supports('height: 1svh');
  if (isNew) return;
  document.documentElement.setAttribute('data-old', '');
  /** @type {HTMLElement} */ (document.getElementById('old')).hidden = false;
  /** @type {HTMLElement} */ (document.getElementById('start')).hidden = true;
}());
