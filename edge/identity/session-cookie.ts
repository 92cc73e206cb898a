/** How long a session lives after it was last renewed. */
export const SESSION_SECONDS = 30 * 24 * 3_600;

/** The cookie that a session's token travels in, signed as better-auth signs it. */
export interface SessionCookie {
  name: string;
  /** The token of a request's cookie, null where there is none or its signature is not ours. */
  tokenOf(headers: Headers): Promise<string | null>;
  /** `Set-Cookie` for a token. */
  set(token: string): Promise<string>;
  /** `Set-Cookie` that forgets it. */
  clear(): string;
}

/** The session's cookie: only for us, only over TLS where the public URL has it. */
export function createSessionCookie(
  prefix: string,
  publicUrl: string,
  secret: string,
): SessionCookie {
  const isSecure = publicUrl.startsWith("https://");
  const name = `${isSecure ? "__Secure-" : ""}${prefix}.session_token`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  const encoder = new TextEncoder();
  let key: Promise<CryptoKey> | undefined;
  const hmacKey = () =>
    key ??= crypto.subtle.importKey(
      "raw",
      encoder.encode(secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign", "verify"],
    );
  return {
    name,
    async tokenOf(headers) {
      const value = cookieOf(headers, name);
      const dot = value?.lastIndexOf(".") ?? -1;
      if (value === undefined || dot < 1) return null;
      const token = value.slice(0, dot);
      const signature = base64ToBytes(value.slice(dot + 1));
      if (signature === undefined) return null;
      const isOurs = await crypto.subtle.verify(
        "HMAC",
        await hmacKey(),
        signature,
        encoder.encode(token),
      );
      return isOurs ? token : null;
    },
    async set(token) {
      const bytes = await crypto.subtle.sign("HMAC", await hmacKey(), encoder.encode(token));
      const signature = btoa(String.fromCharCode(...new Uint8Array(bytes)));
      const value = encodeURIComponent(`${token}.${signature}`);
      return `${name}=${value}; Max-Age=${SESSION_SECONDS}; ${attributes}`;
    },
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of (headers.get("Cookie") ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (part.slice(0, equals).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).trim());
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
