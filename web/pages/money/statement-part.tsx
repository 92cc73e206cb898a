import { useEffect, useMemo } from "preact/hooks";
import type { StatementRole } from "../../../shared/ledger.ts";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { createStatement } from "../../store/statement.ts";
import { formatMoney, formatStay } from "../../text/format.ts";
import { formatMoment } from "../../text/format-time.ts";
import { accountWords, kindWords, words } from "./money-words.ts";

/** What moved, with its sums, and all of it to take away. */
export function StatementPart({ side }: { side: StatementRole }) {
  const { http, platform } = useApp();
  const { locale } = platform;
  const statement = useMemo(() => createStatement(http, side), [http, side]);
  useEffect(() => void statement.more(), [statement]);
  const totals = statement.totals.value;
  const error = statement.error.value;
  const isReading = statement.isReading.value;
  return (
    <section class="stack" aria-labelledby="statement">
      <div class="row between">
        <h2 id="statement">{words.statement}</h2>
        <a href={`/api/statements.csv?role=${side}`} download>{words.csv}</a>
      </div>
      {!totals && isReading && <div class="skeleton" style={{ height: "220px" }} />}
      {totals?.length === 0 && <p class="muted">{words.none}</p>}
      {totals && totals.length > 0 && (
        <>
          <dl class="money-totals num">
            {totals.map(({ currency, closingMinor }) => (
              <div key={currency}>
                <dt>{words.balance}</dt>
                <dd>{formatMoney(closingMinor, currency, locale)}</dd>
              </div>
            ))}
          </dl>
          <div class="money-scroll">
            <table class="money-table">
              <thead>
                <tr>
                  <th scope="col">{words.day}</th>
                  <th scope="col">{words.what}</th>
                  <th scope="col">{words.stay}</th>
                  <th scope="col" class="amount">{words.amount}</th>
                </tr>
              </thead>
              <tbody>
                {statement.items.value.map((item) => (
                  <tr key={item.transferId + item.account}>
                    <td>
                      <time dateTime={item.at}>
                        {formatMoment(item.at, platform.now(), locale)}
                      </time>
                    </td>
                    <td>
                      {kindWords[item.kind]}
                      {accountWords[item.account] && `, ${accountWords[item.account]}`}
                    </td>
                    <td>
                      <a href={`/bookings/${item.bookingId}`}>
                        {item.dockName}, {formatStay(item.from, item.to, locale)}
                      </a>
                    </td>
                    <td class="amount num">
                      {formatMoney(item.amountMinor, item.currency, locale)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {error !== undefined && <FailureBox error={error} onRetry={() => void statement.more()} />}
      {totals && statement.hasMore.value && (
        <div>
          <button
            type="button"
            class="button"
            aria-disabled={isReading}
            onClick={() => void statement.more()}
          >
            {words.more}
          </button>
        </div>
      )}
    </section>
  );
}
