import {parseArgs} from 'node:util';
import {Trouble} from './log.mjs';

/** `parseArgs` whose complaints are sentences, with `usage` below them. */
export function readArgs(options, usage, args = process.argv.slice(2)) {
  try {
    return parseArgs({args, options: {help: {type: 'boolean'}, ...options}, strict: true}).values;
  } catch (error) {
    throw new Trouble(`${error.message.split('. ')[0]}.\n\n${usage}`);
  }
}

export function positiveNumber(name, text, {whole = false, max = Number.MAX_SAFE_INTEGER} = {}) {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (value > 0 && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new Trouble(
    `${name} must be a positive ${whole ? 'whole ' : ''}number${max < 1e9 ? ` up to ${max}` : ''}, not "${text}".`,
  );
}
