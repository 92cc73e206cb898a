import type { CancellationPolicy, DockStatus } from "../../shared/dock.ts";

export const policyWords: Record<CancellationPolicy, string> = {
  flexible: "Flexible",
  moderate: "Moderate",
  strict: "Strict",
};

export const dockStatusWords: Record<DockStatus, string> = {
  draft: "Draft",
  published: "Published",
  paused: "Paused",
  maintenance: "Under maintenance",
};
