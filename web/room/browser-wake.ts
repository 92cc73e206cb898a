/** Calls back when the page, the device or its network has come back; returns how to stop. */
export function onBrowserWake(wake: () => void): () => void {
  if (typeof document === "undefined") return () => {};
  const look = () => {
    if (document.visibilityState === "visible") wake();
  };
  addEventListener("online", wake);
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    removeEventListener("online", wake);
    removeEventListener("pageshow", look);
    document.removeEventListener("visibilitychange", look);
  };
}
