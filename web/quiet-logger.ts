import { createLogger } from "vite";

/** Vite's logger without a line for each of the many small files of the chart. */
export function quietLogger() {
  const logger = createLogger();
  const { info } = logger;
  logger.info = (message, options) => {
    const lines = message.split("\n").filter((line) => !line.includes("/land/"));
    info(lines.join("\n"), options);
  };
  return logger;
}
