import type {ComponentType} from 'react';
import type {deskWords} from '../words/desk/index.ts';

export interface RoomProps {
  /** what follows the room in the address, `''` at its door: `orders/ord_1` */
  rest: string;
}

export interface Room {
  path: string;
  word: Extract<keyof typeof deskWords.en, `room_${string}`>;
  /** who finds it in the navigation; what each call allows is the interface's to say */
  roles: readonly string[];
  load: () => Promise<{default: ComponentType<RoomProps>}>;
}

/** A room is a folder with an index.tsx; it is loaded when somebody enters. */
const built = import.meta.glob<{default: ComponentType<RoomProps>}>('./*/index.tsx');

const PLANNED: readonly Omit<Room, 'load'>[] = [
  {path: 'support', word: 'room_support', roles: ['support', 'finance', 'ops', 'admin']},
  {path: 'reviews', word: 'room_reviews', roles: ['support', 'ops', 'admin']},
  {path: 'ops', word: 'room_ops', roles: ['ops', 'analyst', 'warehouse_lead', 'admin']},
  {path: 'planner', word: 'room_planner', roles: ['analyst', 'ops', 'admin']},
  {path: 'setup', word: 'room_setup', roles: ['ops', 'finance', 'warehouse_lead', 'admin']},
  {path: 'kit', word: 'room_kit', roles: []},
];

/** The rooms that are there; one that is planned only is not shown. */
export const ROOMS: readonly Room[] = PLANNED.flatMap((room) => {
  const load = built[`./${room.path}/index.tsx`];
  const shown = room.path !== 'kit' || 'development' in document.documentElement.dataset;
  return load && shown ? [{...room, load}] : [];
});
