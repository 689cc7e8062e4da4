import 'bootstrap/dist/css/bootstrap.min.css';
import { Spinner } from 'react-bootstrap';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useAccount } from '../shared/api';
import { ImportPage } from './ImportPage';
import { Layout } from './Layout';
import { LoginPage } from './LoginPage';
import { ToastProvider } from './Toasts';
import { UserPage } from './UserPage';
import { UsersPage } from './UsersPage';

function App() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <Spinner animation="border" className="m-5" />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Layout account={account}>
      <Routes>
        <Route path="/admin/users" element={<UsersPage />} />
        <Route path="/admin/users/import" element={<ImportPage />} />
        <Route path="/admin/users/:id" element={<UserPage />} />
        <Route path="*" element={<Navigate to="/admin/users" replace />} />
      </Routes>
    </Layout>
  );
}

createRoot(document.getElementById('root')!).render(
  <ToastProvider>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route path="/*" element={<App />} />
      </Routes>
    </BrowserRouter>
  </ToastProvider>,
);
