import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { SYSTEM_SENDER } from "../../../shared/chat.ts";
import type { OutboxItem } from "../../room/outbox.ts";
import { useApp } from "../../store/app-context.ts";
import { readByOthers, toRows } from "../../store/message-list.ts";
import type { Row } from "../../store/message-list.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { dayKey, formatDay } from "../../text/message-time.ts";
import { BookingLine } from "./booking-line.tsx";
import { words } from "./chat-words.ts";
import type { MessageAsk } from "./message-actions.ts";
import { StoredBubble } from "./message-bubble.tsx";
import { useChatScroll } from "./use-chat-scroll.ts";
import { useTabStop } from "./use-tab-stop.ts";
import { WaitingBubble } from "./waiting-bubble.tsx";

interface MessageLogProps {
  room: ThreadRoom;
  myId: string;
  partnerName: string;
  isLive: boolean;
  onAsk: (ask: MessageAsk) => void;
}

/** The messages, the newest below; older ones come as one scrolls up. */
export function MessageLog({ room, myId, partnerName, isLive, onAsk }: MessageLogProps) {
  const messages = room.messages.value;
  const { waiting, changing, reads } = room.view.value;
  const newAfter = room.newAfter.value;
  const rows = useMemo(
    () => toRows({ messages, waiting, myId, newAfter, dayOf: dayKey }),
    [messages, waiting, myId, newAfter],
  );
  const box = useRef<HTMLDivElement>(null);
  const older = room.older.value;
  const hasOlder = room.hasOlder.value;
  const isFilled = room.isFilled.value;
  const { isAtEnd, isNearTop, toEnd } = useChatScroll(box);
  useEffect(() => {
    if (isNearTop && hasOlder && older === "idle") void room.readOlder();
  }, [room, isNearTop, hasOlder, older]);

  const lastSeq = messages.at(-1)?.seq ?? 0;
  const [seenSeq, setSeenSeq] = useState(0);
  useEffect(() => {
    const look = () => {
      if (!isAtEnd) return;
      setSeenSeq(lastSeq);
      if (document.visibilityState === "visible" && lastSeq > 0) room.markRead(lastSeq);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [room, isAtEnd, lastSeq]);

  // One's own new message is always looked at.
  const ownCount = waiting.length;
  useLayoutEffect(() => {
    if (ownCount > 0) toEnd();
  }, [ownCount, toEnd]);

  const readSeq = readByOthers(reads, myId);
  const lastOwn = messages.findLast(({ senderId }) => senderId === myId)?.seq;
  // The newest change of a message is the one that will stand.
  const changeOf = new Map(changing.map((item) => [item.edits ?? item.deletes, item]));
  const tabStop = useTabStop(box, messages, myId);
  return (
    <div class="chat-frame">
      <div
        ref={box}
        class="chat-log"
        role="log"
        aria-label={words.log(partnerName)}
        aria-live="polite"
        // What is read of the past is no news to be spoken.
        aria-busy={older === "reading" || !isFilled}
        // What scrolls must be reached by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        {...tabStop.handlers}
      >
        {hasOlder || older === "failed"
          ? (
            <button
              type="button"
              class="button quiet small chat-older"
              disabled={older === "reading"}
              onClick={() => void room.readOlder()}
            >
              {older === "reading"
                ? words.readingOlder
                : older === "failed"
                ? words.olderFailed
                : words.older}
            </button>
          )
          : isFilled && rows.length > 0 && <p class="chat-begin">{words.begin}</p>}
        {rows.length === 0 && (isFilled
          ? (
            <div class="chat-empty">
              <h2>{words.emptyTitle}</h2>
              <p>{words.empty(partnerName)}</p>
            </div>
          )
          : <LogSkeleton />)}
        {rows.map((row) => (
          <LogRow
            key={row.key}
            row={row}
            room={room}
            partnerName={partnerName}
            isLive={isLive}
            change={row.kind === "message" ? changeOf.get(row.message.seq) : undefined}
            isTabStop={row.kind === "message" && row.message.seq === tabStop.seq}
            onAsk={onAsk}
            state={row.kind === "message" && row.message.seq === lastOwn
              ? readSeq >= lastOwn ? words.read : words.sent
              : ""}
          />
        ))}
      </div>
      {!isAtEnd && (
        <button
          type="button"
          class={lastSeq > seenSeq ? "button small primary chat-jump" : "button small chat-jump"}
          onClick={() => toEnd()}
        >
          {lastSeq > seenSeq ? words.toNew : words.toNewest}
        </button>
      )}
    </div>
  );
}

interface RowProps {
  row: Row;
  isLive: boolean;
  room: ThreadRoom;
  partnerName: string;
  state: string;
  change: OutboxItem | undefined;
  isTabStop: boolean;
  onAsk: (ask: MessageAsk) => void;
}

function LogRow({ row, partnerName, ...rest }: RowProps) {
  const { platform } = useApp();
  switch (row.kind) {
    case "day":
      return (
        <p class="chat-day">
          <span>{formatDay(row.atMs, platform.now(), platform.locale, words)}</span>
        </p>
      );
    case "new":
      return (
        <p class="chat-day chat-new">
          <span>{words.newMessages}</span>
        </p>
      );
    case "message":
      if (row.message.senderId === SYSTEM_SENDER) return <BookingLine message={row.message} />;
      return <StoredBubble row={row} name={row.isOwn ? words.you : partnerName} {...rest} />;
    case "waiting":
      return <WaitingBubble row={row} room={rest.room} isLive={rest.isLive} />;
  }
}

function LogSkeleton() {
  return (
    <div class="chat-skeleton" aria-hidden="true">
      {["52%", "38%", "60%", "44%"].map((width, i) => (
        <div key={width} class={i % 2 ? "skeleton own" : "skeleton"} style={{ width }} />
      ))}
    </div>
  );
}
