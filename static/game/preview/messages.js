// @ts-check
/** What the form beside the frame tells the page in it, heard from our own page alone. */

/**
 * As the form has it, whatever of it is filled in. `theme.texts` are {locale: {key: text}}.
 * @typedef {{theme?: Record<string, any>, titles?: Record<string, string>, brand?: string, scheme?: string}} Draft
 */

const NAME = 'popshot:preview';

/**
 * Call `take` for every draft that comes from the page around this one, and let that page know that we listen. A page
 * that stands alone hears nobody.
 * @param {(draft: Draft) => void} take @param {Window} [page]
 */
export function hearForm(take, page = window) {
  const { parent, location: { origin } } = page;
  if (parent === page) return;
  page.addEventListener('message', ({ source, origin: from, data }) => {
    if (source !== parent || from !== origin || data?.name !== NAME || typeof data.draft !== 'object' || !data.draft) return;
    take(data.draft);
  });
  parent.postMessage({ name: `${NAME}:ready` }, origin);
}
