import {useState} from 'react';
import {useRead, useWrite} from '../ui/data.ts';
import {Card} from '../ui/card.tsx';
import {Check} from '../ui/field.tsx';
import {useWords} from '../ui/look.tsx';
import {Skeleton} from '../ui/states.tsx';
import {customerWords} from '../words/customer/index.ts';
import {usePath} from './path.tsx';
import {Refused} from './refused.tsx';

interface Choice {
  kind: string;
  channel: string;
  wanted: boolean;
  mandatory: boolean;
}

interface Preferences {
  phone_known: boolean;
  preferences: Choice[];
}

/** What the customer is told, and by which way; read when they open it. */
export function Messages() {
  const say = useWords(customerWords);
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{say('messages')}</summary>
        {open && <Choices />}
      </details>
    </Card>
  );
}

function Choices() {
  const say = useWords(customerWords);
  const path = usePath('/preferences');
  const {data, error} = useRead<Preferences>(path);
  const write = useWrite();
  if (error) return <Refused error={error} />;
  if (!data) return <Skeleton lines={4} />;
  const shown = data.preferences.filter(({channel}) => channel !== 'sms' || data.phone_known);
  return (
    <div className="stack">
      <p className="soft small">{say('messages_always')}</p>
      <div>
        {shown.map(({kind, channel, wanted, mandatory}) => (
          <Check
            key={`${kind} ${channel}`}
            label={`${say.maybe(`m_${kind}`) ?? kind} · ${say.maybe(`by_${channel}`) ?? channel}`}
            checked={wanted}
            disabled={mandatory || write.isPending}
            onChange={() =>
              write.mutate({method: 'PUT', path, body: {preferences: [{kind, channel, wanted: !wanted}]}})
            }
          />
        ))}
      </div>
      {write.error && <Refused error={write.error} />}
    </div>
  );
}
