import '@ant-design/v5-patch-for-react-19';
import { App as AntApp, ConfigProvider, Spin } from 'antd';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useAccount } from '../shared/api';
import { Shell } from './Shell';
import { LoginPage } from './LoginPage';
import { PeoplePage } from './PeoplePage';
import { ImportPage } from './ImportPage';
import { Placeholder } from './Placeholder';
import 'antd/dist/reset.css';

function Admin() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <Spin fullscreen />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Shell account={account}>
      <Routes>
        <Route path="/admin/users" element={<PeoplePage />} />
        <Route path="/admin/users/import" element={<ImportPage />} />
        <Route path="/admin/groups" element={<Placeholder title="Groups" />} />
        <Route path="/admin/settings" element={<Placeholder title="Settings" />} />
        <Route path="/content" element={<Placeholder title="Content" />} />
        <Route path="*" element={<Navigate to="/admin/users" replace />} />
      </Routes>
    </Shell>
  );
}

createRoot(document.getElementById('root')!).render(
  <ConfigProvider theme={{ token: { colorPrimary: '#5b3df5', borderRadius: 6 } }}>
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
