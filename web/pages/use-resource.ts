import { useEffect, useMemo } from "preact/hooks";
import { createResource } from "../store/resource.ts";
import type { Resource } from "../store/resource.ts";

/** Reads something while the page is shown; read anew where `key` changes, not at all for null. */
export function useResource<T>(
  key: string | null,
  read: (signal: AbortSignal) => Promise<T>,
): Resource<T> {
  // The key says all that the read depends on.
  const resource = useMemo(() => createResource(read), [key]);
  useEffect(() => {
    if (key !== null) void resource.load();
    return () => resource.stop();
  }, [resource, key]);
  return resource;
}
