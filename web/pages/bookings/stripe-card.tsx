import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Payment } from "../../../shared/payment.ts";
import type { CardPayment } from "../../store/card-payment.ts";
import { mountStripeForm } from "../../store/stripe-js.ts";
import type { StripeForm } from "../../store/stripe-js.ts";
import { words } from "./payment-words.ts";

interface StripeCardProps {
  payment: Payment;
  card: CardPayment;
  submit: string;
  trouble: ComponentChildren;
}

/** Stripe's own form, in its own frame: a card's figures never reach this page. */
export function StripeCard({ payment, card, submit, trouble }: StripeCardProps) {
  const place = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<StripeForm>();
  const [isAway, setAway] = useState(false);
  const [tries, setTries] = useState(0);
  const isSending = card.isSending.value;
  useEffect(() => {
    let mounted: StripeForm | undefined;
    let hasLeft = false;
    setAway(false);
    mountStripeForm(place.current!, payment, isDark()).then((made) => {
      mounted = made;
      if (hasLeft) made.unmount();
      else setForm(made);
    }, () => hasLeft || setAway(true));
    return () => {
      hasLeft = true;
      mounted?.unmount();
    };
  }, [payment.id, tries]);

  function pay(event: Event): void {
    event.preventDefault();
    if (!form || isSending) return;
    const returnUrl = new URL(`/bookings/${payment.bookingId}`, location.href).href;
    void card.payWith(() => form.confirm(returnUrl));
  }

  return (
    <form class="stack pay-form" onSubmit={pay}>
      <div ref={place} class="pay-stripe" aria-busy={!form && !isAway} />
      {isAway && (
        <div class="notice bad" role="alert">
          <span>{words.stripeAway}</span>
          <button type="button" class="link-button" onClick={() => setTries(tries + 1)}>
            {words.again}
          </button>
        </div>
      )}
      {trouble}
      <button type="submit" class="button primary wide" aria-disabled={isSending || !form}>
        {isSending ? words.paying : submit}
      </button>
    </form>
  );
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
