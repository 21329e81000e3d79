import type {ComponentType} from 'react';
import type {opsWords} from '../../words/ops/index.ts';
import type {RoomProps} from '../rooms.ts';
import {CarriersPage} from './carriers.tsx';
import {ExceptionsPage} from './exceptions.tsx';
import {FiguresPage} from './figures.tsx';
import {StageOrdersPage} from './stage-orders.tsx';
import {Today} from './today.tsx';
import {Wall} from './wall.tsx';
import {ManyPage} from './many/index.tsx';
import {RiskPage} from './risk.tsx';
import {SwitchesPage} from './switches.tsx';

export interface OpsPage {
  /** below `/desk/ops/`; `''` is the door */
  path: string;
  word: Extract<keyof typeof opsWords.en, `page_${string}`>;
  /** the call it lives by: whoever may not make it is not offered the page */
  call: string;
  Content: ComponentType<RoomProps>;
  /** reached from this page, with no place of its own in the list */
  within?: string;
}

/** The pages of the room, in the order they are offered. */
export const PAGES: readonly OpsPage[] = [
  {path: '', word: 'page_today', call: 'getFlow', Content: Today},
  {path: 'flow', word: 'page_today', call: 'listStageOrders', Content: StageOrdersPage, within: ''},
  {path: 'risk', word: 'page_risk', call: 'listLateRisk', Content: RiskPage},
  {path: 'exceptions', word: 'page_exceptions', call: 'listExceptions', Content: ExceptionsPage},
  {path: 'many', word: 'page_many', call: 'listBulks', Content: ManyPage},
  {path: 'carriers', word: 'page_carriers', call: 'listCarriersHealth', Content: CarriersPage},
  {path: 'figures', word: 'page_figures', call: 'getKpis', Content: FiguresPage},
  {path: 'switches', word: 'page_switches', call: 'listSwitches', Content: SwitchesPage},
  {path: 'wall', word: 'page_wall', call: 'getFlow', Content: Wall},
];
