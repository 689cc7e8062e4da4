import { Form, Select } from 'antd';
import { useState } from 'react';
import { ROLES, api, useDebounced, useRemote } from '../shared/api';

/** Role, groups and managers: the same three fields when inviting and when editing. */
export function PersonFields({ groups }: { groups: string[] }) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed);
  const { data: people = [] } = useRemote(() => api.options(search), [search]);

  return (
    <>
      <Form.Item label="Role" name="role" rules={[{ required: true, message: 'Please select a role' }]}>
        <Select placeholder="Select a role" options={ROLES.map((role) => ({ value: role, label: role }))} />
      </Form.Item>
      <Form.Item label="Groups" name="groups" tooltip="New groups are created when you save">
        <Select
          mode="tags"
          placeholder="Select or create groups"
          options={groups.map((group) => ({ value: group, label: group }))}
        />
      </Form.Item>
      <Form.Item label="Managers" name="managers">
        <Select
          mode="tags"
          placeholder="Enter manager emails"
          filterOption={false}
          onSearch={setTyped}
          optionLabelProp="value"
          options={people.map((person) => ({ value: person.email, label: `${person.name} (${person.email})` }))}
        />
      </Form.Item>
    </>
  );
}
