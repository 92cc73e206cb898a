import { useState } from "preact/hooks";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FailureBox } from "../../components/failure-box.tsx";
import { Popover } from "../../components/popover.tsx";
import type { ThreadRoom } from "../../store/thread-room.ts";
import { MoreIcon } from "./chat-icons.tsx";
import { words } from "./chat-words.ts";
import { ReportDialog } from "./report-dialog.tsx";

interface ThreadMenuProps {
  room: ThreadRoom;
  partner: { id: string; name: string };
}

/** Against whom one talks to: a report, a block, and its end. */
export function ThreadMenu({ room, partner: { id, name } }: ThreadMenuProps) {
  const [asked, setAsked] = useState<"report" | "block" | null>(null);
  const { isBusy, error, set } = useBlock(room, id);
  const isBlocked = room.thread.state.value.value?.isBlocked === true;
  return (
    <>
      <Popover
        label={words.menu(name)}
        triggerClass="icon-button"
        align="end"
        width={250}
        trigger={
          <>
            <MoreIcon />
            <span class="sr-only">{words.menu(name)}</span>
          </>
        }
      >
        {(close) => {
          const choose = (deed: () => void) => () => {
            close();
            deed();
          };
          return (
            <div class="stack thread-menu" style={{ "--gap": "4px" }}>
              <button
                type="button"
                class="button quiet"
                onClick={choose(() => setAsked("report"))}
              >
                {words.reportPerson(name)}
              </button>
              <button
                type="button"
                class="button quiet"
                onClick={choose(isBlocked ? () => void set(false) : () => setAsked("block"))}
              >
                {isBlocked ? words.unblock(name) : words.block(name)}
              </button>
            </div>
          );
        }}
      </Popover>
      {asked === "report" && (
        <ReportDialog
          room={room}
          name={name}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "block" && (
        <ConfirmDialog
          title={`${words.block(name)}?`}
          confirm={words.block(name)}
          dismiss={words.cancel}
          isBusy={isBusy}
          onConfirm={() => void set(true).then((isDone) => isDone && setAsked(null))}
          onDismiss={() => setAsked(null)}
        >
          <p class="muted">{words.blockText(name)}</p>
          {error !== null && <FailureBox error={error} />}
        </ConfirmDialog>
      )}
    </>
  );
}

/** What stands where one would write, while the other one is blocked. */
export function BlockedNote({ room, partner: { id, name } }: ThreadMenuProps) {
  const { isBusy, error, set } = useBlock(room, id);
  return (
    <div class="chat-closed" role="status">
      <p>{words.blocked(name)}</p>
      <button type="button" class="button small" disabled={isBusy} onClick={() => void set(false)}>
        {words.unblock(name)}
      </button>
      {error !== null && <p class="composer-fault" role="alert">{words.notBlocked}</p>}
    </div>
  );
}

function useBlock(room: ThreadRoom, personId: string) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    isBusy,
    error,
    async set(isBlocked: boolean): Promise<boolean> {
      setBusy(true);
      setError(null);
      try {
        await room.setBlocked(personId, isBlocked);
        return true;
      } catch (failure) {
        setError(failure);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
