import type { DockStatus } from "../../../shared/dock.ts";
import { dockStatusWords } from "../../text/host-words.ts";

/** Whether a dock is on sale, by word and colour. */
export function StatusBadge({ status }: { status: DockStatus }) {
  return <span class={`host-status host-status-${status}`}>{dockStatusWords[status]}</span>;
}
