import { useEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../../shared/chat.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { useLinkStatus } from "../use-link-status.ts";
import { ChatStatus } from "./chat-status.tsx";
import { words } from "./chat-words.ts";
import { Composer } from "./composer.tsx";
import { EditForm } from "./edit-form.tsx";
import { lastEditable } from "./message-actions.ts";
import type { MessageAsk } from "./message-actions.ts";
import { MessageLog } from "./message-log.tsx";
import { PhotoViewer } from "./message-photo.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import { BlockedNote } from "./thread-menu.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import { useStagedPhotos } from "./use-staged-photos.ts";
import "./chat.css";
import "./bubble.css";

interface ChatProps {
  room: ThreadRoom;
  threadId: string;
  myId: string;
  /** Whom one talks to. */
  partner: { id: string; name: string };
}

/** A conversation's messages, what goes on in it, and where one writes. */
export function Chat({ room, threadId, myId, partner }: ChatProps) {
  const { typing, status: roomStatus } = room.view.value;
  const status = useLinkStatus(roomStatus);
  const { isBlocked, isClosed } = room.thread.state.value.value ?? {};
  const [asked, setAsked] = useState<MessageAsk | null>(null);
  const [editing, setEditing] = useState<Message | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const photos = useStagedPhotos();
  const canWrite = !isBlocked && !isClosed && status !== "refused";
  const drop = useFileDrop((files) => void photos.add(files), canWrite && !editing);

  // Why one is shown out is in the conversation's record.
  useEffect(() => {
    if (roomStatus === "refused") void room.thread.load();
  }, [room, roomStatus]);

  // What was asked of a message ends where one goes on writing, once its dialog is gone.
  const isToWrite = useRef(false);
  useEffect(() => {
    if (editing) isToWrite.current = true;
    if (editing || asked || !isToWrite.current) return;
    isToWrite.current = false;
    field.current?.focus();
  }, [editing, asked]);

  function ask(next: MessageAsk): void {
    if (next.act === "edit") setEditing(next.message);
    else setAsked(next);
  }

  function remove({ seq }: Message): void {
    room.remove(seq);
    isToWrite.current = true;
    setAsked(null);
    if (editing?.seq === seq) setEditing(null);
  }

  const sender = asked?.message.senderId === myId ? words.you : partner.name;
  return (
    <div class={drop.isOver ? "chat dropping" : "chat"} {...drop.handlers}>
      <MessageLog
        room={room}
        myId={myId}
        partnerName={partner.name}
        isLive={status === "live"}
        onAsk={ask}
      />
      <p class="chat-typing" aria-live="polite">
        {typing.includes(partner.id) && words.typing(partner.name)}
      </p>
      {!isBlocked && <ChatStatus status={status} isClosed={isClosed === true} />}
      {isBlocked ? <BlockedNote room={room} partner={partner} /> : editing
        ? (
          <EditForm
            key={editing.seq}
            room={room}
            message={editing}
            onDone={() => setEditing(null)}
          />
        )
        : (
          <Composer
            room={room}
            field={field}
            photos={photos}
            draftName={`${myId} ${threadId}`}
            partnerName={partner.name}
            isClosed={!canWrite}
            onEditLast={() => setEditing(lastEditable(room.messages.value, myId) ?? null)}
          />
        )}
      {drop.isOver && <p class="chat-drop">{words.dropHere}</p>}
      {asked?.act === "photo" && asked.message.photo && (
        <PhotoViewer
          photo={asked.message.photo}
          name={sender}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.act === "delete" && (
        <ConfirmDialog
          title={words.deleteTitle}
          confirm={words.delete}
          dismiss={words.keep}
          isBusy={false}
          onConfirm={() => remove(asked.message)}
          onDismiss={() => setAsked(null)}
        >
          <p class="muted">{words.deleteText(partner.name)}</p>
        </ConfirmDialog>
      )}
      {asked?.act === "report" && (
        <ReportDialog
          room={room}
          name={partner.name}
          message={asked.message}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
