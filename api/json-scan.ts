import {type Fault, type ProblemCode, pointerTo} from './errors.ts';

export const MAX_DEPTH = 20;

export interface ScanFault extends Fault {
  code: ProblemCode | 'control_character' | 'malformed_unicode';
}

interface Level {
  /** null inside an array */
  keys: Set<string> | null;
  /** where in it we are */
  at: string | number;
}

const TOKEN = /[ \t\r\n]*("(?:[^"\\]|\\[\s\S])*"|[[\]{},:]|[^[\]{},:" \t\r\n]+)/y;

/**
 * Looks over JSON text before it is parsed, for what JSON.parse would silently accept: the same key twice, deep
 * nesting, prototype keys, NUL characters and halves of surrogate pairs. Null when there is nothing of that; broken
 * syntax is left to JSON.parse.
 */
export function scanJson(source: string): ScanFault | null {
  const levels: Level[] = [];
  const token = new RegExp(TOKEN);
  let expectKey = false;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const piece = match[1] ?? '';
    const top = levels[levels.length - 1];
    if (piece === '{' || piece === '[') {
      levels.push(piece === '{' ? {keys: new Set(), at: ''} : {keys: null, at: 0});
      if (levels.length > MAX_DEPTH) return fault(levels.slice(0, -1), 'too_deep', `more than ${MAX_DEPTH} levels`);
      expectKey = piece === '{';
    } else if (piece === '}' || piece === ']') {
      levels.pop();
      expectKey = false;
    } else if (piece === ',') {
      if (top && top.keys === null) top.at = Number(top.at) + 1;
      expectKey = top !== undefined && top.keys !== null;
    } else if (piece.startsWith('"')) {
      const found = expectKey && top?.keys ? checkKey(levels, top, piece) : checkString(levels, piece);
      if (found) return found;
      expectKey = false;
    }
  }
  return null;
}

function checkKey(levels: readonly Level[], top: Level, piece: string): ScanFault | null {
  const key = unquote(piece);
  if (key === null) return null;
  const bad = checkString(levels.slice(0, -1), piece);
  if (bad) return bad;
  const again = top.keys?.has(key) ?? false;
  top.keys?.add(key);
  top.at = key;
  if (again) return fault(levels, 'duplicate_key', 'this field is named twice');
  if (key === '__proto__') return fault(levels, 'forbidden_key', 'this field name is never accepted');
  return null;
}

function checkString(levels: readonly Level[], piece: string): ScanFault | null {
  const value = unquote(piece);
  if (value === null) return null;
  if (value.includes('\u0000')) return fault(levels, 'control_character', 'holds a NUL character');
  if (!value.isWellFormed()) return fault(levels, 'malformed_unicode', 'holds half of a surrogate pair');
  return null;
}

/** Null for what is not a JSON string: JSON.parse will say so. */
function unquote(piece: string): string | null {
  if (!piece.includes('\\')) return piece.slice(1, -1);
  try {
    return JSON.parse(piece) as string;
  } catch {
    return null;
  }
}

function fault(levels: readonly Level[], code: ScanFault['code'], detail: string): ScanFault {
  return {pointer: pointerTo(levels.map((level) => level.at)), code, detail};
}
