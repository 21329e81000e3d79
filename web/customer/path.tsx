import {createContext, useContext} from 'react';

/** The token of the link; behind it lies everything the page may do. */
const Token = createContext('');
export const TokenProvider = Token;

export function usePath(end = ''): string {
  return `/v1/track/${useContext(Token)}${end}`;
}
