import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

interface ConfirmDialogProps {
  title: string;
  /** What will happen. */
  children: ComponentChildren;
  confirm: string;
  dismiss: string;
  isBusy: boolean;
  onConfirm: () => void;
  /** Also after Escape. */
  onDismiss: () => void;
}

/** Asks before what cannot be undone; shown while it is drawn. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current!.showModal(), []);
  return (
    <dialog ref={dialog} class="stack" aria-labelledby={id} onClose={props.onDismiss}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
      <div class="row">
        {/* The harmless answer comes first, and takes the focus. */}
        <button type="button" class="button" onClick={() => dialog.current!.close()}>
          {props.dismiss}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={props.isBusy}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </button>
      </div>
    </dialog>
  );
}
