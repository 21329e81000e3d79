import {orderWords} from '../words/order/index.ts';
import {useWords} from './look.tsx';

/** Whose move it is, `picker@EAST` in words. */
export function useOwner(): (owner: string) => string {
  const words = useWords(orderWords);
  return (owner) => {
    const [role = '', place] = owner.split('@');
    const who = words.maybe(`owner_${role}`) ?? role;
    return place ? words('owner_in', {who, place}) : who;
  };
}
