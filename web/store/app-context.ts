import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "./app.ts";

/** The one App of this page load. */
export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("AppContext has no App: a page was rendered outside of it");
  return app;
}
