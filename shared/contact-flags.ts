import type { MessageFlag } from "./chat.ts";

/*
 * Fraud on marketplaces begins by leading the talk and the money elsewhere. What is found here is
 * flagged and never refused: a harbour's VHF channel and a bridge's telephone are asked for honestly.
 */

const EMAIL = /[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+\s*(?:\.|\(dot\)|\[dot\])\s*[a-z]{2,}/i;
const MESSENGER =
  /\b(?:whats\s?app|wechat|viber|telegram|t\.me\/|wa\.me\/|signal\.me\/|line\s?id\b|skype)/i;
/** Nine digits or more, as telephones are written; see `isPhone` for what is none. */
const DIGITS = /(?:\+|\b00)?\(?\d[\d\s()./-]{7,}\d/g;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"]+/i;
const PAYMENT_LINK =
  /\b(?:paypal\.(?:me|com)|venmo\.com|cash\.app|revolut\.me|wise\.com\/pay|buy\.stripe\.com|pay\.google\.com)\b/i;
const PAYMENT_WORD =
  /\b(?:western union|moneygram|paypal|venmo|zelle|revolut|cash\s?app|bank transfer|wire transfer|gift cards?|bitcoin|btc|usdt)\b/i;
/** ISO 13616: two letters, two check digits, 11 to 30 letters and digits, in groups or not. */
const IBAN = /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b/g;

/** What a text holds that leads away from here, each once; empty for nothing. */
export function textFlags(text: string): MessageFlag[] {
  const plain = text.normalize("NFKC");
  const isPayment = PAYMENT_LINK.test(plain) || PAYMENT_WORD.test(plain) || hasIban(plain);
  const flags: MessageFlag[] = [];
  if (EMAIL.test(plain) || MESSENGER.test(plain) || hasPhone(plain)) flags.push("contact");
  if (isPayment) flags.push("payment");
  if (LINK.test(plain)) flags.push("link");
  return flags;
}

function hasPhone(text: string): boolean {
  const withoutIbans = text.replace(IBAN, " ");
  return [...withoutIbans.matchAll(DIGITS)].some(([found]) => isPhone(found));
}

/** Dates (2027-07-03 – 2027-07-10) and positions (41.49012, -71.32011) are no telephones. */
function isPhone(found: string): boolean {
  const digits = found.replace(/\D/g, "");
  if (digits.length < 9 || digits.length > 15) return false;
  if (/\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(found)) return false;
  if (/\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(found)) return false;
  return !/^-?\d{1,3}\.\d{4,}/.test(found);
}

/** The check digits (ISO 7064, MOD 97-10) tell an account from any other row of letters. */
function hasIban(text: string): boolean {
  return [...text.toUpperCase().matchAll(IBAN)].some(([found]) => {
    const compact = found.replace(/[ -]/g, "");
    // A word that follows belongs to the match: try every length an account can have.
    for (let length = Math.min(34, compact.length); length >= 15; length--) {
      if (isIban(compact.slice(0, length))) return true;
    }
    return false;
  });
}

function isIban(compact: string): boolean {
  let rest = 0;
  for (const sign of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}
