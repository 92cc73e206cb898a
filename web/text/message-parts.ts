export interface MessagePart {
  text: string;
  /** Where the text leads; only ever http or https. */
  href?: string;
}

const CANDIDATE = /\bhttps?:\/\/[^\s<>"]+/gi;
/** Marks that turn the direction of text around: an address with them could show another. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** A message's text with the addresses in it told apart, in order; joined they are the text. */
export function messageParts(text: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(CANDIDATE)) {
    const address = withoutTail(found);
    const href = safeHref(address);
    if (href === undefined) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** An address without what belongs to the sentence around it. */
function withoutTail(found: string): string {
  const address = found.replace(/[.,;:!?'’”»*_]+$/, "");
  const isClosed = address.endsWith(")") && !address.includes("(");
  return isClosed ? withoutTail(address.slice(0, -1)) : address;
}

function safeHref(address: string): string | undefined {
  if (TURNS.test(address)) return undefined;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  // `https://dokkerr.com@elsewhere.test` looks like another place than it leads to.
  const isPlain = url.username === "" && url.password === "" && url.hostname.includes(".");
  return isPlain && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
