import { EditOutlined } from '@ant-design/icons';
import { App, Badge, Button, Descriptions, Drawer, Flex, Form, Input, Popconfirm, Space, Tag, Typography } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { ApiError, type Draft, type Person, api, fullName } from '../shared/api';
import { PersonFields } from './PersonFields';
import { STATUS } from './status';

interface Props {
  person?: Person;
  editing: boolean;
  groups: string[];
  onEdit: (editing: boolean) => void;
  onClose: () => void;
  onChanged: (person: Person) => void;
}

export function PersonDrawer({ person, editing, groups, onEdit, onClose, onChanged }: Props) {
  const [form] = Form.useForm<Draft>();
  const [busy, setBusy] = useState(false);
  const { message } = App.useApp();

  useEffect(() => {
    if (editing && person) form.setFieldsValue(person);
  }, [editing, person, form]);

  async function save(values: Draft) {
    setBusy(true);
    try {
      onChanged(await api.edit(person!.id, values));
      message.success('Changes saved');
      onEdit(false);
    } catch (problem) {
      const { fields, message: text } = problem as ApiError;
      const names = Object.keys(fields) as (keyof Draft)[];
      form.setFields(names.map((name) => ({ name, errors: [fields[name]] })));
      if (!names.length) message.error(text);
    } finally {
      setBusy(false);
    }
  }

  async function run(work: () => Promise<Person>, done: string) {
    try {
      onChanged(await work());
      message.success(done);
    } catch (problem) {
      message.error((problem as ApiError).message);
    }
  }

  return (
    <Drawer
      title={person && fullName(person)}
      width={480}
      open={!!person}
      onClose={onClose}
      destroyOnHidden
      extra={
        person &&
        !editing && (
          <Button icon={<EditOutlined />} onClick={() => onEdit(true)}>
            Edit
          </Button>
        )
      }
      footer={
        editing && (
          <Flex justify="flex-end" gap={8}>
            <Button onClick={() => onEdit(false)}>Cancel</Button>
            <Button type="primary" loading={busy} onClick={() => form.submit()}>
              Save
            </Button>
          </Flex>
        )
      }
    >
      {person && editing && (
        <Form form={form} layout="vertical" onFinish={save}>
          <Form.Item label="Email address">
            <Input value={person.email} disabled />
          </Form.Item>
          <Form.Item label="First name" name="first_name">
            <Input />
          </Form.Item>
          <Form.Item label="Last name" name="last_name">
            <Input />
          </Form.Item>
          <PersonFields groups={groups} />
        </Form>
      )}
      {person && !editing && (
        <>
          <Descriptions
            column={1}
            bordered
            size="small"
            items={[
              { key: 'email', label: 'Email', children: <Typography.Text copyable>{person.email}</Typography.Text> },
              { key: 'role', label: 'Role', children: person.role },
              {
                key: 'status',
                label: 'Status',
                children: <Badge {...STATUS[person.status]} />,
              },
              {
                key: 'groups',
                label: 'Groups',
                children: person.groups.length ? person.groups.map((group) => <Tag key={group}>{group}</Tag>) : '—',
              },
              {
                key: 'managers',
                label: 'Managers',
                children: person.managers.length
                  ? person.managers.map((manager) => <div key={manager}>{manager}</div>)
                  : '—',
              },
              {
                key: 'login',
                label: 'Last Login',
                children: person.last_login ? dayjs(person.last_login).format('MMM D, YYYY h:mm A') : 'Never',
              },
              ...(person.scim_managed
                ? [{ key: 'scim', label: 'Provisioning', children: <Tag color="blue">SCIM</Tag> }]
                : []),
            ]}
          />
          <Space style={{ marginTop: 24 }}>
            {person.status === 'invited' && (
              <Button onClick={() => run(() => api.resend(person.id), `Invitation resent to ${person.email}`)}>
                Resend Invitation
              </Button>
            )}
            {person.status === 'deactivated' ? (
              <Button onClick={() => run(() => api.reactivate(person.id), `${fullName(person)} was reactivated`)}>
                Reactivate
              </Button>
            ) : (
              <Popconfirm
                title={`Deactivate ${person.email}?`}
                description="They will no longer be able to log in. Their completion records are kept."
                okText="Deactivate"
                okButtonProps={{ danger: true }}
                onConfirm={() => run(() => api.deactivate(person.id), `${fullName(person)} was deactivated`)}
              >
                <Button danger>Deactivate</Button>
              </Popconfirm>
            )}
          </Space>
        </>
      )}
    </Drawer>
  );
}
