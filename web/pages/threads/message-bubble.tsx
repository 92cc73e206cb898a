import { useApp } from "../../store/app-context.ts";
import type { Row } from "../../store/message-list.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { messageParts } from "../../text/message-parts.ts";
import { formatClock } from "../../text/message-time.ts";
import { refusalWords, words } from "./chat-words.ts";

type StoredRow = Extract<Row, { kind: "message" }>;
type WaitingRow = Extract<Row, { kind: "waiting" }>;

/** A message that everybody has. */
export function StoredBubble(
  { row, name, state }: { row: StoredRow; name: string; state: string },
) {
  const { platform } = useApp();
  const { text, sentAt } = row.message;
  return (
    <div class={bubbleClass(row.isOwn, row.isFirst)}>
      <div class="bubble">
        <span class="sr-only">{name}</span>
        <MessageText text={text} />
      </div>
      <p class="bubble-foot num">
        <time dateTime={sentAt}>{formatClock(Date.parse(sentAt), platform.locale)}</time>
        {state && <span>{state}</span>}
      </p>
    </div>
  );
}

interface WaitingBubbleProps {
  row: WaitingRow;
  room: ThreadRoom;
  isLive: boolean;
}

/** A message on its way, or refused. */
export function WaitingBubble({ row, room, isLive }: WaitingBubbleProps) {
  const { clientId, text, failed } = row.item;
  return (
    <div class={`${bubbleClass(true, row.isFirst)} ${failed ? "failed" : "waiting"}`}>
      <div class="bubble">
        <span class="sr-only">{words.you}</span>
        <MessageText text={text} />
      </div>
      <p class="bubble-foot">
        {failed
          ? (
            <>
              <span class="bubble-fault">{words.notSent}. {refusalWords[failed]}</span>
              <button type="button" class="link-button" onClick={() => room.retry(clientId)}>
                {words.again}
              </button>
              <button type="button" class="link-button" onClick={() => room.discard(clientId)}>
                {words.drop}
              </button>
            </>
          )
          : <span>{isLive ? words.sending : words.waits}</span>}
      </p>
    </div>
  );
}

function bubbleClass(isOwn: boolean, isFirst: boolean): string {
  return `chat-row${isOwn ? " own" : ""}${isFirst ? " first" : ""}`;
}

/** A text as it was written; what is an address can be followed. */
function MessageText({ text }: { text: string }) {
  return (
    <p class="bubble-text" dir="auto">
      {messageParts(text).map((part, i) =>
        part.href
          ? (
            <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {part.text}
            </a>
          )
          : part.text
      )}
    </p>
  );
}
