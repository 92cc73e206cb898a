import type { TideWindow, TideWindows as Windows } from "../../shared/tide-window.ts";
import { formatSpan } from "../text/format-time.ts";
import { words } from "./tide-windows-words.ts";

interface TideWindowsProps {
  windows: Windows;
  /** The dock's own, by whose clocks one comes and goes. */
  timeZone: string;
  locale: string;
}

/** The tides on which there is water enough to come, and to go. */
export function TideWindows({ windows, timeZone, locale }: TideWindowsProps) {
  const list = (name: string, times: readonly TideWindow[]) =>
    times.length > 0 && (
      <div>
        <dt>{name}</dt>
        {times.map(({ from, to }) => <dd key={from}>{formatSpan(from, to, timeZone, locale)}</dd>)}
      </div>
    );
  return (
    <dl class="tide-windows num">
      {list(words.arrival, windows.arrival)}
      {list(words.departure, windows.departure)}
    </dl>
  );
}
