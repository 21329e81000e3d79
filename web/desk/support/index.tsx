import type {RoomProps} from '../rooms.ts';
import {Home} from './home.tsx';
import {OrderPage} from './order-page.tsx';
import './support.css';

/** The support console: search first, one order on one screen. */
export default function Support({rest}: RoomProps) {
  const [id = ''] = rest.split('/');
  return id === '' ? <Home /> : <OrderPage key={id} id={decodeURIComponent(id)} />;
}
