import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { LengthUnit } from "../text/format.ts";
import { lengthToText, parseLength } from "../text/length-text.ts";
import { words } from "./length-field-words.ts";

interface LengthFieldProps {
  label: string;
  hint?: string;
  fault?: string | undefined;
  cm: number | undefined;
  unit: LengthUnit;
  required?: boolean;
  onChange(cm: number | undefined): void;
}

/** A length typed in metres or feet, kept in whole centimetres. */
export function LengthField(props: LengthFieldProps) {
  const { label, hint, cm, unit, required } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? lengthToText(cm, unit);
  const isFault = Number.isNaN(parseLength(text, unit));
  const input = useRef<HTMLInputElement>(null);
  // The browser itself then keeps the form from being sent.
  useEffect(() => input.current!.setCustomValidity(isFault ? words[unit] : ""), [isFault, unit]);
  const fault = isFault ? words[unit] : props.fault;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="affix">
        <input
          ref={input}
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          required={required}
          value={text}
          aria-invalid={fault !== undefined}
          aria-describedby={hint || fault ? `${id}-hint` : undefined}
          onInput={(event) => {
            const next = event.currentTarget.value;
            const value = parseLength(next, unit);
            setTyped(next);
            if (!Number.isNaN(value)) props.onChange(value);
          }}
          onBlur={() => isFault || setTyped(null)}
        />
        <span aria-hidden="true">{unit}</span>
      </span>
      {(fault || hint) && (
        <span id={`${id}-hint`} class={fault ? "fault" : "hint"}>{fault ?? hint}</span>
      )}
    </div>
  );
}
