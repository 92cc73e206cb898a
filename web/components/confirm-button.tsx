import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface ConfirmButtonProps {
  class: string;
  children: ComponentChildren;
  /** The question, what follows from yes, and the two answers. */
  title: string;
  text: string;
  yes: string;
  no: string;
  disabled?: boolean;
  onYes(): void;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class={props.class}
        disabled={props.disabled}
        onClick={() => dialog.current?.showModal()}
      >
        {props.children}
      </button>
      <dialog ref={dialog} aria-label={props.title}>
        <form method="dialog" class="stack">
          <h2>{props.title}</h2>
          <p class="muted">{props.text}</p>
          <div class="row">
            <button type="submit" class="button danger" onClick={props.onYes}>{props.yes}</button>
            <button type="submit" class="button quiet" autofocus>{props.no}</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
