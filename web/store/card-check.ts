import type { Card } from "../api/card-api.ts";

export type CardBrand = "visa" | "mastercard" | "amex" | "discover" | "jcb" | "unionpay";

interface BrandRule {
  brand: CardBrand;
  begins: RegExp;
  digits: readonly number[];
  /** How the figures stand in groups on the card. */
  groups: readonly number[];
  cvc: number;
}

const FOURS = [4, 4, 4, 4, 3];
/** ISO/IEC 7812 ranges of the networks that Stripe takes. */
const BRANDS: readonly BrandRule[] = [
  { brand: "visa", begins: /^4/, digits: [13, 16, 19], groups: FOURS, cvc: 3 },
  {
    brand: "mastercard",
    begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    digits: [16],
    groups: FOURS,
    cvc: 3,
  },
  { brand: "amex", begins: /^3[47]/, digits: [15], groups: [4, 6, 5], cvc: 4 },
  { brand: "discover", begins: /^(6011|65|64[4-9])/, digits: [16, 19], groups: FOURS, cvc: 3 },
  { brand: "jcb", begins: /^35(2[89]|[3-8])/, digits: [16, 19], groups: FOURS, cvc: 3 },
  { brand: "unionpay", begins: /^62/, digits: [16, 17, 18, 19], groups: FOURS, cvc: 3 },
];

export type CardFault = "missing" | "number" | "expiry" | "past" | "cvc";
export type CardFaults = Partial<Record<keyof Card, CardFault>>;

export const EMPTY_CARD: Card = { number: "", expiry: "", cvc: "", name: "" };

export function brandOf(number: string): CardBrand | undefined {
  return ruleOf(digitsOf(number))?.brand;
}

/** How many figures the security code of a card has. */
export function cvcLength(number: string): number {
  return ruleOf(digitsOf(number))?.cvc ?? 3;
}

/** A card's number in the groups that its card shows. */
export function groupNumber(text: string): string {
  const digits = digitsOf(text).slice(0, 19);
  const groups: string[] = [];
  let at = 0;
  for (const length of ruleOf(digits)?.groups ?? FOURS) {
    if (at >= digits.length) break;
    groups.push(digits.slice(at, at += length));
  }
  return groups.join(" ");
}

/** `MM/YY` out of what is typed or filled in (`1230`, `12/2030`, `1 / 30`). */
export function groupExpiry(text: string): string {
  const [first = "", second] = text.split(/[/\-.\s]+/);
  const month = digitsOf(first);
  if (second !== undefined) {
    // One digit and a divider is a month below ten.
    const year = digitsOf(second);
    const whole = month.length === 1 ? `0${month}` : month.slice(0, 2);
    return `${whole}/${year.length > 2 ? year.slice(-2) : year}`;
  }
  if (/^[2-9]/.test(month)) return `0${month.slice(0, 1)}/${month.slice(1, 3)}`;
  if (month.length <= 2) return month;
  return `${month.slice(0, 2)}/${month.length > 4 ? month.slice(-2) : month.slice(2)}`;
}

/** What is wrong with a card, before its issuer is asked. */
export function cardFaults(card: Card, nowMs: number): CardFaults {
  const faults: CardFaults = {};
  const digits = digitsOf(card.number);
  if (digits === "") faults.number = "missing";
  else if (!isNumber(digits)) faults.number = "number";
  const expiry = /^(\d{2})\/(\d{2})$/.exec(card.expiry);
  if (card.expiry.trim() === "") faults.expiry = "missing";
  else if (!expiry || Number(expiry[1]) < 1 || Number(expiry[1]) > 12) faults.expiry = "expiry";
  // A card is good to the end of its month, wherever that is.
  else if (Date.UTC(2000 + Number(expiry[2]), Number(expiry[1]), 1, 12) < nowMs) {
    faults.expiry = "past";
  }
  if (card.cvc === "") faults.cvc = "missing";
  else if (!new RegExp(`^\\d{${cvcLength(digits)}}$`).test(card.cvc)) faults.cvc = "cvc";
  if (card.name.trim() === "") faults.name = "missing";
  return faults;
}

function isNumber(digits: string): boolean {
  const rule = ruleOf(digits);
  const hasLength = rule ? rule.digits.includes(digits.length) : /^\d{12,19}$/.test(digits);
  return hasLength && isLuhn(digits);
}

/** ISO/IEC 7812-1 annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const doubled = Number(digits.at(-1 - i)) * (i % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function ruleOf(digits: string): BrandRule | undefined {
  return BRANDS.find(({ begins }) => begins.test(digits));
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, "");
}
