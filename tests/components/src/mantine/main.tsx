import { Center, Loader, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useAccount } from '../shared/api';
import { Dashboard } from './Dashboard';
import { LoginPage } from './LoginPage';
import { PeoplePage } from './PeoplePage';
import { Shell } from './Shell';

function Inside() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) {
    return (
      <Center h="100vh">
        <Loader />
      </Center>
    );
  }
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Shell account={account}>
      <Routes>
        <Route path="/" element={<Dashboard />} />
        <Route path="/admin/users" element={<PeoplePage />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Shell>
  );
}

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={{ primaryColor: 'grape' }}>
    <Notifications position="top-right" />
    <ModalsProvider>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route path="/*" element={<Inside />} />
        </Routes>
      </BrowserRouter>
    </ModalsProvider>
  </MantineProvider>,
);
