import {createContext, useContext} from 'react';
import type {Look} from '../words/look.ts';

/** Who is signed in: `GET /v1/desk/me`. */
export interface Me {
  client: string;
  staff_id: string | null;
  name: string;
  warehouse: string | null;
  roles: readonly string[];
  /** calls their roles allow, by operation id */
  may: readonly string[];
  look: Look | null;
  now: string;
  speed: number;
}

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('nobody is signed in here');
  return me;
}

/** Whether the person may make a call, by its operation id: what they may not is not offered. */
export const useMay = (): ((operation: string) => boolean) => {
  const {may} = useMe();
  return (operation) => may.includes(operation);
};
