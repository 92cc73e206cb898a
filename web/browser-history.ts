import type { HistoryPort, Router } from "./store/router.ts";

/** The browser's history; each entry remembers how far its page was scrolled. */
export const browserHistory: HistoryPort = {
  url: () => location.pathname + location.search,
  push(url) {
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", url);
  },
  replace(url) {
    history.replaceState(history.state, "", url);
  },
};

/** Lets plain links and the back button move the router instead of loading pages anew. */
export function followLinks(router: Router): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => router.popped());
  addEventListener("click", (event) => {
    const isPlain = event.button === 0 &&
      !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    const link = (event.target as Element | null)?.closest?.("a");
    const href = link?.getAttribute("href");
    if (!isPlain || event.defaultPrevented || !link || !href?.startsWith("/")) return;
    if (link.target || link.hasAttribute("download") || href.startsWith("/api/")) return;
    event.preventDefault();
    router.go(href);
  });
}
