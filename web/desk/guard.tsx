import {Component, type ReactNode} from 'react';
import {Failure} from '../ui/states.tsx';

/** A room that breaks says so and can be tried again; the frame around it stays. */
export class Guard extends Component<{children: ReactNode}, {error: Error | null}> {
  override state: {error: Error | null} = {error: null};
  static getDerivedStateFromError(error: Error): {error: Error} {
    return {error};
  }
  override render(): ReactNode {
    const {error} = this.state;
    return error ? <Failure error={error} retry={() => location.reload()} /> : this.props.children;
  }
}
