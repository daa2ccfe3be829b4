// @ts-check
/**
 * A call as a simple request, which needs no preflight: a frame sandboxed to scripts has no origin for which a browser
 * would keep the answer to one, so that every call would go twice. The twin of server/simple_request.py.
 */

/** @typedef {{method: string, headers: Record<string, string>, body?: string}} Dressed */

/** What stands in headers goes into the body; what asks for nothing but an answer stays as it is. @template {Dressed} T @param {T} request */
export function simplify(request) {
  const { method, headers: { Authorization, Altcha, ...headers }, body = '{}' } = request;
  if (method === 'GET' && !Authorization && !Altcha) return request;
  delete headers['Content-Type']; // a text as body is text/plain
  const bearer = Authorization?.replace('Bearer ', '');
  return { ...request, method: 'POST', headers, body: JSON.stringify({ ...JSON.parse(body), method, bearer, altcha: Altcha }) };
}
