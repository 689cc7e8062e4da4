import { MoreOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Flex, Form, Input, Modal, Select, Switch, Table, Tag, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { ApiError, type Person, addressesIn, api, fullName, standing, useDebounced, useRemote } from '../shared/api';
import { UserDrawer } from './UserDrawer';

export function ManagersSelect(props: { value?: string[]; onChange?: (value: string[]) => void; id?: string }) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, 300);
  const { data: people = [], loading } = useRemote(() => (search ? api.options(search) : Promise.resolve([])), [search]);
  return (
    <Select
      {...props}
      mode="multiple"
      placeholder="Search managers"
      filterOption={false}
      loading={loading}
      notFoundContent={typed ? 'No matches' : 'Type to search'}
      onSearch={setTyped}
      optionLabelProp="value"
      options={people.map((person) => ({ value: person.email, label: `${person.name} (${person.email})` }))}
    />
  );
}

interface Invitation {
  emails: string;
  groups?: string[];
  managers?: string[];
  admin?: boolean;
}

function InviteModal({ open, groups, onClose, onDone }: { open: boolean; groups: string[]; onClose: () => void; onDone: () => void }) {
  const [form] = Form.useForm<Invitation>();
  const [busy, setBusy] = useState(false);
  const { message } = App.useApp();

  async function send({ emails, groups: chosen = [], managers = [], admin }: Invitation) {
    setBusy(true);
    try {
      const done = await api.inviteList({ emails: addressesIn(emails), groups: chosen, managers, admin });
      message.success(`${done.invited.length} invited`);
      onDone();
    } catch (problem) {
      const { fields, message: text } = problem as ApiError;
      form.setFields(Object.keys(fields).map((name) => ({ name: name as keyof Invitation, errors: [fields[name]] })));
      if (!Object.keys(fields).length) message.error(text);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal title="Invite Users" open={open} onCancel={onClose} okText="Invite" onOk={() => form.submit()} confirmLoading={busy} destroyOnHidden>
      <Form form={form} layout="vertical" onFinish={send} preserve={false}>
        <Form.Item label="Email addresses" name="emails" extra="Paste a list, separated by commas or new lines" rules={[{ required: true }]}>
          <Input.TextArea rows={4} />
        </Form.Item>
        <Form.Item label="Groups" name="groups">
          <Select mode="multiple" placeholder="Select groups" options={groups.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item label="Managers" name="managers">
          <ManagersSelect />
        </Form.Item>
        <Form.Item label="Make these users Admins" name="admin" valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function UsersTab() {
  const { message, modal } = App.useApp();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [size, setSize] = useState(25);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Person>();
  const text = useDebounced(search);
  useEffect(() => setPage(1), [text]);
  const summary = useRemote(api.summary, []);
  const users = useRemote(() => api.list({ search: text, page, page_size: size }), [text, page, size]);

  const refresh = () => {
    users.reload();
    summary.reload();
  };
  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      message.success(done);
      refresh();
    } catch (problem) {
      message.error((problem as ApiError).message);
    }
  }
  const ask = (person: Person, title: string, okText: string, work: () => Promise<unknown>, done: string) =>
    modal.confirm({ title, content: `${fullName(person)} (${person.email})`, okText, okButtonProps: { danger: true }, onOk: () => run(work, done) });

  const items = (person: Person) => [
    { key: 'edit', label: 'Edit User Information', onClick: () => setEditing(person) },
    person.role === 'Admin'
      ? { key: 'user', label: 'Remove Admin', onClick: () => run(() => api.edit(person.id, { role: 'Learner' }), 'Saved') }
      : { key: 'admin', label: 'Make Admin', onClick: () => ask(person, 'Make this user an Admin?', 'Make Admin', () => api.edit(person.id, { role: 'Admin' }), 'Saved') },
    ...(person.status === 'invited' ? [{ key: 'resend', label: 'Resend Invitation', onClick: () => run(() => api.resend(person.id), 'Invitation resent') }] : []),
    { type: 'divider' as const },
    person.status === 'deactivated'
      ? { key: 'reactivate', label: 'Reactivate', onClick: () => run(() => api.reactivate(person.id), 'User reactivated') }
      : { key: 'deactivate', label: 'Deactivate', danger: true, onClick: () => ask(person, 'Deactivate this user?', 'Deactivate', () => api.deactivate(person.id), 'User deactivated') },
    { key: 'delete', label: 'Permanently Delete', danger: true, onClick: () => ask(person, 'Permanently delete this user and all training records?', 'Permanently Delete', () => api.remove(person.id), 'Deleted') },
  ];

  return (
    <>
      <Flex justify="space-between" style={{ marginBottom: 16 }}>
        <Input.Search allowClear placeholder="Search users" style={{ width: 320 }} value={search} onChange={(event) => setSearch(event.target.value)} />
        <Flex gap={16} align="center">
          {summary.data && <Typography.Text type="secondary">{`${summary.data.seats_used} of ${summary.data.seats_total} licenses used`}</Typography.Text>}
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setInviting(true)}>
            Invite Users
          </Button>
        </Flex>
      </Flex>
      <Table<Person>
        rowKey="id"
        loading={users.loading}
        dataSource={users.data?.items}
        columns={[
          { title: 'Name', render: (_, person) => fullName(person) },
          { title: 'Email', dataIndex: 'email' },
          { title: 'Status', render: (_, person) => <Tag color={standing(person) === 'Admin' ? 'gold' : undefined}>{standing(person)}</Tag> },
          { title: 'Groups', render: (_, person) => person.groups.map((group) => <Tag key={group}>{group}</Tag>) },
          { title: 'Last Login', render: (_, person) => person.last_login?.slice(0, 10) ?? 'Never' },
          {
            key: 'menu',
            align: 'right',
            render: (_, person) => (
              <Dropdown trigger={['click']} menu={{ items: items(person) }}>
                <Button type="text" icon={<MoreOutlined />} />
              </Dropdown>
            ),
          },
        ]}
        pagination={{
          current: page,
          pageSize: size,
          total: users.data?.total,
          showSizeChanger: true,
          pageSizeOptions: [10, 25, 50],
          showTotal: (total, [from, to]) => `Showing ${from}-${to} of ${total}`,
          onChange: (next, nextSize) => {
            setPage(next);
            setSize(nextSize);
          },
        }}
      />
      <InviteModal
        open={inviting}
        groups={summary.data?.groups ?? []}
        onClose={() => setInviting(false)}
        onDone={() => {
          setInviting(false);
          refresh();
        }}
      />
      {editing && (
        <UserDrawer
          person={editing}
          groups={summary.data?.groups ?? []}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            message.success('Saved');
            refresh();
          }}
        />
      )}
    </>
  );
}
