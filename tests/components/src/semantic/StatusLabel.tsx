import { Label, type SemanticCOLORS } from 'semantic-ui-react';
import { type Person, standing } from '../shared/api';

const COLORS: Record<string, SemanticCOLORS> = { Admin: 'violet', User: 'teal', Deactivated: 'grey' };

export default function StatusLabel({ person }: { person: Person }) {
  const status = standing(person);
  return (
    <Label color={COLORS[status]} basic={person.status === 'invited'}>
      {status}
      {person.status === 'invited' && <Label.Detail>Invited</Label.Detail>}
    </Label>
  );
}
