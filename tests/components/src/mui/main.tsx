import { CircularProgress, CssBaseline, ThemeProvider, createTheme } from '@mui/material';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useAccount } from '../shared/api';
import { Layout } from './Layout';
import { HomePage } from './HomePage';
import { LoginPage } from './LoginPage';
import { PersonPage } from './PersonPage';
import { SnackbarProvider } from './Snackbars';
import { UsersPage } from './UsersPage';

const theme = createTheme({ palette: { primary: { main: '#0b6e4f' } } });

function Signed() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <CircularProgress sx={{ m: 8 }} />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Layout account={account}>
      <Routes>
        <Route path="/" element={<HomePage name={account.name} />} />
        <Route path="/admin/users" element={<UsersPage />} />
        <Route path="/admin/users/:id" element={<PersonPage />} />
        <Route path="/admin" element={<Navigate to="/admin/users" replace />} />
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Layout>
  );
}

createRoot(document.getElementById('root')!).render(
  <ThemeProvider theme={theme}>
    <CssBaseline />
    <SnackbarProvider>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route path="/*" element={<Signed />} />
        </Routes>
      </BrowserRouter>
    </SnackbarProvider>
  </ThemeProvider>,
);
