// For browsers that do not know modules: a plain sentence instead of a dead button.
/** @type {HTMLElement} */ (document.getElementById('old')).hidden = false;
/** @type {HTMLElement} */ (document.getElementById('play')).hidden = true;
