import '@ant-design/v5-patch-for-react-19';
import { App as AntApp, ConfigProvider, Empty, Layout, Menu, Space, Spin, Tabs, Typography } from 'antd';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router-dom';
import { LoginPage } from '../antd/LoginPage';
import { useAccount } from '../shared/api';
import { UsersTab } from './UsersTab';
import 'antd/dist/reset.css';

function Settings() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <>
      <Typography.Title level={3}>Settings</Typography.Title>
      <Tabs
        activeKey={pathname}
        onChange={(key) => navigate(key)}
        destroyOnHidden
        items={[
          { key: '/settings/general', label: 'General', children: <Empty /> },
          { key: '/settings/users', label: 'Users', children: <UsersTab /> },
          { key: '/settings/groups', label: 'Groups', children: <Empty /> },
          { key: '/settings/integrations', label: 'Integrations', children: <Empty /> },
        ]}
      />
    </>
  );
}

function Admin() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <Spin fullscreen />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Header style={{ display: 'flex', alignItems: 'center' }}>
        <Typography.Text strong style={{ color: '#fff', marginRight: 32 }}>
          WorkRamp
        </Typography.Text>
        <Menu
          theme="dark"
          mode="horizontal"
          style={{ flex: 1 }}
          selectedKeys={[location.pathname.split('/')[1]]}
          items={[
            { key: 'home', label: <Link to="/home">Home</Link> },
            { key: 'content', label: <Link to="/content">Content</Link> },
            { key: 'reports', label: <Link to="/reports">Reports</Link> },
            { key: 'settings', label: <Link to="/settings/users">Settings</Link> },
          ]}
        />
        <Space style={{ color: '#fff' }}>{account.email}</Space>
      </Layout.Header>
      <Layout.Content style={{ padding: 24 }}>
        <Routes>
          <Route path="/settings" element={<Navigate to="/settings/users" replace />} />
          <Route path="/settings/:tab" element={<Settings />} />
          <Route path="/home" element={<Typography.Title>Welcome back</Typography.Title>} />
          <Route path="/content" element={<Empty />} />
          <Route path="/reports" element={<Empty />} />
          <Route path="*" element={<Navigate to="/home" replace />} />
        </Routes>
      </Layout.Content>
    </Layout>
  );
}

createRoot(document.getElementById('root')!).render(
  <ConfigProvider>
    <AntApp>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route path="/*" element={<Admin />} />
        </Routes>
      </BrowserRouter>
    </AntApp>
  </ConfigProvider>,
);
