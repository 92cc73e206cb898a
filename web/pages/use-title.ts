import { useEffect } from "preact/hooks";
import { pageTitle } from "../page-words.ts";

const NAME = "Dokkerr";

/** Names the page for the tab, the history and those who hear it. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · ${NAME}` : pageTitle;
  }, [title]);
}
