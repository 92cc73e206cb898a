/** What every answer carries, by names in lower case. */
export function headersOfAll(publicUrl: string): Record<string, string> {
  const headers: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
  };
  if (publicUrl.startsWith("https://")) {
    headers["strict-transport-security"] = "max-age=31536000";
  }
  return headers;
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(?=:|$)/;

/**
 * The policy of pages (CSP level 3): nothing from elsewhere but the hub's sockets, the object
 * store's pictures and uploads, and the payment provider. `scripts` are hashes of the page's own
 * inline scripts.
 */
export function contentPolicy(
  parts: {
    hubHost: string;
    blobsEndpoint: string;
    stripe: { apiUrl: string | undefined } | undefined;
    scripts: readonly string[];
  },
): string {
  const hub = hostSpellings(parts.hubHost).flatMap((host) => [`ws://${host}`, `wss://${host}`]);
  const hubSources = LOOPBACK.test(parts.hubHost) ? hub : [`wss://${parts.hubHost}`];
  const blobs = new URL(parts.blobsEndpoint).origin;
  const pay = paymentSources(parts.stripe);
  return [
    "default-src 'self'",
    ["script-src 'self'", ...parts.scripts, ...pay.script].join(" "),
    // Leaflet places its tiles and markers by style attributes.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${blobs}`,
    ["connect-src 'self'", blobs, ...hubSources, ...pay.connect].join(" "),
    ...(pay.frame.length > 0 ? [`frame-src ${pay.frame.join(" ")}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What Stripe.js needs (https://docs.stripe.com/security/guide#content-security-policy). */
const STRIPE_JS = ["https://js.stripe.com", "https://*.js.stripe.com"];

function paymentSources(stripe: { apiUrl: string | undefined } | undefined) {
  if (!stripe) return { script: [], connect: [], frame: [] };
  if (stripe.apiUrl !== undefined) return { script: [], connect: [stripe.apiUrl], frame: [] };
  return {
    script: STRIPE_JS,
    connect: ["https://api.stripe.com"],
    frame: [...STRIPE_JS, "https://hooks.stripe.com"],
  };
}

// A page opened as localhost talks to 127.0.0.1 and the other way about.
function hostSpellings(host: string): string[] {
  if (!LOOPBACK.test(host)) return [host];
  return ["localhost", "127.0.0.1"].map((name) => host.replace(LOOPBACK, name));
}
