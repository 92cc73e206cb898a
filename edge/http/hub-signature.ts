import { checkHubRequest } from "../../shared/hub.ts";

/**
 * A check that a request was signed by the hub for the edge (shared/hub.ts). What the hub asks for
 * is harmless to ask twice, so nonces are not remembered.
 */
export function hubSignatureCheck(
  secret: string,
  now: () => number,
): (request: Request, body: string) => Promise<boolean> {
  const encoder = new TextEncoder();
  let key: Promise<CryptoKey> | undefined;
  const hmac = async (text: string): Promise<string> => {
    key ??= crypto.subtle.importKey(
      "raw",
      encoder.encode(secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", await key, encoder.encode(text)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return async (request, body) => {
    const { pathname, search } = new URL(request.url);
    const asked = {
      audience: "edge",
      method: request.method,
      path: pathname + search,
      body,
    } as const;
    return (await checkHubRequest(asked, request.headers, now() / 1_000, hmac)).ok;
  };
}
