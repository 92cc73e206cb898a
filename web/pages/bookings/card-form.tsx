import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Card } from "../../api/card-api.ts";
import { useApp } from "../../store/app-context.ts";
import {
  brandOf,
  cardFaults,
  cvcLength,
  groupExpiry,
  groupNumber,
} from "../../store/card-check.ts";
import type { CardFaults } from "../../store/card-check.ts";
import { cardDraft } from "../../store/card-draft.ts";
import type { CardPayment } from "../../store/card-payment.ts";
import { brandWords, cardFaultWords } from "../../text/card-words.ts";
import { words } from "./payment-words.ts";

interface CardFormProps {
  bookingId: string;
  card: CardPayment;
  submit: string;
  /** What went wrong with the last try. */
  trouble: ComponentChildren;
}

const FIELDS: readonly (keyof Card)[] = ["number", "expiry", "cvc", "name"];

/** A card's figures, typed or filled in by the browser. */
export function CardForm({ bookingId, card, submit, trouble }: CardFormProps) {
  const { platform } = useApp();
  const draft = cardDraft(bookingId);
  const [shown, setShown] = useState<CardFaults>({});
  const form = useRef<HTMLFormElement>(null);
  const isSending = card.isSending.value;
  const value = draft.value;
  const brand = brandOf(value.number);

  function change(part: Partial<Card>): void {
    draft.value = { ...draft.value, ...part };
    // What is being put right is not held against anybody.
    const names = Object.keys(part);
    setShown((faults) =>
      Object.fromEntries(Object.entries(faults).filter(([name]) => !names.includes(name)))
    );
  }

  function pay(event: Event): void {
    event.preventDefault();
    if (isSending) return;
    const faults = cardFaults(draft.value, platform.now());
    setShown(faults);
    const first = FIELDS.find((name) => faults[name]);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    else void card.pay(draft.value);
  }

  const field = (name: keyof Card) => ({
    name,
    value: value[name],
    fault: shown[name] && cardFaultWords[shown[name]],
  });
  return (
    <form ref={form} class="stack pay-form" noValidate onSubmit={pay}>
      <TestCards onChoose={change} />
      <CardField
        {...field("number")}
        label={words.number}
        complete="cc-number"
        isNumeric
        maxLength={23}
        format={groupNumber}
        badge={brand && brandWords[brand]}
        onChange={(number) => change({ number })}
      />
      <div class="pay-pair">
        <CardField
          {...field("expiry")}
          label={words.expiry}
          hint={words.expiryHint}
          complete="cc-exp"
          isNumeric
          maxLength={7}
          format={groupExpiry}
          onChange={(expiry) => change({ expiry })}
        />
        <CardField
          {...field("cvc")}
          label={words.cvc}
          complete="cc-csc"
          isNumeric
          maxLength={cvcLength(value.number)}
          format={(text) => text.replaceAll(/\D/g, "")}
          onChange={(cvc) => change({ cvc })}
        />
      </div>
      <CardField
        {...field("name")}
        label={words.name}
        complete="cc-name"
        onChange={(name) => change({ name })}
      />
      {trouble}
      <button type="submit" class="button primary wide" aria-disabled={isSending}>
        {isSending ? words.paying : submit}
      </button>
    </form>
  );
}

/** The simulator's cards, a press each. */
function TestCards({ onChoose }: { onChoose: (part: Partial<Card>) => void }) {
  return (
    <div class="notice pay-test">
      <span>{words.test}</span>
      <div class="chips">
        {words.testCards.map(([number, text]) => (
          <button
            key={number}
            type="button"
            class="chip"
            onClick={() => onChoose({ number: groupNumber(number), expiry: "12/34", cvc: "123" })}
          >
            {text} <span class="small num">… {number.slice(-4)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

interface CardFieldProps {
  name: keyof Card;
  label: string;
  hint?: string;
  value: string;
  fault: string | undefined;
  /** What browsers know it by. */
  complete: string;
  isNumeric?: boolean;
  maxLength?: number;
  badge?: string | undefined;
  format?: (text: string) => string;
  onChange: (value: string) => void;
}

function CardField(props: CardFieldProps) {
  const { name, label, hint, value, fault, format, badge, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="affix">
        <input
          id={id}
          name={name}
          type="text"
          autocomplete={props.complete}
          inputMode={props.isNumeric ? "numeric" : "text"}
          maxLength={props.maxLength}
          required
          spellcheck={false}
          value={value}
          aria-invalid={fault !== undefined}
          aria-describedby={fault || hint ? `${id}-hint` : undefined}
          onInput={({ currentTarget: input }) => {
            // Who corrects a figure in the middle keeps their place.
            const isAtEnd = input.selectionStart === input.value.length;
            const next = format && isAtEnd ? format(input.value) : input.value;
            if (next !== input.value) input.value = next;
            onChange(next);
          }}
          onBlur={() => format && format(value) !== value && onChange(format(value))}
        />
        {badge && <span class="pay-brand">{badge}</span>}
      </span>
      {(fault || hint) && (
        <span id={`${id}-hint`} class={fault ? "fault" : "hint"}>{fault ?? hint}</span>
      )}
    </div>
  );
}
