import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FailureBox } from "../../components/failure-box.tsx";
import { useApp } from "../../store/app-context.ts";
import { safeBack } from "../../store/router.ts";
import "./account.css";

interface AccountFormProps {
  title: string;
  submit: string;
  busy: string;
  children: ComponentChildren;
  /** The other way in. */
  other: { text: string; href: string; link: string };
  send(data: FormData): Promise<void>;
}

/** The frame of signing in and up: what was typed stays, and one returns to where one was. */
export function AccountForm({ title, submit, busy, children, other, send }: AccountFormProps) {
  const { router, session } = useApp();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { query } = router.location.value;
  const back = safeBack(query["back"]);
  const me = session.me.value;

  useEffect(() => {
    if (me) router.go(back, true);
  }, [me]);

  async function submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await send(new FormData(event.currentTarget as HTMLFormElement));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  const query2 = query["back"] ? `?back=${encodeURIComponent(query["back"])}` : "";
  return (
    <div class="page account-page">
      <form class="card stack" onSubmit={(event) => void submitted(event)}>
        <h1>{title}</h1>
        {error !== null && <FailureBox error={error} />}
        {children}
        <button type="submit" class="button primary wide" disabled={isBusy}>
          {isBusy ? busy : submit}
        </button>
        <p class="muted small">
          {other.text} <a href={other.href + query2}>{other.link}</a>
        </p>
      </form>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  name: string;
  type: "text" | "email" | "password";
  autocomplete: "name" | "email" | "current-password" | "new-password";
  hint?: string;
  minLength?: number;
}

export function TextField({ label, name, hint, type, ...input }: TextFieldProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        required
        // The types of Preact want one literal here; each of the three is one.
        type={type as "email"}
        aria-describedby={hint ? `${name}-hint` : undefined}
        {...input}
      />
      {hint && <span id={`${name}-hint`} class="hint">{hint}</span>}
    </div>
  );
}
