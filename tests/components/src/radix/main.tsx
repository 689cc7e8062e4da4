import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { Toaster } from 'sonner';
import { useAccount } from '../shared/api';
import { AppLayout } from './AppLayout';
import { ImportPage } from './ImportPage';
import { LoginPage } from './LoginPage';
import { PeoplePage } from './PeoplePage';
import './styles.css';

function Protected() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return null;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <AppLayout account={account}>
      <Routes>
        <Route path="/admin/users" element={<PeoplePage />} />
        <Route path="/admin/users/import" element={<ImportPage />} />
        <Route path="*" element={<Navigate to="/admin/users" replace />} />
      </Routes>
    </AppLayout>
  );
}

createRoot(document.getElementById('root')!).render(
  <BrowserRouter>
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route path="/*" element={<Protected />} />
    </Routes>
    <Toaster />
  </BrowserRouter>,
);
