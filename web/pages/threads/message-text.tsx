import { messageParts } from "../../text/message-parts.ts";

/** A text as it was written; what is an address can be followed, where that is safe. */
export function MessageText({ text, isLinked = true }: { text: string; isLinked?: boolean }) {
  return (
    <p class="bubble-text" dir="auto">
      {isLinked
        ? messageParts(text).map((part, i) =>
          part.href
            ? (
              <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
                {part.text}
              </a>
            )
            : part.text
        )
        : text}
    </p>
  );
}
