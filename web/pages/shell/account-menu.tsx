import { useState } from "preact/hooks";
import { LANGUAGES } from "../../../shared/language.ts";
import { useApp } from "../../store/app-context.ts";
import { chooseLanguage } from "../../store/choose-language.ts";
import { failureWords } from "../../text/failures.ts";
import { LANGUAGE_NAMES } from "../../text/language-names.ts";
import { menuWords } from "./menu-words.ts";
import { words } from "./shell-words.ts";

/** Who is signed in, and how this device shows things. */
export function AccountMenu({ onDone }: { onDone: () => void }) {
  const { session, prefs, router, platform } = useApp();
  const { url } = router.location.value;
  const [error, setError] = useState("");
  const me = session.me.value;
  const { theme, unit } = prefs.value.value;
  const back = `?back=${encodeURIComponent(url)}`;

  async function leave(): Promise<void> {
    try {
      await session.signOut();
      onDone();
      router.go("/");
    } catch (failure) {
      setError(failureWords(failure));
    }
  }

  return (
    <div class="stack account-menu">
      {me
        ? (
          <>
            <p>
              <b>{me.name}</b>
              <br />
              <span class="muted small">{me.email}</span>
            </p>
            <a class="button" href="/boats" onClick={onDone}>{menuWords.boats}</a>
            <button type="button" class="button quiet" onClick={() => void leave()}>
              {menuWords.signOut}
            </button>
            {error && <p class="notice bad" role="alert">{error}</p>}
          </>
        )
        : (
          <>
            <a class="button primary" href={`/sign-in${back}`} onClick={onDone}>{words.signIn}</a>
            <a class="button" href={`/sign-up${back}`} onClick={onDone}>{menuWords.signUp}</a>
          </>
        )}
      <Setting
        label={menuWords.theme}
        value={theme}
        choices={menuWords.themes}
        onChange={(next) => prefs.set({ theme: next })}
      />
      <Setting
        label={menuWords.unit}
        value={unit}
        choices={menuWords.units}
        onChange={(next) => prefs.set({ unit: next })}
      />
      <div class="field">
        <label for="menu-language">{menuWords.language}</label>
        <select
          id="menu-language"
          value={platform.language}
          onChange={({ currentTarget: { selectedIndex } }) =>
            chooseLanguage(LANGUAGES[selectedIndex]!, globalThis)}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

interface SettingProps<T extends string> {
  label: string;
  value: T;
  choices: Readonly<Record<T, string>>;
  onChange(value: T): void;
}

function Setting<T extends string>({ label, value, choices, onChange }: SettingProps<T>) {
  return (
    <div class="stack setting" role="group" aria-label={label}>
      <span class="legend">{label}</span>
      <span class="segmented">
        {Object.entries(choices).map(([name, text]) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === value}
            // The keys of `choices` are T's own words.
            onClick={() => onChange(name as T)}
          >
            {text as string}
          </button>
        ))}
      </span>
    </div>
  );
}
