/**
 * Currencies without a minor unit of which Stripe wants hundredths all the same
 * (https://docs.stripe.com/currencies#special-cases).
 */
const WHOLE_IN_HUNDREDTHS = new Set(["ISK", "UGX"]);
/** Thousandths, of which Stripe takes only whole tens. */
const THOUSANDTHS = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

/** ISO 4217 minor units as Stripe counts them. @throws {RangeError} for a part that it cannot take. */
export function minorToStripe(minor: number, currency: string): number {
  if (WHOLE_IN_HUNDREDTHS.has(currency)) return minor * 100;
  if (THOUSANDTHS.has(currency) && minor % 10 !== 0) {
    throw new RangeError(`Cannot pay ${minor} of ${currency}: the last digit must be 0`);
  }
  return minor;
}

export function stripeToMinor(amount: number, currency: string): number {
  return WHOLE_IN_HUNDREDTHS.has(currency) ? Math.round(amount / 100) : amount;
}
