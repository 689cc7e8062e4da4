import { Button, Drawer, Form, Input, Select, Space, Switch, Tabs } from 'antd';
import { useState } from 'react';
import { ApiError, type Draft, type Person, api, fullName } from '../shared/api';
import { ManagersSelect } from './UsersTab';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

type Values = Draft & { admin: boolean };

export function UserDrawer({ person, groups, onClose, onDone }: Props) {
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);

  async function save() {
    const values: Values = { ...(form.getFieldsValue(true) as Values) };
    const role = values.admin ? 'Admin' : person.role === 'Admin' ? 'Learner' : person.role;
    setBusy(true);
    try {
      const { first_name, last_name, groups: chosen, managers } = values;
      await api.edit(person.id, { first_name, last_name, groups: chosen, managers, role });
      onDone();
    } catch (problem) {
      const { fields } = problem as ApiError;
      form.setFields(Object.keys(fields).map((name) => ({ name: name as keyof Values, errors: [fields[name]] })));
      setBusy(false);
    }
  }

  return (
    <Drawer
      open
      title={fullName(person)}
      width={480}
      onClose={onClose}
      extra={
        <Space>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="primary" loading={busy} onClick={save}>
            Save
          </Button>
        </Space>
      }
    >
      <Form form={form} layout="vertical" initialValues={{ ...person, admin: person.role === 'Admin' }}>
        <Tabs
          items={[
            {
              key: 'details',
              label: 'Details',
              children: (
                <>
                  <Form.Item label="First name" name="first_name">
                    <Input />
                  </Form.Item>
                  <Form.Item label="Last name" name="last_name">
                    <Input />
                  </Form.Item>
                  <Form.Item label="Email" name="email">
                    <Input disabled />
                  </Form.Item>
                  <Form.Item label="Admin" name="admin" valuePropName="checked">
                    <Switch />
                  </Form.Item>
                </>
              ),
            },
            { key: 'managers', label: 'Managers', children: <Form.Item label="Managers" name="managers"><ManagersSelect /></Form.Item> },
            {
              key: 'groups',
              label: 'Groups',
              children: (
                <Form.Item label="Groups" name="groups">
                  <Select mode="multiple" options={groups.map((value) => ({ value, label: value }))} />
                </Form.Item>
              ),
            },
            { key: 'attributes', label: 'Custom attributes', children: 'No custom attributes' },
          ]}
        />
      </Form>
    </Drawer>
  );
}
