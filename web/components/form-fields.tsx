import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  required?: boolean;
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "time" | "date" | "email";
  /** Which keys a phone offers. */
  keys?: "text" | "decimal" | "numeric";
  /** What stands behind the figures: a unit, a currency. */
  affix?: string;
  placeholder?: string;
  maxLength?: number;
  /** Suggestions, as one types. */
  options?: readonly string[];
}

/** A line of text, with its hint and what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const id = useId();
  const { affix, options, fault, hint } = props;
  const input = (
    <input
      id={id}
      type={props.type ?? "text"}
      inputMode={props.keys}
      autocomplete="off"
      list={options ? `${id}-options` : undefined}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      required={props.required}
      value={props.value}
      aria-invalid={fault !== undefined}
      aria-describedby={fault || hint ? `${id}-hint` : undefined}
      onInput={(event) => props.onChange(event.currentTarget.value)}
    />
  );
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {affix
        ? (
          <span class="affix">
            {input}
            <span aria-hidden="true">{affix}</span>
          </span>
        )
        : input}
      {options && (
        <datalist id={`${id}-options`}>
          {options.map((option) => <option key={option} value={option}>{option}</option>)}
        </datalist>
      )}
      <Hint id={id} fault={fault} hint={hint} />
    </div>
  );
}

interface ProseFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  maxLength?: number;
}

/** Some lines of text. */
export function ProseField(props: ProseFieldProps) {
  const id = useId();
  const { fault, hint } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={props.maxLength}
        value={props.value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault || hint ? `${id}-hint` : undefined}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
      <Hint id={id} fault={fault} hint={hint} />
    </div>
  );
}

interface SelectFieldProps<T extends string> extends FieldProps {
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  onChange: (value: T) => void;
}

/** One of a few. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const id = useId();
  const { fault, hint } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        required={props.required}
        value={props.value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault || hint ? `${id}-hint` : undefined}
        // The options are T's own words.
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        {props.options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
      <Hint id={id} fault={fault} hint={hint} />
    </div>
  );
}

interface CheckFieldProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A thing that is so or not. */
export function CheckField({ label, hint, checked, onChange }: CheckFieldProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && (
          <>
            <br />
            <span class="muted small">{hint}</span>
          </>
        )}
      </span>
    </label>
  );
}

interface RadioCardsProps<T extends string> {
  legend: string;
  value: T;
  options: readonly (readonly [value: T, title: string, text: ComponentChildren])[];
  onChange: (value: T) => void;
}

/** One of a few, each with a sentence. */
export function RadioCards<T extends string>(props: RadioCardsProps<T>) {
  const name = useId();
  return (
    <fieldset class="radio-cards">
      <legend class="legend">{props.legend}</legend>
      {props.options.map(([value, title, text]) => (
        <label key={value} class="radio-card">
          <input
            type="radio"
            name={name}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <b>{title}</b>
          <span class="muted small">{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Hint({ id, fault, hint }: { id: string } & Pick<FieldProps, "fault" | "hint">) {
  if (!fault && !hint) return null;
  return <span id={`${id}-hint`} class={fault ? "fault" : "hint"}>{fault ?? hint}</span>;
}
