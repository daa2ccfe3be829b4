// @ts-check
/** The addresses that are handed on. Twin: server/play/share_address.py. */

/**
 * An address of ours: where we are reached, a path that we made, and what is asked for, each value encoded. What is
 * undefined or empty is left out. One more thing to ask for is one more name.
 * @param {string} publicUrl @param {string} path @param {Record<string, string | undefined>} [asked]
 */
export function shareAddress(publicUrl, path, asked = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return publicUrl + path + (query.size ? `?${query}` : '');
}
