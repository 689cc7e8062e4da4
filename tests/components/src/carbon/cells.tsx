import { useState } from 'react';
import { OperationalTag, Popover, PopoverContent, Tag, UnorderedList, ListItem } from '@carbon/react';
import { standing, type Person } from '../shared/api';

const COLORS = { User: 'blue', Admin: 'purple', Deactivated: 'gray' } as const;

export const StatusTag = ({ person }: { person: Person }) => <Tag type={COLORS[standing(person)]}>{standing(person)}</Tag>;

export const lastLogin = (person: Person, timeStyle?: 'short') =>
  person.status === 'invited'
    ? 'Invitation pending'
    : person.last_login
      ? new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle }).format(new Date(person.last_login))
      : 'Never';

export function GroupsCell({ groups }: { groups: string[] }) {
  const [open, setOpen] = useState(false);
  if (!groups.length) return '–';
  const [first, ...others] = groups;
  return (
    <div className="groups-cell">
      <Tag type="outline">{first}</Tag>
      {others.length > 0 && (
        <Popover open={open} onRequestClose={() => setOpen(false)} dropShadow>
          <OperationalTag text={`+${others.length}`} aria-expanded={open} onClick={() => setOpen(!open)} />
          <PopoverContent className="popover-list">
            <UnorderedList>
              {others.map((group) => <ListItem key={group}>{group}</ListItem>)}
            </UnorderedList>
          </PopoverContent>
        </Popover>
      )}
    </div>
  );
}
