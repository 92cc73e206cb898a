import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Place } from "../../shared/api.ts";
import { PinIcon, SearchIcon } from "./icons.tsx";
import { words } from "./place-box-words.ts";
import "./place-box.css";

interface PlaceBoxProps {
  label: string;
  placeholder: string;
  /** The place that is searched now. */
  value: string;
  recent: readonly Place[];
  find(text: string, signal: AbortSignal): Promise<Place[]>;
  onPick(place: Place): void;
}

/** Long enough that a typed word is one question, short enough to feel live. */
const PAUSE_MS = 120;

/** A box that finds places as one types (the ARIA combobox pattern with a list). */
export function PlaceBox({ label, placeholder, value, recent, find, onPick }: PlaceBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<readonly Place[] | "failed" | null>(null);
  const [active, setActive] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const text = typed ?? value;
  const isAsking = typed !== null && typed.trim().length > 0;
  const places = isAsking ? (Array.isArray(found) ? found as readonly Place[] : []) : recent;

  useEffect(() => {
    if (!isAsking) return setFound(null);
    const controller = new AbortController();
    const timer = setTimeout(() => {
      find(typed.trim(), controller.signal).then((answer) => {
        setFound(answer);
        setActive(answer.length > 0 ? 0 : -1);
      }, () => controller.signal.aborted || setFound("failed"));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [typed]);

  function pick(place: Place): void {
    setTyped(null);
    setOpen(false);
    setActive(-1);
    onPick(place);
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (places.length > 0) setActive((active + step + places.length) % places.length);
    } else if (event.key === "Enter") {
      const place = places[isOpen ? Math.max(active, isAsking ? 0 : -1) : -1];
      if (place) {
        event.preventDefault();
        pick(place);
      }
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      setOpen(false);
      setTyped(null);
    }
  }

  const message = isAsking && found === "failed"
    ? words.failed
    : isAsking && found !== null && places.length === 0
    ? words.nothing
    : null;
  const showList = isOpen && (places.length > 0 || message !== null);
  return (
    <div class="place-box">
      <label class="search-label" for={`${id}-input`}>{label}</label>
      <SearchIcon />
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="words"
        spellcheck={false}
        enterkeyhint="search"
        aria-autocomplete="list"
        aria-expanded={showList}
        aria-controls={`${id}-list`}
        aria-activedescendant={showList && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={text}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={(event) => {
          event.currentTarget.select();
          setOpen(true);
        }}
        onBlur={() => {
          setOpen(false);
          setTyped(null);
        }}
        onKeyDown={pressed}
      />
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        class="popover place-list"
        hidden={!showList}
        // The input keeps the focus, or its blur would close the list before the click.
        onMouseDown={(event) => event.preventDefault()}
      >
        {!isAsking && places.length > 0 && (
          <li role="presentation" class="place-heading">{words.recent}</li>
        )}
        {message && <li role="presentation" class="place-heading">{message}</li>}
        {places.map((place, i) => (
          <li
            key={place.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            onClick={() => pick(place)}
            onMouseMove={() => setActive(i)}
          >
            <PinIcon />
            <span>
              <b>{place.name}</b>
              <small>{place.context}</small>
            </span>
          </li>
        ))}
      </ul>
      <span class="sr-only" role="status">
        {isOpen && isAsking && Array.isArray(found) ? words.found(found.length) : message}
      </span>
    </div>
  );
}
