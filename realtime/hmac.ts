import type { Hmac } from "../shared/hub.ts";

/** HMAC-SHA256 under a secret by WebCrypto, lower-case hex. The key is imported once. */
export function createHmac(secret: string): Hmac {
  const encoder = new TextEncoder();
  const key = crypto.subtle.importKey(
    "raw",
    encoder.encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  return async (text) => {
    const bytes = await crypto.subtle.sign("HMAC", await key, encoder.encode(text));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
}
