import {createCipheriv, createDecipheriv, createHash, createHmac, randomBytes} from 'node:crypto';

/** What Prisma's Bytes columns take and give. */
type Bytes = Uint8Array<ArrayBuffer>;

interface Sealed {
  iv: Bytes;
  ciphertext: Bytes;
  tag: Bytes;
}

type StoredSealed = Readonly<Record<keyof Sealed, Uint8Array>>;

/** Encrypts personal data under one key per customer; without the customer's wrapped key nothing can be read again. */
export interface Vault {
  /** A fresh data key, wrapped by the master key: store both, delete both to erase the customer. */
  newCustomerKey(): {wrapped_key: Bytes; master_key_id: string};
  /** Encrypts any JSON value. `aad` binds the result to its place: subject + field. */
  seal(wrapped: Uint8Array, aad: string, plain: unknown): Sealed;
  /** Throws VaultError when key, `aad` or bytes are not those of `seal`. */
  open(wrapped: Uint8Array, aad: string, sealed: StoredSealed): unknown;
  /** Blind index entry of a token already normalised by `searchTokens`: 64 hex digits. */
  index(kind: string, value: string): string;
  /** Keyed fingerprint for comparing without knowing (device, address, external customer id): 64 hex digits. */
  hash(kind: string, value: string): string;
}

export interface VaultKeys {
  /** 64 hex digits; wraps the customers' keys. */
  masterKey: string;
  /** 64 hex digits; keys `index` and `hash`. */
  indexKey: string;
}

export class VaultError extends Error {
  override name = 'VaultError';
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;
const WRAPPED_BYTES = KEY_ID_BYTES + IV_BYTES + TAG_BYTES + KEY_BYTES;

export function createVault(keys: VaultKeys): Vault {
  const masterKey = readKey('master', keys.masterKey);
  const indexKey = readKey('index', keys.indexKey);
  const masterKeyId = fingerprint(masterKey);

  const unwrap = (wrapped: Uint8Array): Uint8Array => {
    if (wrapped.length !== WRAPPED_BYTES) throw new VaultError('this is not a wrapped customer key');
    const parts = splitWrapped(wrapped);
    if (!masterKeyId.equals(parts.keyId)) throw new VaultError('the customer key was wrapped by another master key');
    return decrypt(masterKey, wrapAad(parts.keyId), parts.sealed);
  };
  const keyed = (purpose: string, kind: string, value: string) =>
    createHmac('sha256', indexKey)
      .update(JSON.stringify([purpose, kind, value]))
      .digest('hex');

  return {
    newCustomerKey: () => {
      const {iv, ciphertext, tag} = encrypt(masterKey, wrapAad(masterKeyId), randomBytes(KEY_BYTES));
      return {wrapped_key: bytes(masterKeyId, iv, tag, ciphertext), master_key_id: masterKeyId.toString('hex')};
    },
    seal: (wrapped, aad, plain) => {
      const text = JSON.stringify(plain) as string | undefined;
      if (text === undefined) throw new VaultError('only JSON values can be sealed');
      return encrypt(unwrap(wrapped), Buffer.from(aad), Buffer.from(text));
    },
    open: (wrapped, aad, sealed) => {
      const text = decrypt(unwrap(wrapped), Buffer.from(aad), sealed).toString('utf8');
      return JSON.parse(text) as unknown;
    },
    index: (kind, value) => keyed('index', kind, value),
    hash: (kind, value) => keyed('hash', kind, value),
  };
}

function readKey(name: string, hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new VaultError(`the ${name} key must be 64 hex digits`);
  return Buffer.from(hex, 'hex');
}

function fingerprint(key: Uint8Array): Buffer {
  return createHash('sha256').update('waybill master key id').update(key).digest().subarray(0, KEY_ID_BYTES);
}

function wrapAad(keyId: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('waybill customer key '), keyId]);
}

/** Layout: master key id, iv, tag, encrypted key. The id tells a rotated master key from a damaged wrapped one. */
function splitWrapped(wrapped: Uint8Array): {keyId: Uint8Array; sealed: StoredSealed} {
  const ivEnd = KEY_ID_BYTES + IV_BYTES;
  const tagEnd = ivEnd + TAG_BYTES;
  return {
    keyId: wrapped.subarray(0, KEY_ID_BYTES),
    sealed: {
      iv: wrapped.subarray(KEY_ID_BYTES, ivEnd),
      tag: wrapped.subarray(ivEnd, tagEnd),
      ciphertext: wrapped.subarray(tagEnd),
    },
  };
}

function encrypt(key: Uint8Array, aad: Uint8Array, plain: Uint8Array): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(aad);
  const ciphertext = bytes(cipher.update(plain), cipher.final());
  return {iv: bytes(iv), ciphertext, tag: bytes(cipher.getAuthTag())};
}

function decrypt(key: Uint8Array, aad: Uint8Array, sealed: StoredSealed): Buffer {
  // GCM accepts shortened tags and other IV sizes, which would make forging cheaper
  if (sealed.iv.length !== IV_BYTES || sealed.tag.length !== TAG_BYTES) throw new VaultError('this is not sealed data');
  const decipher = createDecipheriv(CIPHER, key, sealed.iv, {authTagLength: TAG_BYTES});
  decipher.setAAD(aad).setAuthTag(sealed.tag);
  try {
    return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
  } catch (cause) {
    throw new VaultError('the sealed data does not fit its key and place', {cause});
  }
}

/** A copy without the shared pool that small Buffers live in. */
function bytes(...parts: Uint8Array[]): Bytes {
  return Uint8Array.from(Buffer.concat(parts));
}
