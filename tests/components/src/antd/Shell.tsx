import { BookOutlined, LogoutOutlined, ReadOutlined, SettingOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
import { Avatar, Dropdown, Flex, Layout, Menu, Space, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { type Account, api, initials } from '../shared/api';

export function Shell({ account, children }: { account: Account; children: ReactNode }) {
  const location = useLocation();
  const navigate = useNavigate();
  const selected = location.pathname.startsWith('/admin/users') ? '/admin/users' : location.pathname;

  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Sider width={220} theme="dark">
        <Flex align="center" gap={8} style={{ padding: '18px 24px', color: '#fff', fontWeight: 600, fontSize: 18 }}>
          <ReadOutlined /> WorkRamp
        </Flex>
        <Menu
          theme="dark"
          mode="inline"
          selectedKeys={[selected]}
          defaultOpenKeys={['admin']}
          items={[
            { key: '/content', icon: <BookOutlined />, label: <Link to="/content">Content</Link> },
            {
              key: 'admin',
              icon: <SettingOutlined />,
              label: 'Admin',
              children: [
                { key: '/admin/users', icon: <UserOutlined />, label: <Link to="/admin/users">People</Link> },
                { key: '/admin/groups', icon: <TeamOutlined />, label: <Link to="/admin/groups">Groups</Link> },
                { key: '/admin/settings', label: <Link to="/admin/settings">Settings</Link> },
              ],
            },
          ]}
        />
      </Layout.Sider>
      <Layout>
        <Layout.Header style={{ background: '#fff', padding: '0 24px' }}>
          <Flex justify="flex-end" align="center" style={{ height: '100%' }}>
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  { key: 'email', label: account.email, disabled: true },
                  { type: 'divider' },
                  { key: 'logout', icon: <LogoutOutlined />, label: 'Log out' },
                ],
                onClick: async ({ key }) => {
                  if (key === 'logout') {
                    await api.logout();
                    navigate('/login');
                  }
                },
              }}
            >
              <Space style={{ cursor: 'pointer' }}>
                <Avatar style={{ backgroundColor: '#5b3df5' }}>{initials(account.name)}</Avatar>
                <Typography.Text>{account.name}</Typography.Text>
              </Space>
            </Dropdown>
          </Flex>
        </Layout.Header>
        <Layout.Content style={{ padding: 24 }}>{children}</Layout.Content>
      </Layout>
    </Layout>
  );
}
