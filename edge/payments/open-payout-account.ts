import type { PayoutAccountAnswer } from "../../shared/payment.ts";
import type { Person } from "../identity/identity.ts";
import { cardPayments, toProblem } from "./open-payment.ts";
import type { PaymentDeps } from "./payment-deps.ts";
import { accountState, findKeptAccount, saveAccount } from "./payout-queries.ts";

/**
 * Where a host's money will go: opens their account at the provider, or asks how it stands, and
 * answers the provider's page for what is still missing.
 */
export async function openPayoutAccount(
  deps: PaymentDeps,
  person: Person,
): Promise<PayoutAccountAnswer> {
  const { sql, config } = deps;
  const payments = cardPayments(deps.payments);
  try {
    const kept = await findKeptAccount(sql, person.id);
    const account = kept
      ? await payments.findAccount(kept.accountId)
      : await payments.openAccount({ personId: person.id, email: person.email });
    await saveAccount(sql, person.id, account);
    if (account.isReady) return { account: "ready", url: null };
    const url = await payments.onboardingUrl({
      accountId: account.id,
      returnUrl: `${config.publicUrl}/payouts?onboarding=done`,
      refreshUrl: `${config.publicUrl}/payouts?onboarding=again`,
    });
    return { account: accountState(account), url };
  } catch (error) {
    throw toProblem("Cannot open payout account", error);
  }
}
