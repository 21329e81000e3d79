import {Link} from '../../ui/router.tsx';
import {useMay} from '../me.ts';

/** An order by its number: a link for whoever may open it. */
export function OrderLink({id, number}: {id: string; number: string}) {
  const may = useMay();
  const name = <bdi className="ops-number">{number}</bdi>;
  return may('getDossier') ? (
    <Link href={`/desk/support/${encodeURIComponent(id)}`} data-row>
      {name}
    </Link>
  ) : (
    name
  );
}
