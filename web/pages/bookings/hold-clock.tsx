import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { words } from "./payment-words.ts";

/** How often the booking is asked for when its time is over and it has not been told so. */
const ASK_MS = 5_000;
/** Minutes that are said aloud to who cannot see the clock. */
const SPOKEN = [10, 5, 2, 1];

/** How long the nights are still kept. */
export function HoldClock({ deadline, onOver }: { deadline: string; onOver: () => void }) {
  const { platform } = useApp();
  const endsAt = Date.parse(deadline);
  const leftMs = () => Math.max(0, endsAt - platform.now());
  const [left, setLeft] = useState(leftMs);
  const isOver = left === 0;
  const told = useRef(onOver);
  told.current = onOver;
  useEffect(() => {
    const timer = setInterval(() => setLeft(leftMs()), 1_000);
    return () => clearInterval(timer);
  }, [endsAt]);
  useEffect(() => {
    if (!isOver) return;
    told.current();
    const timer = setInterval(() => told.current(), ASK_MS);
    return () => clearInterval(timer);
  }, [isOver]);

  const seconds = Math.ceil(left / 1_000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const spoken = SPOKEN.findLast((minutes) => seconds <= minutes * 60);
  return (
    <span class="pay-clock">
      {isOver ? <b class="small">{words.over}</b> : (
        <>
          <span class="small muted">{words.left}</span>{" "}
          <b class={seconds <= 120 ? "num late" : "num"} role="timer">{clock}</b>
        </>
      )}
      <output class="sr-only">
        {isOver
          ? `${words.over} ${words.overText}`
          : spoken === undefined
          ? ""
          : words.leftSpoken(spoken)}
      </output>
    </span>
  );
}
