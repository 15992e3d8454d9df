/** An encrypted text, as it rests in IndexedDB. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly box: ArrayBuffer;
}

/** Encrypts what may not rest in plain text on a terminal: personal data, drafts, who is signed in. */
export interface Sealer {
  seal(value: unknown): Promise<Sealed>;
  /** @throws when the key is another one or the box was changed */
  open(sealed: Sealed): Promise<unknown>;
  /** @param place where the box belongs: it opens nowhere else */
  sealBytes(place: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed>;
  /** @throws when the key is another one, the box was changed or belongs to another place */
  openBytes(place: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>>;
}

const IV_BYTES = 12;

/** @param dataKey 32 bytes, base64: kept by the platform outside IndexedDB */
export const makeSealer = (dataKey: string, crypto: Crypto): Sealer => {
  const bytes = Uint8Array.from(atob(dataKey), (character) => character.charCodeAt(0));
  const key = crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  key.catch(() => undefined); // reported by whoever seals or opens
  const bound = (place: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(place),
  });
  return {
    sealBytes: async (place, content) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      return { iv, box: await crypto.subtle.encrypt(bound(place, iv), await key, content) };
    },
    openBytes: async (place, { iv, box }) =>
      new Uint8Array(await crypto.subtle.decrypt(bound(place, iv), await key, box)),
    seal: async (value) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const text = new TextEncoder().encode(JSON.stringify(value));
      return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, text) };
    },
    open: async ({ iv, box }) => {
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, box);
      return JSON.parse(new TextDecoder().decode(text)) as unknown;
    },
  };
};
