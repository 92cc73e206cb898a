/** Where a photo is served from: below the API's own origin, for its key never changes content. */
export function photoUrl(blobKey: string): string {
  return `/api/photos/${blobKey}`;
}
