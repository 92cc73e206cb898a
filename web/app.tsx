import { useEffect } from "preact/hooks";
import { Routes } from "./pages/routes.tsx";
import { Footer } from "./pages/shell/footer.tsx";
import { BottomBar, Header } from "./pages/shell/header.tsx";
import type { App } from "./store/app.ts";
import { AppContext } from "./store/app-context.ts";

/** The whole client around one App. */
export function DokkerrApp({ app }: { app: App }) {
  const { theme } = app.prefs.value.value;
  useEffect(() => {
    const root = document.documentElement;
    if (theme === "auto") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
  }, [theme]);
  useEffect(() => {
    // Whoever cannot be told apart yet is asked again by the page that needs to know.
    app.session.begin().catch(() => undefined);
  }, [app]);
  return (
    <AppContext.Provider value={app}>
      <Header />
      <main id="main" tabIndex={-1}>
        <Routes />
      </main>
      <Footer />
      <BottomBar />
    </AppContext.Provider>
  );
}
