import { useEffect, useState } from "preact/hooks";

/** An address of a file that is only here, for as long as it is shown. */
export function useObjectUrl(file: Blob): string {
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
