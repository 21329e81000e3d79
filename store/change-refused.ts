import type {ChangeOutcome} from './ask-change.ts';

/** Nothing of the change is made, and what was written of it is taken back. */
export class ChangeRefused extends Error {
  readonly refused: ChangeOutcome['refused'];
  constructor(refused: ChangeOutcome['refused']) {
    super(`the change is refused: ${refused[0]?.code ?? 'unknown'}`);
    this.refused = refused;
  }
}
