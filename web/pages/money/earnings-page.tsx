import { useEffect, useState } from "preact/hooks";
import type { Payouts } from "../../../shared/payment.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { payoutPage, readOwnPayouts } from "../../store/statement.ts";
import { formatMoney } from "../../text/format.ts";
import { formatMoment } from "../../text/format-time.ts";
import { SignedIn } from "../signed-in.tsx";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { words } from "./money-words.ts";
import { StatementPart } from "./statement-part.tsx";
import "./money.css";

/** What a host has earned: paid out, waiting, and each movement of it. */
export default function EarningsPage() {
  useTitle(words.earnings);
  return <SignedIn why={words.why}>{(me) => <Earnings key={me.id} personId={me.id} />}</SignedIn>;
}

function Earnings({ personId }: { personId: string }) {
  const { http, platform, router } = useApp();
  // The provider's page leads back here; the address is read once, and tidied.
  const [backKey] = useState(() =>
    new URLSearchParams(location.search).has("onboarding") ? platform.newKey() : null
  );
  useEffect(() => {
    if (backKey !== null) router.go("/payouts", true);
  }, [backKey, router]);
  const payouts = useResource(personId, (signal) => readOwnPayouts(http, backKey, signal));
  const { value, error } = payouts.state.value;
  return (
    <div class="page stack money-page">
      <p class="back-link">
        <a href="/host">{words.toDesk}</a>
      </p>
      <h1>{words.earnings}</h1>
      <section class="card stack" aria-labelledby="payouts">
        <h2 id="payouts">{words.payouts}</h2>
        {value
          ? <PayoutsPart payouts={value} />
          : error
          ? <FailureBox error={error} onRetry={() => void payouts.load()} />
          : <div class="skeleton" style={{ height: "160px" }} />}
      </section>
      <StatementPart side="host" />
    </div>
  );
}

function PayoutsPart({ payouts: { account, waiting, items } }: { payouts: Payouts }) {
  const { http, platform } = useApp();
  const { locale } = platform;
  const [isOpening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();

  async function open(): Promise<void> {
    setOpening(true);
    setRefusal(undefined);
    try {
      const url = await payoutPage(http, platform.newKey);
      // Where nothing is left to say there is no page: what is known is shown anew.
      location.assign(url ?? "/payouts");
    } catch (error) {
      setRefusal(error);
      setOpening(false);
    }
  }

  return (
    <>
      <p class="muted">{words.payoutText}</p>
      <p>{words.account[account]}</p>
      {account !== "ready" && (
        <div>
          <button
            type="button"
            class="button primary"
            aria-disabled={isOpening}
            onClick={() => isOpening || void open()}
          >
            {isOpening ? words.opening : words.open[account]}
          </button>
        </div>
      )}
      <div aria-live="polite">{refusal !== undefined && <FailureBox error={refusal} />}</div>
      {waiting.length === 0
        ? <p class="muted small">{words.nothingWaiting}</p>
        : (
          <dl class="money-totals num">
            {waiting.map(({ currency, amountMinor }) => (
              <div key={currency}>
                <dt>{words.waiting}</dt>
                <dd>{formatMoney(amountMinor, currency, locale)}</dd>
              </div>
            ))}
          </dl>
        )}
      {items.length > 0 && (
        <table class="money-table">
          <tbody>
            {items.map(({ id, bookingId, createdAt, doneAt, state, amountMinor, currency }) => (
              <tr key={id}>
                <td>
                  <time dateTime={doneAt ?? createdAt}>
                    {formatMoment(doneAt ?? createdAt, platform.now(), locale)}
                  </time>
                </td>
                <td>
                  <a href={`/bookings/${bookingId}`}>{words.state[state]}</a>
                </td>
                <td class="amount num">{formatMoney(amountMinor, currency, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
