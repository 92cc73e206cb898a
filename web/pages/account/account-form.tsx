import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { DockPlan } from "../../components/dock-plan.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { CareIcon } from "../../components/icons.tsx";
import { accountFaults, MAX_NAME, MAX_PASSWORD, refusedValues } from "../../store/account-check.ts";
import type { AccountFaults } from "../../store/account-check.ts";
import { createAccountDraft } from "../../store/account-draft.ts";
import { useApp } from "../../store/app-context.ts";
import { safeBack } from "../../store/router.ts";
import { failureCode } from "../../text/failures.ts";
import { useTitle } from "../use-title.ts";
import { AccountField } from "./account-field.tsx";
import { faultWords, words } from "./account-words.ts";
import "./account.css";

/** Signing in and signing up: what was typed stays, and one returns to where one was. */
export function AccountForm({ isNew }: { isNew: boolean }): JSX.Element {
  const { router, session, platform } = useApp();
  const draft = useMemo(() => createAccountDraft(platform.tab), [platform]);
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<AccountFaults>({});
  const [error, setError] = useState<unknown>(null);
  useTitle(isNew ? words.signUp : words.signIn);

  // The address changes before this page is gone: where to go is settled when it opens.
  const [back] = useState(() => router.location.value.query["back"]);
  const { name, email } = draft.value.value;
  const me = session.me.value;
  useEffect(() => {
    if (!me) return;
    draft.clear();
    router.go(wayBack(back), true);
  }, [me, draft, router, back]);

  function clear(field: keyof AccountFaults): void {
    const { [field]: _, ...others } = faults;
    setFaults(others);
  }

  /** Shows what is wrong, and takes the person there. */
  function refuse(found: AccountFaults): void {
    setFaults(found);
    const [first] = (["name", "email", "password"] as const).filter((field) => found[field]);
    if (first) (form.current!.elements.namedItem(first) as HTMLInputElement).focus();
  }

  async function submitted(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setError(null);
    const account = { name, email, password };
    const found = accountFaults(account, isNew);
    refuse(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      if (isNew) await session.signUp(name, email, password);
      else await session.signIn(email, password);
    } catch (failure) {
      const refused = refusedValues(failure);
      refuse(refused);
      if (Object.keys(refused).length === 0) setError(failure);
    } finally {
      setBusy(false);
    }
  }

  const query = back ? `?back=${encodeURIComponent(back)}` : "";
  const isWrong = !isNew && failureCode(error) === "unauthenticated";
  return (
    <div class="page account-page">
      <form
        ref={form}
        class="stack"
        method="post"
        noValidate
        onSubmit={(event) => void submitted(event)}
      >
        <div class="stack" style={{ "--gap": "6px" }}>
          <h1>{isNew ? words.signUp : words.signIn}</h1>
          <p class="muted">{isNew ? words.signUpText : words.signInText}</p>
        </div>
        {isWrong
          ? (
            <p class="notice bad" role="alert">
              <CareIcon />
              {words.wrong}
            </p>
          )
          : error !== null && <FailureBox error={error} />}
        {isNew && (
          <AccountField
            label={words.name}
            name="name"
            autocomplete="name"
            maxLength={MAX_NAME}
            value={name}
            hint={words.nameHint}
            fault={faults.name && faultWords.name[faults.name]}
            onChange={(next) => {
              draft.change({ name: next });
              clear("name");
            }}
          />
        )}
        <AccountField
          label={words.email}
          name="email"
          autocomplete="username"
          value={email}
          fault={faults.email && (
            <span>
              {faultWords.email[faults.email]}
              {faults.email === "taken" && (
                <>
                  {" "}
                  <a href={`/sign-in${query}`}>{words.signInInstead}</a>
                </>
              )}
            </span>
          )}
          onChange={(next) => {
            draft.change({ email: next });
            clear("email");
          }}
        />
        <AccountField
          label={words.password}
          name="password"
          autocomplete={isNew ? "new-password" : "current-password"}
          maxLength={MAX_PASSWORD}
          value={password}
          {...(isNew && { hint: words.newPasswordHint })}
          fault={faults.password && faultWords.password[faults.password]}
          onChange={(next) => {
            setPassword(next);
            clear("password");
          }}
        />
        <button type="submit" class="button primary wide" aria-disabled={isBusy}>
          {submitText()}
        </button>
        <p class="muted account-other">
          {isNew ? words.isKnown : words.isNew}{" "}
          <a href={(isNew ? "/sign-in" : "/sign-up") + query}>
            {isNew ? words.signIn : words.signUp}
          </a>
        </p>
      </form>
      <aside class="account-aside">
        <DockPlan id={isNew ? 71 : 2026} kind="slip" />
        <div>
          <h2>{words.aside}</h2>
          <p>{words.asideText}</p>
        </div>
      </aside>
    </div>
  );

  function submitText(): string {
    if (isNew) return isBusy ? words.signUpBusy : words.signUpSubmit;
    return isBusy ? words.signInBusy : words.signInSubmit;
  }
}

/** Where one came from; never one of the two ways in, which would lead in a circle. */
function wayBack(back: string | undefined): string {
  const way = safeBack(back);
  return /^\/sign-(in|up)\b/.test(way) ? "/" : way;
}
