// @ts-check
/** A link's secret stands in the fragment, which no server sees: it is sent once, and taken out of the address. */

const said = document.querySelector('[data-welcome-said]');
const secret = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

void openLink();

async function openLink() {
  const answer = await fetch('/backoffice/api/staff/link', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ secret }),
  });
  const told = await answer.json();
  if (answer.ok) location.replace(told.to);
  else fail(told.detail);
}

/** @param {string} sentence */
function fail(sentence) {
  document.querySelector('[data-welcome-wait]')?.classList.add('d-none');
  if (!said) return;
  said.textContent = sentence;
  said.classList.remove('d-none');
}

export {};
