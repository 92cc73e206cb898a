import { useState } from "preact/hooks";
import { useApp } from "../../store/app-context.ts";
import { openThreadWithHost } from "../../store/threads.ts";

/** Opens the conversation with a dock's host; who is not signed in is sent there first. */
export function useThreadOpening(dockId: number) {
  const { http, session, router, platform } = useApp();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function ask(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      if (!await session.ready()) {
        router.go(`/sign-in?back=${encodeURIComponent(router.location.value.url)}`);
        return;
      }
      const thread = await openThreadWithHost(http, dockId, platform.newKey());
      router.go(`/threads/${thread.id}`);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  return { isBusy, error, open: () => void ask() };
}
