import { useId } from "preact/hooks";

interface NumberFieldProps {
  label: string;
  hint?: string;
  fault?: string | undefined;
  suffix?: string;
  value: number | undefined;
  min?: number;
  max?: number;
  step?: number | "any";
  required?: boolean;
  disabled?: boolean;
  onChange(value: number | undefined): void;
}

/** A plain number with its unit. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, fault, suffix, value, min = 0, max, step = 1, required, disabled } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="affix">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={step}
          required={required}
          disabled={disabled}
          value={value ?? ""}
          aria-invalid={fault !== undefined}
          aria-describedby={hint || fault ? `${id}-hint` : undefined}
          onInput={(event) => {
            const { valueAsNumber } = event.currentTarget;
            props.onChange(Number.isNaN(valueAsNumber) ? undefined : valueAsNumber);
          }}
        />
        {suffix && <span aria-hidden="true">{suffix}</span>}
      </span>
      {(fault || hint) && (
        <span id={`${id}-hint`} class={fault ? "fault" : "hint"}>{fault ?? hint}</span>
      )}
    </div>
  );
}
