import { useState } from 'react';
import { Button, Col, Form, InputGroup, Row } from 'react-bootstrap';
import { type Draft, ROLES } from '../shared/api';
import { roleWord } from './words';

export type Errors = Partial<Record<keyof Draft, string>>;
export interface Fields extends Omit<Draft, 'managers'> {
  managers: string;
}

interface Props {
  fields: Fields;
  errors: Errors;
  groups: string[];
  isNew?: boolean;
  onChange: (part: Partial<Fields>) => void;
}

export function UserForm({ fields, errors, groups, isNew, onChange }: Props) {
  const [name, setName] = useState('');
  const all = [...groups, ...fields.groups.filter((group) => !groups.includes(group))];

  const toggle = (group: string, on: boolean) =>
    onChange({ groups: on ? [...fields.groups, group] : fields.groups.filter((other) => other !== group) });

  return (
    <>
      <Form.Group className="mb-3" controlId="userEmail">
        <Form.Label>Email address{isNew && ' *'}</Form.Label>
        <Form.Control
          type="email"
          value={fields.email}
          readOnly={!isNew}
          isInvalid={!!errors.email}
          onChange={(event) => onChange({ email: event.target.value })}
        />
        <Form.Control.Feedback type="invalid">{errors.email}</Form.Control.Feedback>
      </Form.Group>
      <Row className="mb-3">
        <Form.Group as={Col} controlId="userFirstName">
          <Form.Label>First name{isNew && ' *'}</Form.Label>
          <Form.Control
            value={fields.first_name}
            isInvalid={!!errors.first_name}
            onChange={(event) => onChange({ first_name: event.target.value })}
          />
          <Form.Control.Feedback type="invalid">{errors.first_name}</Form.Control.Feedback>
        </Form.Group>
        <Form.Group as={Col} controlId="userLastName">
          <Form.Label>Last name{isNew && ' *'}</Form.Label>
          <Form.Control
            value={fields.last_name}
            isInvalid={!!errors.last_name}
            onChange={(event) => onChange({ last_name: event.target.value })}
          />
          <Form.Control.Feedback type="invalid">{errors.last_name}</Form.Control.Feedback>
        </Form.Group>
      </Row>
      <Form.Group className="mb-3" controlId="userRole">
        <Form.Label>Role *</Form.Label>
        <Form.Select value={fields.role} isInvalid={!!errors.role} onChange={(event) => onChange({ role: event.target.value })}>
          <option value="">Choose...</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {roleWord(role)}
            </option>
          ))}
        </Form.Select>
        <Form.Control.Feedback type="invalid">{errors.role}</Form.Control.Feedback>
      </Form.Group>
      <Form.Group as="fieldset" className="mb-3">
        <Form.Label as="legend" className="fs-6">
          Groups
        </Form.Label>
        <div className="border rounded p-2 mb-2" style={{ maxHeight: 150, overflowY: 'auto' }}>
          {all.map((group) => (
            <Form.Check
              key={group}
              id={`group-${group}`}
              label={group}
              checked={fields.groups.includes(group)}
              onChange={(event) => toggle(group, event.target.checked)}
            />
          ))}
        </div>
        <InputGroup size="sm">
          <Form.Control placeholder="New group name" value={name} onChange={(event) => setName(event.target.value)} />
          <Button
            variant="outline-secondary"
            disabled={!name.trim()}
            onClick={() => {
              if (!fields.groups.includes(name.trim())) toggle(name.trim(), true);
              setName('');
            }}
          >
            Add group
          </Button>
        </InputGroup>
      </Form.Group>
      <Form.Group className="mb-3" controlId="userManagers">
        <Form.Label>Managers</Form.Label>
        <Form.Control
          as="textarea"
          rows={2}
          value={fields.managers}
          isInvalid={!!errors.managers}
          onChange={(event) => onChange({ managers: event.target.value })}
        />
        <Form.Control.Feedback type="invalid">{errors.managers}</Form.Control.Feedback>
        <Form.Text>Email addresses, separated by commas</Form.Text>
      </Form.Group>
    </>
  );
}
