import { ImportOutlined, MoreOutlined, UserAddOutlined } from '@ant-design/icons';
import {
  App,
  Badge,
  Button,
  Card,
  Dropdown,
  Flex,
  Input,
  type MenuProps,
  Popconfirm,
  Select,
  Space,
  Table,
  type TableColumnsType,
  Tag,
  Typography,
} from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ApiError, type Person, type Query, api, fullName, useDebounced, useRemote } from '../shared/api';
import { InviteModal } from './InviteModal';
import { PersonDrawer } from './PersonDrawer';
import { STATUS } from './status';

export function PeoplePage() {
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<string>();
  const [idle, setIdle] = useState<string>();
  const [order, setOrder] = useState<Pick<Query, 'sort' | 'dir'>>({});
  const [page, setPage] = useState({ current: 1, pageSize: 10 });
  const [inviting, setInviting] = useState(false);
  const [selected, setSelected] = useState<Person>();
  const [editing, setEditing] = useState(false);
  const [confirming, setConfirming] = useState<number>();

  const text = useDebounced(search);
  const summary = useRemote(api.summary, []);
  const people = useRemote(
    () =>
      api.list({
        search: text,
        status,
        ...(idle === 'never' ? { never: '1' } : { idle_days: idle }),
        ...order,
        page: page.current,
        page_size: page.pageSize,
      }),
    [text, status, idle, order, page],
  );

  function refresh() {
    people.reload();
    summary.reload();
  }

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      message.success(done);
      refresh();
    } catch (problem) {
      message.error((problem as ApiError).message);
    }
  }

  function actions(person: Person): MenuProps['items'] {
    return [
      { key: 'edit', label: 'Edit' },
      ...(person.status === 'invited' ? [{ key: 'resend', label: 'Resend Invitation' }] : []),
      person.status === 'deactivated'
        ? { key: 'reactivate', label: 'Reactivate' }
        : { key: 'deactivate', label: 'Deactivate' },
      { key: 'delete', label: 'Permanently Delete', danger: true },
    ];
  }

  function act(person: Person, key: string) {
    if (key === 'edit') {
      setSelected(person);
      setEditing(true);
    } else if (key === 'resend') {
      run(() => api.resend(person.id), `Invitation resent to ${person.email}`);
    } else if (key === 'reactivate') {
      run(() => api.reactivate(person.id), `${fullName(person)} was reactivated`);
    } else if (key === 'deactivate') {
      setConfirming(person.id);
    } else if (key === 'delete') {
      modal.confirm({
        title: 'Permanently delete user?',
        content: `${fullName(person)} (${person.email}) and all of their training records will be removed. This cannot be undone.`,
        okText: 'Permanently Delete',
        okButtonProps: { danger: true },
        onOk: () => run(() => api.remove(person.id), `${person.email} was deleted`),
      });
    }
  }

  const columns: TableColumnsType<Person> = [
    {
      title: 'Name',
      key: 'name',
      sorter: true,
      render: (_, person) => (
        <Space>
          <Typography.Link
            onClick={() => {
              setSelected(person);
              setEditing(false);
            }}
          >
            {fullName(person)}
          </Typography.Link>
          {person.scim_managed && <Tag color="blue">SCIM</Tag>}
        </Space>
      ),
    },
    { title: 'Email', dataIndex: 'email', key: 'email', sorter: true },
    { title: 'Role', dataIndex: 'role', key: 'role' },
    {
      title: 'Groups',
      dataIndex: 'groups',
      key: 'groups',
      render: (groups: string[]) => groups.map((group) => <Tag key={group}>{group}</Tag>),
    },
    { title: 'Status', dataIndex: 'status', key: 'status', render: (value: Person['status']) => <Badge {...STATUS[value]} /> },
    {
      title: 'Last Login',
      dataIndex: 'last_login',
      key: 'last_login',
      sorter: true,
      render: (value: string | null) => (value ? dayjs(value).format('MMM D, YYYY') : 'Never'),
    },
    {
      key: 'actions',
      width: 56,
      fixed: 'right',
      render: (_, person) => (
        <Popconfirm
          title={`Deactivate ${person.email}?`}
          description="They will no longer be able to log in."
          okText="Deactivate"
          okButtonProps={{ danger: true }}
          placement="left"
          open={confirming === person.id}
          onOpenChange={(open) => !open && setConfirming(undefined)}
          onConfirm={() => run(() => api.deactivate(person.id), `${fullName(person)} was deactivated`)}
        >
          <Dropdown trigger={['click']} menu={{ items: actions(person), onClick: ({ key }) => act(person, key) }}>
            <Button type="text" icon={<MoreOutlined />} />
          </Dropdown>
        </Popconfirm>
      ),
    },
  ];

  return (
    <>
      <Flex justify="space-between" align="center" style={{ marginBottom: 16 }}>
        <Space align="baseline" size="middle">
          <Typography.Title level={3} style={{ margin: 0 }}>
            People
          </Typography.Title>
          {summary.data && <Typography.Text type="secondary">{summary.data.total} people</Typography.Text>}
          {summary.data && (
            <Tag>
              {summary.data.seats_used} of {summary.data.seats_total} seats
            </Tag>
          )}
        </Space>
        <Space>
          <Button icon={<ImportOutlined />} onClick={() => navigate('/admin/users/import')}>
            Import Users
          </Button>
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => setInviting(true)}>
            Invite User
          </Button>
        </Space>
      </Flex>
      <Card styles={{ body: { padding: 16 } }}>
        <Space style={{ marginBottom: 16 }} wrap>
          <Input.Search
            placeholder="Search by name or email"
            allowClear
            style={{ width: 300 }}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setPage((before) => ({ ...before, current: 1 }));
            }}
          />
          <Select
            placeholder="Status"
            allowClear
            style={{ width: 150 }}
            value={status}
            onChange={(value) => {
              setStatus(value);
              setPage((before) => ({ ...before, current: 1 }));
            }}
            options={[
              { value: 'active', label: 'Active' },
              { value: 'invited', label: 'Invited' },
              { value: 'deactivated', label: 'Deactivated' },
            ]}
          />
          <Select
            placeholder="Last Login"
            allowClear
            style={{ width: 190 }}
            value={idle}
            onChange={(value) => {
              setIdle(value);
              setPage((before) => ({ ...before, current: 1 }));
            }}
            options={[
              { value: '30', label: 'More than 30 days ago' },
              { value: '90', label: 'More than 90 days ago' },
              { value: 'never', label: 'Never' },
            ]}
          />
        </Space>
        <Table<Person>
          rowKey="id"
          columns={columns}
          dataSource={people.data?.items}
          loading={people.loading}
          scroll={{ x: 'max-content' }}
          pagination={{
            ...page,
            total: people.data?.total,
            showSizeChanger: true,
            pageSizeOptions: [10, 20, 50],
            showTotal: (total, [from, to]) => `${from}-${to} of ${total}`,
          }}
          onChange={({ current = 1, pageSize = 10 }, _filters, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter;
            setPage({ current, pageSize });
            setOrder(
              one?.order ? { sort: String(one.columnKey), dir: one.order === 'descend' ? 'desc' : 'asc' } : {},
            );
          }}
        />
      </Card>
      <InviteModal
        open={inviting}
        groups={summary.data?.groups ?? []}
        onClose={() => setInviting(false)}
        onDone={() => {
          setInviting(false);
          refresh();
        }}
      />
      <PersonDrawer
        person={selected}
        editing={editing}
        groups={summary.data?.groups ?? []}
        onEdit={setEditing}
        onClose={() => setSelected(undefined)}
        onChanged={(person) => {
          setSelected(person);
          refresh();
        }}
      />
    </>
  );
}
