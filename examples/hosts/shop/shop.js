// The shop's own part: the game inside a component's shadow root, and a word to whoever has played.
customElements.define('shop-game', class extends HTMLElement {
  connectedCallback() {
    window.popshot.mount(this.attachShadow({ mode: 'open' }).appendChild(document.createElement('div')), { ...this.dataset });
  }
});

window.popshot.on('finished', ({ score }) => {
  const cheer = document.getElementById('cheer');
  cheer.textContent = `${score.toLocaleString('de')} Punkte! Der Kobold zieht den Hut.`;
  cheer.hidden = false;
});
