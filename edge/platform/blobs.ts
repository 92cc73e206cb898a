/** A stored object as it is read. */
export interface StoredBlob {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  contentType: string;
  bytes: number | undefined;
  /** The store's own strong entity tag, quotes included. */
  tag: string | undefined;
}

/** An upload that its holder may make, once authorised: to this key, of this type and size. */
export interface Upload {
  key: string;
  contentType: string;
  bytes: number;
  expiresSeconds: number;
}

/** Pictures and documents, by keys of our making. Calls throw where the store is away. */
export interface Blobs {
  put(key: string, body: Uint8Array<ArrayBuffer>, contentType: string): Promise<void>;
  /** Undefined where nothing has the key. */
  get(key: string): Promise<StoredBlob | undefined>;
  /** Harmless where nothing has the key. */
  delete(key: string): Promise<void>;
  /** A URL that takes this upload by PUT, with the same Content-Type. */
  presignPut(upload: Upload): Promise<string>;
  /** A URL that anybody who has it can read the object from, for so long. */
  url(key: string, expiresSeconds: number): Promise<string>;
}
