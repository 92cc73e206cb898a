import { useEffect, useState } from "preact/hooks";

/** A part of the client that is loaded when it is first wanted; undefined until it is here. */
export function useModule<T>(load: () => Promise<T>, wanted = true): T | undefined {
  const [module, setModule] = useState<{ it: T }>();
  useEffect(() => {
    if (!wanted || module) return;
    let left = false;
    load().then((it) => left || setModule({ it }), () => {
      // No network for this part now: it is asked for again when it is next wanted.
    });
    return () => {
      left = true;
    };
    // A loader is the same import however often it is written down.
  }, [wanted]);
  return module?.it;
}
