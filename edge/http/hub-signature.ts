import { checkHubRequest } from "../../shared/hub.ts";
import { createHmac } from "../platform/hmac.ts";

/**
 * A check that a request was signed by the hub for the edge (shared/hub.ts). What the hub asks for
 * is harmless to ask twice, so nonces are not remembered.
 */
export function hubSignatureCheck(
  secret: string,
  now: () => number,
): (request: Request, body: string) => Promise<boolean> {
  const hmac = createHmac(secret);
  return async (request, body) => {
    const { pathname, search } = new URL(request.url);
    const verdict = await checkHubRequest(
      { audience: "edge", method: request.method, path: pathname + search, body },
      request.headers,
      now() / 1_000,
      hmac,
    );
    return verdict.ok;
  };
}
