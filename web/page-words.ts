/** Also the title of a page that has no other. */
export const pageTitle = "Dokkerr: find a berth that fits";

/** What `index.html` says before any script has run. */
export const pageWords = {
  title: pageTitle,
  description:
    "Search harbours by place, nights and boat. See why she fits, what it costs, and book a berth that cannot be sold twice.",
  noScript: "Dokkerr draws its pages with JavaScript. Please switch it on to search for a berth.",
} as const;
