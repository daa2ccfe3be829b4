// @ts-check
/** Where a link can be sent: each a plain link to somebody else's page or program, nothing of theirs runs here. */

/** @typedef {import('../share.js').Link} Link */
/** @typedef {{id: string, name: string, to: (link: Link) => string}} Way `name` is a text's key when it begins with "sharing." */

/** A query as any program reads it: a space is %20, never a plus. @param {Record<string, string>} asked */
const ask = (asked) => Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

/** @type {readonly Way[]} */
export const WAYS = Object.freeze([
  { id: 'whatsapp', name: 'WhatsApp', to: ({ text, url }) => `https://wa.me/?${ask({ text: `${text} ${url}` })}` },
  { id: 'telegram', name: 'Telegram', to: ({ text, url }) => `https://t.me/share/url?${ask({ url, text })}` },
  { id: 'sms', name: 'sharing.sms', to: ({ text, url }) => `sms:?&${ask({ body: `${text} ${url}` })}` }, // iOS reads after &, Android after ?
  { id: 'email', name: 'sharing.email', to: ({ title, text, url }) => `mailto:?${ask({ subject: title, body: `${text}\r\n${url}` })}` },
  { id: 'facebook', name: 'Facebook', to: ({ url }) => `https://www.facebook.com/sharer/sharer.php?${ask({ u: url })}` },
  { id: 'x', name: 'X', to: ({ text, url }) => `https://x.com/intent/post?${ask({ text, url })}` },
  { id: 'linkedin', name: 'LinkedIn', to: ({ url }) => `https://www.linkedin.com/sharing/share-offsite/?${ask({ url })}` },
]);

/** What stands on the buttons: paths in a box of 24. @type {Record<string, string>} */
export const MARKS = Object.freeze({
  whatsapp: 'M12 2.6a9.3 9.3 0 0 0-8 14L2.8 21.3l4.8-1.2A9.3 9.3 0 1 0 12 2.6zm0 1.8a7.5 7.5 0 1 1-3.9 13.9l-.4-.2-2.4.6.6-2.3-.3-.4A7.5 7.5 0 0 1 12 4.4zM8.7 7.6c-.9.6-1.2 1.7-.7 3 .9 2.6 3.1 4.8 5.8 5.6 1.2.3 2.3-.2 2.7-1.2.2-.5.1-.7-.2-.9l-1.7-.8c-.3-.1-.5-.1-.7.2l-.6.8c-1.3-.5-2.5-1.6-3.1-2.9l.6-.9c.2-.2.1-.5 0-.7l-.7-1.7c-.2-.5-.8-.9-1.4-.5z',
  telegram: 'M21.4 3.6L2.7 10.9c-.9.4-.9 1 0 1.3l4.7 1.5L18.2 6.9c.5-.3 1-.1.6.2l-8.7 7.9-.3 4.9c.5 0 .7-.2 1-.5l2.3-2.3 4.8 3.6c.9.5 1.5.2 1.7-.8l3.1-14.8c.3-1.3-.5-1.8-1.3-1.5z',
  sms: 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4.3V17H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm3.5 5.2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm4.5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm4.5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z',
  email: 'M3.5 4.5h17A1.5 1.5 0 0 1 22 6v.6l-10 6.2L2 6.6V6a1.5 1.5 0 0 1 1.5-1.5zM2 9v9a1.5 1.5 0 0 0 1.5 1.5h17A1.5 1.5 0 0 0 22 18V9l-10 6.2z',
  facebook: 'M13.9 21.5v-8.3h2.9l.4-3.3h-3.3V7.8c0-1 .3-1.6 1.7-1.6h1.7V3.2c-.3 0-1.3-.1-2.5-.1-2.6 0-4.3 1.5-4.3 4.3v2.5H7.6v3.3h2.9v8.3z',
  x: 'M17.3 3h3.2l-7 8 8.2 10.9h-6.4l-5-6.6-5.8 6.6H1.3l7.5-8.6L.9 3h6.6l4.5 6zm-1.1 17h1.8L6.6 4.8H4.7z',
  linkedin: 'M3.2 8.6h3.7v12H3.2zM5 2.8a2.1 2.1 0 1 1 0 4.3 2.1 2.1 0 0 1 0-4.3zM9.2 8.6h3.5v1.7c.6-1 1.8-2 3.7-2 3.7 0 4.4 2.4 4.4 5.6v6.7h-3.7v-5.9c0-1.5 0-3.3-2-3.3s-2.3 1.5-2.3 3.2v6H9.2z',
});
