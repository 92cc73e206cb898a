import { useEffect, useRef } from "preact/hooks";
import type { Boat } from "../../../shared/boat.ts";
import type { Boats } from "../../store/boats.ts";
import { BoatForm } from "./boat-form.tsx";
import { formWords as words } from "./boats-words.ts";

interface BoatEditorViewProps {
  boats: Boats;
  seen: Boat | undefined;
  onSaved: (boat: Boat) => void;
  onCancel: () => void;
}

/** One boat being added or changed, in place of the list. */
export function BoatEditorView({ boats, seen, onSaved, onCancel }: BoatEditorViewProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    title.current!.focus({ preventScroll: true });
  }, []);
  return (
    <div class="stack">
      <div class="stack" style={{ "--gap": "4px" }}>
        <a class="small" href="/boats">{words.back}</a>
        <h1 ref={title} tabIndex={-1}>{seen ? words.titleChange(seen.name) : words.titleNew}</h1>
      </div>
      <BoatForm
        boats={boats}
        seen={seen}
        submit={words.save}
        onSaved={onSaved}
        onCancel={onCancel}
      />
    </div>
  );
}
