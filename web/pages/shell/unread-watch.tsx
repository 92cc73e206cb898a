import { useEffect } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { watchUnread } from "../../store/unread.ts";
import "./unread-watch.css";

/**
 * Shows the number of unread messages at every way to them. The ways are the first page's, which
 * must not grow for it: the number is a variable of the style.
 */
export function UnreadWatch() {
  const { http } = useApp();
  useEffect(() => {
    const { style } = document.documentElement;
    const watch = watchUnread({
      http,
      onCount(count) {
        if (count > 0) style.setProperty("--unread", `"${count}"`);
        else style.removeProperty("--unread");
      },
    });
    void watch.count();
    return () => {
      watch.close();
      style.removeProperty("--unread");
    };
  }, [http]);
  return null;
}
