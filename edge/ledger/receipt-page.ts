import type { Receipt, ReceiptPayment } from "../../shared/ledger.ts";
import { formatMoney } from "../../shared/money.ts";

/** A receipt as a page that prints on one sheet: no script, nothing from elsewhere. */
export function receiptPage(receipt: Receipt): string {
  const { currency, bookingId, from, to } = receipt;
  const money = (minor: number) => escape(formatMoney(minor, currency, "en"));
  const row = (label: string, minor: number) =>
    `<tr><th scope="row">${escape(label)}</th><td>${money(minor)}</td></tr>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Receipt, ${escape(receipt.dockName)}, ${from} to ${to}</title>
<style>${RECEIPT_STYLE}</style>
</head>
<body>
<header>
<h1>Receipt</h1>
<p>Dokkerr · issued <time datetime="${receipt.issuedAt}">${dayOf(receipt.issuedAt)}</time></p>
</header>
<main>
<dl>
${
    [
      ["Berth", `${receipt.dockName}, ${receipt.harbourName}`],
      ["Nights", `${from} to ${to}`],
      ["Host", receipt.hostName],
      ["Guest", receipt.guestName],
      ["Boat", receipt.boatName],
      ["Booking", bookingId],
      ["State", receipt.status.replaceAll("_", " ")],
    ].map(([term, text]) => `<div><dt>${term}</dt><dd>${escape(text ?? "")}</dd></div>`).join("\n")
  }
</dl>
<table>
<caption>Price</caption>
<tbody>
${receipt.lines.map(({ label, amountMinor }) => row(label, amountMinor)).join("\n")}
</tbody>
<tfoot>
${row("Total", receipt.totalMinor)}
${receipt.depositMinor > 0 ? row("Deposit, beside the total", receipt.depositMinor) : ""}
</tfoot>
</table>
${paymentsPart(receipt, row)}
</main>
</body>
</html>
`;
}

function paymentsPart(receipt: Receipt, row: (label: string, minor: number) => string): string {
  const { payments, chargedMinor, taxMinor, depositHeldMinor, depositKeptMinor } = receipt;
  if (receipt.collection === "at_dock") {
    return "<p>The fee is paid ashore, to the host: this page says the price that was agreed, not " +
      "that it was paid.</p>";
  }
  if (payments.length === 0) return "<p>Nothing has been paid.</p>";
  const onItsWay = receipt.paidMinor - chargedMinor - depositHeldMinor - depositKeptMinor;
  const uses: (readonly [label: string, minor: number])[] = [
    ["For the stay", chargedMinor],
    ["of which tax", taxMinor],
    ["Deposit held", depositHeldMinor],
    ["Deposit kept by the host", depositKeptMinor],
    ["On its way back", Math.max(0, onItsWay)],
    ["Still owed", Math.max(0, -onItsWay)],
  ];
  return `<table>
<caption>Paid by card</caption>
<tbody>
${
    payments.map((one) => row(`${dayOf(one.at)} ${PAYMENT_WORDS[one.kind]}`, one.amountMinor)).join(
      "\n",
    )
  }
</tbody>
<tfoot>
${row("Paid", receipt.paidMinor)}
${uses.filter(([, minor]) => minor !== 0).map(([label, minor]) => row(label, minor)).join("\n")}
</tfoot>
</table>`;
}

const PAYMENT_WORDS: Readonly<Record<ReceiptPayment["kind"], string>> = {
  "capture": "paid",
  "refund": "paid back",
  "refund-failed": "came back from your bank",
  "dispute-lost": "paid back by the bank",
};

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** All that the page looks like; its policy names it by its hash. */
export const RECEIPT_STYLE = `
:root { color-scheme: light; --ink: #10222e; --line: #b8c4cc; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 720px; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; border-bottom: 2px solid var(--ink); }
h1 { margin: 0; font-size: 28px; }
dl { margin: 16px 0; display: grid; gap: 4px; }
dl div { display: grid; grid-template-columns: 96px 1fr; }
dt { color: #45565f; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; margin: 24px 0; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 700; padding-bottom: 4px; }
th { text-align: left; font-weight: 400; overflow-wrap: anywhere; }
td { text-align: right; white-space: nowrap; vertical-align: top; }
th, td { padding: 4px 0; border-top: 1px solid var(--line); }
tfoot th, tfoot td { font-weight: 700; }
@page { margin: 18mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } table, dl { break-inside: avoid; } }
`;
