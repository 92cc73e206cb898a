import type { CardBrand, CardFault } from "../store/card-check.ts";

export const brandWords: Record<CardBrand, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  jcb: "JCB",
  unionpay: "UnionPay",
};

export const cardFaultWords: Record<CardFault, string> = {
  missing: "This is still missing.",
  number: "This number is not a card's. Look at it once more.",
  expiry: "Month and year, as on the card: 08/31.",
  past: "This card has expired.",
  cvc: "The figures on the card's back; four on the front of American Express.",
};

const NOTHING = "Nothing was charged.";

/** What a provider's code means, and what to do about it. Codes are Stripe's. */
const REFUSALS: Record<string, string> = {
  generic_decline: `The bank declined this card. ${NOTHING} Try another card, or ask your bank.`,
  insufficient_funds: `There is not enough money on this card. ${NOTHING} Try another card.`,
  lost_card: `The bank declined this card. ${NOTHING} Try another card, or ask your bank.`,
  stolen_card: `The bank declined this card. ${NOTHING} Try another card, or ask your bank.`,
  expired_card: `This card has expired. ${NOTHING} Use another card.`,
  incorrect_cvc: `The security code is wrong. ${NOTHING} Look at the card once more.`,
  invalid_cvc: `The security code is wrong. ${NOTHING} Look at the card once more.`,
  incorrect_number: `The card's number is wrong. ${NOTHING} Look at the card once more.`,
  invalid_number: `The card's number is wrong. ${NOTHING} Look at the card once more.`,
  invalid_expiry_month: `The card's month is wrong. ${NOTHING}`,
  invalid_expiry_year: `The card's year is wrong. ${NOTHING}`,
  live_mode_test_card: `Only test cards are taken here. ${NOTHING}`,
  processing_error: `The bank could not work on it just now. ${NOTHING} Try once more.`,
  payment_intent_authentication_failure:
    `Your bank did not approve it. ${NOTHING} Try once more, or use another card.`,
};

export function refusalWords(code: string): string {
  return REFUSALS[code] ?? `The card was not taken. ${NOTHING} Try another card.`;
}
