import type { ObjectFacts } from "./s3-store.ts";

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * ListObjectsV2's answer over all of a bucket's objects in order: prefix, delimiter, page size and
 * continuation as AWS describes them. The continuation token is the last name given, in base64.
 */
export function listObjects(bucket: string, all: ObjectFacts[], query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const after = token ? Buffer.from(token, "base64").toString() : query.get("start-after") ?? "";
  const pageSize = Math.min(1000, Math.max(0, Number(query.get("max-keys") ?? 1000) || 0));
  const encode = query.get("encoding-type") === "url" ? encodeURIComponent : escapeXml;

  const groups = new Set<string>();
  const items: string[] = [];
  let last = "";
  let isTruncated = false;
  for (const facts of all) {
    if (!facts.key.startsWith(prefix)) continue;
    const cut = delimiter ? facts.key.indexOf(delimiter, prefix.length) : -1;
    const name = cut < 0 ? facts.key : facts.key.slice(0, cut + delimiter.length);
    const isBefore = Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0;
    if (isBefore || groups.has(name)) continue;
    if (items.length === pageSize) {
      isTruncated = true;
      break;
    }
    last = name;
    if (cut < 0) {
      items.push(
        `<Contents><Key>${encode(name)}</Key>` +
          `<LastModified>${new Date(facts.modifiedMs).toISOString()}</LastModified>` +
          `<ETag>&quot;${facts.md5}&quot;</ETag><Size>${facts.sizeBytes}</Size>` +
          "<StorageClass>STANDARD</StorageClass></Contents>",
      );
    } else {
      groups.add(name);
      items.push(`<CommonPrefixes><Prefix>${encode(name)}</Prefix></CommonPrefixes>`);
    }
  }
  const next = isTruncated
    ? `<NextContinuationToken>${Buffer.from(last).toString("base64")}</NextContinuationToken>`
    : "";
  return '<?xml version="1.0" encoding="UTF-8"?>' +
    '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
    `<Name>${escapeXml(bucket)}</Name><Prefix>${encode(prefix)}</Prefix>` +
    (delimiter ? `<Delimiter>${encode(delimiter)}</Delimiter>` : "") +
    `<MaxKeys>${pageSize}</MaxKeys><KeyCount>${items.length}</KeyCount>` +
    `<IsTruncated>${isTruncated}</IsTruncated>${next}${items.join("")}</ListBucketResult>`;
}
