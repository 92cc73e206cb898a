import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { MAX_TEXT } from "../../../shared/chat.ts";
import { SendIcon } from "../../components/send-icon.tsx";
import { useApp } from "../../store/app-context.ts";
import { createDrafts } from "../../store/draft.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { formatCount } from "../../text/format.ts";
import { words } from "./chat-words.ts";

interface ComposerProps {
  room: ThreadRoom;
  /** What the text is kept under until it is sent. */
  draftName: string;
  partnerName: string;
  isClosed: boolean;
}

/** Where one writes: Enter sends, Shift and Enter begin a line; a text not sent is kept. */
export function Composer({ room, draftName, partnerName, isClosed }: ComposerProps) {
  const { platform } = useApp();
  const drafts = useMemo(() => createDrafts(platform.local), [platform]);
  const [text, setText] = useState(() => drafts.read(draftName));
  const [isTooLong, setTooLong] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => drafts.write(draftName, text), [drafts, draftName, text]);
  useLayoutEffect(() => fitHeight(field.current!), [text]);

  function send(): void {
    const fault = room.send(text);
    setTooLong(fault === "too-long");
    if (fault === undefined) setText("");
    field.current!.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isTooLong && (
        <p id="composer-fault" class="composer-fault" role="alert">
          {words.tooLong(formatCount(MAX_TEXT, platform.locale))}
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        aria-label={words.write}
        placeholder={words.placeholder(partnerName)}
        aria-invalid={isTooLong}
        aria-describedby={isTooLong ? "composer-fault" : undefined}
        enterkeyhint="send"
        disabled={isClosed}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setTooLong(false);
          room.typing();
        }}
        onKeyDown={(event) => {
          // While a word is being composed (Japanese, Chinese), Enter chooses it.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="submit" class="button primary composer-send" disabled={isClosed}>
        <SendIcon />
        <span class="sr-only">{words.send}</span>
      </button>
    </form>
  );
}

/** As many lines as the text has; the style says how many are too many. */
function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.offsetHeight - field.clientHeight + field.scrollHeight}px`;
}
