import { useEffect, useState } from "preact/hooks";

/**
 * A part of the client that is loaded when it is first wanted, or so many milliseconds later;
 * undefined until it is here.
 */
export function useModule<T>(
  load: () => Promise<T>,
  wanted = true,
  afterMs?: number,
): T | undefined {
  const [module, setModule] = useState<{ it: T }>();
  useEffect(() => {
    if (!wanted || module) return;
    let left = false;
    const timer = setTimeout(() => {
      load().then((it) => left || setModule({ it }), () => {
        // No network for this part now: it is asked for again when it is next wanted.
      });
    }, afterMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
    // A loader is the same import however often it is written down.
  }, [wanted]);
  return module?.it;
}
