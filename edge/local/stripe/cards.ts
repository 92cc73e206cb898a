import { type FormMap, textOf } from "./form.ts";
import { cardError, invalidRequest } from "./stripe-refusal.ts";

/** What becomes of a payment with a test card (https://docs.stripe.com/testing). */
export interface TestSource {
  /** Card number, or the account number of a bank debit. */
  number: string;
  /** Named payment methods, as API tests use them. */
  name: string;
  kind: "card" | "us_bank_account";
  /** The issuer's refusal, if any: Stripe's `code`, `decline_code` and words. */
  decline?: { code: string; decline_code: string; message: string };
  /** The holder must approve on a page of the bank first. */
  needsHolder?: boolean;
  /** Disputed by its holder as soon as it is paid. */
  isDisputed?: boolean;
  /** Refunds seem to succeed and fail later. */
  refundFails?: boolean;
}

const declined = (decline_code: string, message: string, code = "card_declined") => ({
  decline: { code, decline_code, message },
});

const SOURCES: readonly TestSource[] = [
  { number: "4242424242424242", name: "pm_card_visa", kind: "card" },
  { number: "5555555555554444", name: "pm_card_mastercard", kind: "card" },
  { number: "378282246310005", name: "pm_card_amex", kind: "card" },
  {
    number: "4000000000000002",
    name: "pm_card_visa_chargeDeclined",
    kind: "card",
    ...declined("generic_decline", "Your card was declined."),
  },
  {
    number: "4000000000009995",
    name: "pm_card_visa_chargeDeclinedInsufficientFunds",
    kind: "card",
    ...declined("insufficient_funds", "Your card has insufficient funds."),
  },
  {
    number: "4000000000000069",
    name: "pm_card_chargeDeclinedExpiredCard",
    kind: "card",
    ...declined("expired_card", "Your card has expired.", "expired_card"),
  },
  {
    number: "4000000000000127",
    name: "pm_card_chargeDeclinedIncorrectCvc",
    kind: "card",
    ...declined("incorrect_cvc", "Your card's security code is incorrect.", "incorrect_cvc"),
  },
  {
    number: "4000002500003155",
    name: "pm_card_authenticationRequiredOnSetup",
    kind: "card",
    needsHolder: true,
  },
  {
    number: "4000002760003184",
    name: "pm_card_authenticationRequired",
    kind: "card",
    needsHolder: true,
  },
  {
    number: "4000008260003178",
    name: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    kind: "card",
    needsHolder: true,
    ...declined("insufficient_funds", "Your card has insufficient funds."),
  },
  { number: "4000000000000259", name: "pm_card_createDispute", kind: "card", isDisputed: true },
  { number: "4000000000005126", name: "pm_card_refundFail", kind: "card", refundFails: true },
  { number: "000123456789", name: "pm_usBankAccount_success", kind: "us_bank_account" },
  {
    number: "000222222227",
    name: "pm_usBankAccount_insufficientFunds",
    kind: "us_bank_account",
    ...declined(
      "insufficient_funds",
      "The account has insufficient funds.",
      "debit_not_authorized",
    ),
  },
];

/** What a kept number stands for. */
export function sourceOf(number: string): TestSource {
  const source = SOURCES.find((one) => one.number === number);
  if (!source) throw new Error("only numbers of SOURCES are kept");
  return source;
}

/** The source that a confirmation names: a test payment method, or a card's data. */
export function readSource(name: string | undefined, data: FormMap): TestSource | undefined {
  if (name !== undefined) {
    const found = SOURCES.find((one) => one.name === name);
    if (!found) {
      throw invalidRequest(`No such PaymentMethod: '${name}'`, {
        code: "resource_missing",
        param: "payment_method",
      });
    }
    return found;
  }
  const kind = data.type;
  if (kind === undefined) return undefined;
  if (kind !== "card" && kind !== "us_bank_account") {
    throw invalidRequest(`The payment method type "${textOf(kind)}" is invalid.`, {
      param: "payment_method_data[type]",
    });
  }
  const details = data[kind];
  const given = typeof details === "object" && !Array.isArray(details) ? details : {};
  const number = textOf(given[kind === "card" ? "number" : "account_number"])
    .replaceAll(/[\s-]/g, "");
  if (kind === "card") checkCard(number, given);
  const found = SOURCES.find((one) => one.kind === kind && one.number === number);
  if (!found) {
    throw cardError("Your card was declined. Only test cards are taken here.", {
      code: "card_declined",
      decline_code: "live_mode_test_card",
      param: "number",
    });
  }
  return found;
}

function checkCard(number: string, card: FormMap): void {
  const refuse = (code: string, message: string, field: string) =>
    cardError(message, { code, param: field });
  if (!/^\d{12,19}$/.test(number) || !isLuhn(number)) {
    throw refuse("incorrect_number", "Your card number is incorrect.", "number");
  }
  const month = Number(card.exp_month);
  const year = Number(card.exp_year);
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw refuse("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  }
  const fullYear = year < 100 ? 2000 + year : year;
  const endsAt = Date.UTC(fullYear, month, 1);
  if (!Number.isInteger(year) || !(endsAt > Date.now()) || fullYear > 2100) {
    throw refuse("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  }
  if (card.cvc !== undefined && !/^\d{3,4}$/.test(textOf(card.cvc))) {
    throw refuse("invalid_cvc", "Your card's security code is invalid.", "cvc");
  }
}

/** ISO/IEC 7812-1 annex B. */
function isLuhn(number: string): boolean {
  let sum = 0;
  for (const [i, digit] of Array.from(number).toReversed().entries()) {
    const doubled = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
