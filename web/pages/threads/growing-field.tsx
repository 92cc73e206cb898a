import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

interface GrowingFieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  label: string;
  placeholder?: string;
  /** The id of what is wrong with it. */
  faultId?: string | undefined;
  isDisabled?: boolean;
  value: string;
  onInput: (text: string) => void;
  onEnter: () => void;
  onKey?: (event: KeyboardEvent) => void;
  /** Pictures that were pasted. */
  onFiles?: (files: readonly File[]) => void;
}

/** Where one writes: Enter ends, Shift and Enter begin a line; it is as high as its text. */
export function GrowingField({ field, value, ...props }: GrowingFieldProps) {
  useLayoutEffect(() => fitHeight(field.current!), [field, value]);
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={props.label}
      placeholder={props.placeholder}
      aria-invalid={props.faultId !== undefined}
      aria-describedby={props.faultId}
      enterkeyhint="send"
      disabled={props.isDisabled}
      value={value}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onPaste={(event) => {
        const files = [...event.clipboardData?.files ?? []];
        if (files.length === 0 || !props.onFiles) return;
        event.preventDefault();
        props.onFiles(files);
      }}
      onKeyDown={(event) => {
        // While a word is being composed (Japanese, Chinese), Enter chooses it.
        if (event.isComposing) return;
        if (event.key !== "Enter" || event.shiftKey) return props.onKey?.(event);
        event.preventDefault();
        props.onEnter();
      }}
    />
  );
}

/** As many lines as the text has; the style says how many are too many. */
function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = "auto";
  field.style.height = `${field.offsetHeight - field.clientHeight + field.scrollHeight}px`;
}
