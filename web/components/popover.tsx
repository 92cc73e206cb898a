import type { ComponentChildren, JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import "./popover.css";

interface PopoverProps {
  /** What the button shows. */
  trigger: ComponentChildren;
  triggerClass: string;
  /** The panel's name for those who do not see it. */
  label: string;
  /** Drawn only while the panel is open. */
  children: (close: () => void) => ComponentChildren;
  /** Of the panel beside its button, in pixels; a phone's is as wide as its screen. */
  width: number;
  align?: "start" | "end";
  onOpen?: () => void;
  onClose?: () => void;
}

const GAP = 8;

/**
 * A button and its panel in the browser's top layer: Escape and a click elsewhere close it, the
 * keyboard goes from the button into it. On a phone the panel comes up from the bottom.
 */
export function Popover(props: PopoverProps): JSX.Element {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  function place(): void {
    const rect = button.current!.getBoundingClientRect();
    const style = panel.current!.style;
    style.setProperty("--top", `${rect.bottom + GAP}px`);
    const room = document.body.clientWidth - props.width - GAP;
    const left = props.align === "end" ? rect.right - props.width : rect.left;
    style.setProperty("--left", `${Math.max(GAP, Math.min(left, room))}px`);
    style.setProperty("--width", `${props.width}px`);
  }

  function opening(event: Event): void {
    if ((event as ToggleEvent).newState !== "open") return;
    place();
    setOpen(true);
    props.onOpen?.();
  }

  // Only now: what is taken away while it closes can no longer give its focus back to the button.
  function closed(event: Event): void {
    if ((event as ToggleEvent).newState !== "closed") return;
    setOpen(false);
    props.onClose?.();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={props.triggerClass}
        popovertarget={id}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
      >
        {props.trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={props.label}
        class="panel"
        onBeforeToggle={opening}
        onToggle={closed}
      >
        {isOpen && props.children(close)}
      </div>
    </>
  );
}
