import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { Message } from "../../../shared/chat.ts";
import { actsOf } from "./message-actions.ts";

/**
 * One stop of the Tab key for the buttons of all messages, on the newest at first; the arrows go
 * from one message to the next, Home and End to the ends.
 */
export function useTabStop(
  box: RefObject<HTMLElement | null>,
  messages: readonly Message[],
  myId: string,
) {
  const [chosen, setChosen] = useState<number | null>(null);
  const hasActs = (message: Message) => actsOf(message, message.senderId === myId).length > 0;
  const isThere = messages.some((message) => message.seq === chosen && hasActs(message));
  const seq = isThere ? chosen : messages.findLast(hasActs)?.seq ?? null;

  function buttonOf(target: EventTarget | null): HTMLElement | null {
    return target instanceof HTMLElement ? target.closest<HTMLElement>(".bubble-more") : null;
  }

  return {
    seq,
    handlers: {
      onFocusIn({ target }: FocusEvent) {
        const button = buttonOf(target);
        if (button) setChosen(Number(button.dataset["seq"]));
      },
      onKeyDown(event: KeyboardEvent) {
        const button = buttonOf(event.target);
        if (!button || !box.current) return;
        const buttons = [...box.current.querySelectorAll<HTMLElement>(".bubble-more")];
        const at = buttons.indexOf(button);
        const to = {
          ArrowUp: at - 1,
          ArrowDown: at + 1,
          Home: 0,
          End: buttons.length - 1,
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        buttons[to]?.focus();
      },
    },
  };
}
