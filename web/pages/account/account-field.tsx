import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { words } from "./account-words.ts";

interface AccountFieldProps {
  label: string;
  name: "name" | "email" | "password";
  autocomplete: "name" | "username" | "current-password" | "new-password";
  value: string;
  onChange(value: string): void;
  hint?: string;
  fault?: ComponentChildren;
  maxLength?: number;
}

/** A line that a password manager knows by its name and kind. */
export function AccountField(props: AccountFieldProps): JSX.Element {
  const { label, name, fault, hint } = props;
  const [isShown, setShown] = useState(false);
  const isPassword = name === "password";
  const type = name === "email" ? "email" : isPassword && !isShown ? "password" : "text";
  const input = (
    <input
      id={name}
      name={name}
      // Preact types each kind of input apart, and this one changes its kind.
      type={type as "text"}
      autocomplete={props.autocomplete}
      autocapitalize={name === "name" ? "words" : "none"}
      spellcheck={false}
      {...(props.maxLength && { maxLength: props.maxLength })}
      required
      value={props.value}
      aria-invalid={fault !== undefined}
      aria-describedby={fault || hint ? `${name}-hint` : undefined}
      onInput={(event) => props.onChange(event.currentTarget.value)}
    />
  );
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {isPassword
        ? (
          <span class="password">
            {input}
            <button
              type="button"
              aria-pressed={isShown}
              aria-label={words.showPassword}
              aria-controls={name}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? words.hide : words.show}
            </button>
          </span>
        )
        : input}
      {(fault || hint) && (
        <span id={`${name}-hint`} class={fault ? "fault" : "hint"}>{fault ?? hint}</span>
      )}
    </div>
  );
}
