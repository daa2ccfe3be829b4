// @ts-check
/** The boss's own face, where a brand has sent one. */

/** @param {Blob} picture @returns {Promise<string>} */
const asAddress = (picture) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(picture);
});

/**
 * A data address, since drawings in an atlas may fetch nothing; empty when there is no picture or it does not
 * come: then he is drawn as the rest of his look says.
 * @param {import('./look.js').Theme | null | undefined} theme
 */
export async function fetchPicture(theme) {
  const id = theme?.boss?.picture;
  if (!id) return '';
  try {
    const answer = await fetch(`/pictures/${id}`);
    return answer.ok ? await asAddress(await answer.blob()) : '';
  } catch {
    return '';
  }
}
