import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { S3Error } from "./s3-error.ts";

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** The parts of a request that its signature covers. */
export interface SignedRequest {
  method: string;
  /** Path and query as they were sent. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
}

const algorithm = "AWS4-HMAC-SHA256";
const longestExpirySeconds = 7 * 24 * 3600;
const toleranceSeconds = 15 * 60;

interface Claim {
  credential: string;
  signedHeaders: string[];
  signature: string;
  timestamp: string;
  payloadHash: string;
  expiresSeconds: number | undefined;
}

/**
 * Checks an AWS Signature Version 4, in the header or in the query (a presigned URL), and returns
 * the payload's hash that it covers: 64 hex digits, or `UNSIGNED-PAYLOAD`.
 *
 * @throws {S3Error} with the codes that S3 itself answers (AWS, "Authenticating Requests").
 */
export function checkSignature(
  request: SignedRequest,
  credentials: S3Credentials,
  nowMs: number,
): string {
  const url = new URL(request.url, "http://s3");
  const isPresigned = url.searchParams.has("X-Amz-Signature");
  const claim = isPresigned ? fromQuery(url.searchParams) : fromHeader(request.headers);
  const date = claim.timestamp.slice(0, 8);
  const scope = `${date}/${credentials.region}/s3/aws4_request`;
  if (claim.credential.split("/")[0] !== credentials.accessKeyId) {
    throw new S3Error(403, "InvalidAccessKeyId", "The access key does not exist in our records.");
  }
  if (claim.credential !== `${credentials.accessKeyId}/${scope}`) {
    throw new S3Error(
      403,
      "AuthorizationHeaderMalformed",
      `The credential's scope must be ${scope}.`,
    );
  }
  checkTime(claim, nowMs);
  checkHeadersAreSigned(request.headers, claim.signedHeaders);
  const canonical = [
    request.method,
    canonicalPath(url.pathname),
    canonicalQuery(url.search.slice(1)),
    ...claim.signedHeaders.map((name) =>
      `${name}:${(request.headers[name] ?? "").trim().replace(/ +/g, " ")}`
    ),
    "",
    claim.signedHeaders.join(";"),
    claim.payloadHash,
  ].join("\n");
  const toSign = [algorithm, claim.timestamp, scope, sha256(canonical)].join("\n");
  let key: Buffer = Buffer.from(`AWS4${credentials.secretAccessKey}`);
  for (const part of scope.split("/")) key = hmac(key, part);
  const expected = hmac(key, toSign);
  const given = Buffer.from(claim.signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new S3Error(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    );
  }
  return claim.payloadHash;
}

function fromHeader(headers: SignedRequest["headers"]): Claim {
  const authorization = headers.authorization;
  if (authorization === undefined) {
    throw new S3Error(403, "AccessDenied", "Anonymous requests are not allowed.");
  }
  const parts = new Map(
    [...authorization.matchAll(/(Credential|SignedHeaders|Signature)=([^,\s]+)/g)]
      .map(([, name = "", value = ""]) => [name, value] as const),
  );
  const [credential, signedHeaders, signature] = ["Credential", "SignedHeaders", "Signature"]
    .map((name) => parts.get(name));
  const timestamp = headers["x-amz-date"];
  const payloadHash = headers["x-amz-content-sha256"];
  const isComplete = authorization.startsWith(`${algorithm} `) && credential && signedHeaders &&
    signature && timestamp && payloadHash;
  if (!isComplete) {
    throw new S3Error(400, "AuthorizationHeaderMalformed", "A part of the signature is missing.");
  }
  return {
    credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    timestamp,
    payloadHash,
    expiresSeconds: undefined,
  };
}

function fromQuery(query: URLSearchParams): Claim {
  const read = (name: string) => {
    const value = query.get(`X-Amz-${name}`);
    if (value) return value;
    throw new S3Error(400, "AuthorizationQueryParametersError", `X-Amz-${name} is missing.`);
  };
  const expiresSeconds = Number(read("Expires"));
  const isInRange = expiresSeconds > 0 && expiresSeconds <= longestExpirySeconds;
  if (read("Algorithm") !== algorithm || !isInRange) {
    throw new S3Error(
      400,
      "AuthorizationQueryParametersError",
      "X-Amz-Algorithm or X-Amz-Expires is not valid.",
    );
  }
  return {
    credential: read("Credential"),
    signedHeaders: read("SignedHeaders").split(";"),
    signature: read("Signature"),
    timestamp: read("Date"),
    payloadHash: query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresSeconds,
  };
}

function checkTime(claim: Claim, nowMs: number): void {
  const iso = claim.timestamp.replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    "$1-$2-$3T$4:$5:$6Z",
  );
  const ageSeconds = (nowMs - Date.parse(iso)) / 1000;
  if (Number.isNaN(ageSeconds)) {
    throw new S3Error(403, "AccessDenied", "The date of the request is not valid.");
  }
  if (claim.expiresSeconds !== undefined && ageSeconds > claim.expiresSeconds) {
    throw new S3Error(403, "AccessDenied", "Request has expired");
  }
  const tooOld = claim.expiresSeconds === undefined && ageSeconds > toleranceSeconds;
  if (tooOld || ageSeconds < -toleranceSeconds) {
    throw new S3Error(
      403,
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
    );
  }
}

/** Or somebody could add a header to a request that another signed. */
function checkHeadersAreSigned(headers: SignedRequest["headers"], signed: string[]): void {
  const needed = Object.keys(headers).filter((name) => name.startsWith("x-amz-"));
  const missing = ["host", ...needed].find((name) => !signed.includes(name));
  if (missing !== undefined) {
    throw new S3Error(
      403,
      "AccessDenied",
      `There were headers present in the request which were not signed: ${missing}`,
    );
  }
}

/** S3 encodes a path once, unlike AWS's other services. */
function canonicalPath(path: string): string {
  return path.split("/").map((segment) => encodeStrictly(decode(segment))).join("/");
}

function canonicalQuery(query: string): string {
  return query.split("&").filter(Boolean)
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [encodeStrictly(decode(name)), encodeStrictly(decode(value.join("=")))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, "InvalidURI", "Could not parse the specified URI.");
  }
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
