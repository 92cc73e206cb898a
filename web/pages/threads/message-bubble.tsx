import { useState } from "preact/hooks";
import type { Message } from "../../../shared/chat.ts";
import { CareIcon } from "../../components/icons.tsx";
import type { OutboxItem } from "../../room/outbox.ts";
import { useApp } from "../../store/app-context.ts";
import type { Row } from "../../store/message-list.ts";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { formatClock } from "../../text/message-time.ts";
import { MoreIcon } from "./chat-icons.tsx";
import { flagWords, refusalWords, words } from "./chat-words.ts";
import { actsOf } from "./message-actions.ts";
import type { MessageAsk } from "./message-actions.ts";
import { BerthPlace } from "./message-berth.tsx";
import { StoredPhoto } from "./message-photo.tsx";
import { MessageText } from "./message-text.tsx";

interface StoredBubbleProps {
  row: Extract<Row, { kind: "message" }>;
  room: ThreadRoom;
  name: string;
  state: string;
  /** An edit or a deletion of it that is not known to be stored. */
  change: OutboxItem | undefined;
  isLive: boolean;
  /** Its button is where the Tab key stops among the messages. */
  isTabStop: boolean;
  onAsk: (ask: MessageAsk) => void;
}

/** A message that everybody has. */
export function StoredBubble(props: StoredBubbleProps) {
  const { row, room, name, state, change, isLive, isTabStop, onAsk } = props;
  const { platform } = useApp();
  const { message, isOwn } = row;
  const [isOpen, setOpen] = useState(false);
  const acts = actsOf(message, isOwn);
  const text = change?.edits === undefined ? message.text : change.text;
  const changeClass = change && !change.failed ? " waiting" : "";
  return (
    <div class={`${rowClass(isOwn, row.isFirst)}${changeClass}`} data-seq={message.seq}>
      <div class="bubble-line">
        <div class={message.deleted ? "bubble gone" : "bubble"}>
          <span class="sr-only">{name}</span>
          <StoredContent message={message} text={text} name={name} isOwn={isOwn} onAsk={onAsk} />
        </div>
        {acts.length > 0 && (
          <button
            type="button"
            class="bubble-more"
            data-seq={message.seq}
            tabIndex={isTabStop ? 0 : -1}
            aria-expanded={isOpen}
            aria-label={words.more(text.slice(0, 60))}
            onClick={() => setOpen(!isOpen)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setOpen(false);
            }}
          >
            <MoreIcon />
          </button>
        )}
      </div>
      <p class="bubble-foot num">
        {isOpen && acts.map((act) => (
          <button
            key={act}
            type="button"
            class="link-button"
            onClick={() => {
              setOpen(false);
              onAsk({ act, message });
            }}
          >
            {words[act as "edit" | "delete" | "report"]}
          </button>
        ))}
        {message.editedAt && !message.deleted && <span>{words.edited}</span>}
        <time dateTime={message.sentAt}>
          {formatClock(Date.parse(message.sentAt), platform.locale)}
        </time>
        {change
          ? <ChangeState change={change} room={room} isLive={isLive} />
          : state && <span>{state}</span>}
      </p>
    </div>
  );
}

interface StoredContentProps {
  message: Message;
  text: string;
  name: string;
  isOwn: boolean;
  onAsk: (ask: MessageAsk) => void;
}

function StoredContent({ message, text, name, isOwn, onAsk }: StoredContentProps) {
  if (message.deleted) return <p>{isOwn ? words.youDeleted : words.deleted}</p>;
  const flags = isOwn ? [] : message.flags ?? [];
  const [flag] = (["payment", "contact", "link"] as const).filter((one) => flags.includes(one));
  return (
    <>
      {message.photo && (
        <StoredPhoto
          photo={message.photo}
          name={name}
          onOpen={() => onAsk({ act: "photo", message })}
        />
      )}
      {message.berth && <BerthPlace berth={message.berth} />}
      {text && <MessageText text={text} isLinked={flag !== "payment"} />}
      {flag && (
        <p class="bubble-flag">
          <CareIcon size={16} />
          <span>{flagWords[flag]}</span>
        </p>
      )}
    </>
  );
}

interface ChangeStateProps {
  change: OutboxItem;
  room: ThreadRoom;
  isLive: boolean;
}

/** How far an edit or a deletion is. */
function ChangeState({ change, room, isLive }: ChangeStateProps) {
  const isEdit = change.edits !== undefined;
  if (!change.failed) {
    return <span>{isLive ? isEdit ? words.saving : words.deleting : words.waits}</span>;
  }
  return (
    <>
      <span class="bubble-fault">
        {isEdit ? words.notEdited : words.notDeleted}. {refusalWords[change.failed]}
      </span>
      <button type="button" class="link-button" onClick={() => room.retry(change.clientId)}>
        {words.changeAgain}
      </button>
      <button type="button" class="link-button" onClick={() => room.discard(change.clientId)}>
        {words.leaveIt}
      </button>
    </>
  );
}

/** A row's class, by whose message it is and whether it begins a block. */
export function rowClass(isOwn: boolean, isFirst: boolean): string {
  return `chat-row${isOwn ? " own" : ""}${isFirst ? " first" : ""}`;
}
