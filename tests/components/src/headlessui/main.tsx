import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useAccount } from '../shared/api';
import { ImportPage } from './ImportPage';
import { Layout } from './Layout';
import { Login } from './Login';
import { NotificationProvider } from './Notification';
import { Users } from './Users';
import './styles.css';

function Private() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <p className="p-8 text-gray-500">Loading...</p>;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Layout account={account}>
      <Routes>
        <Route path="/admin/users" element={<Users />} />
        <Route path="/admin/users/import" element={<ImportPage />} />
        <Route path="*" element={<Navigate to="/admin/users" replace />} />
      </Routes>
    </Layout>
  );
}

createRoot(document.getElementById('root')!).render(
  <NotificationProvider>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<Login />} />
        <Route path="/*" element={<Private />} />
      </Routes>
    </BrowserRouter>
  </NotificationProvider>,
);
