import { AppBar, Box, Button, CircularProgress, Container, CssBaseline, Tab, Tabs, Toolbar, Typography } from '@mui/material';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Link, Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { LoginPage } from '../mui/LoginPage';
import { SnackbarProvider } from '../mui/Snackbars';
import { useAccount } from '../shared/api';
import { UsersTab } from './UsersTab';

function Settings() {
  const { pathname } = useLocation();
  return (
    <Container maxWidth="lg" sx={{ mt: 3 }}>
      <Typography variant="h5">Settings</Typography>
      <Tabs value={pathname} sx={{ mb: 2 }}>
        <Tab label="Account" value="/settings/account" component={Link} to="/settings/account" />
        <Tab label="Users" value="/settings/users" component={Link} to="/settings/users" />
        <Tab label="Groups" value="/settings/groups" component={Link} to="/settings/groups" />
      </Tabs>
      {pathname === '/settings/users' ? <UsersTab /> : <Typography>Nothing here</Typography>}
    </Container>
  );
}

function Signed() {
  const account = useAccount();
  const location = useLocation();
  if (account === undefined) return <CircularProgress sx={{ m: 8 }} />;
  if (account === null) return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <>
      <AppBar position="static">
        <Toolbar sx={{ gap: 2 }}>
          <Typography variant="h6">Learn:Up</Typography>
          <Button color="inherit" component={Link} to="/">Home</Button>
          <Button color="inherit" component={Link} to="/library">Library</Button>
          <Button color="inherit" component={Link} to="/settings">Settings</Button>
          <Box sx={{ flex: 1 }} />
          <Typography variant="body2">{account.email}</Typography>
        </Toolbar>
      </AppBar>
      <Routes>
        <Route path="/settings" element={<Navigate to="/settings/account" replace />} />
        <Route path="/settings/:tab" element={<Settings />} />
        <Route path="/" element={<Typography sx={{ m: 4 }}>Welcome, {account.name}</Typography>} />
        <Route path="/library" element={<Typography sx={{ m: 4 }}>Library</Typography>} />
        <Route path="*" element={<Typography sx={{ m: 4 }}>Page not found</Typography>} />
      </Routes>
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <>
    <CssBaseline />
    <SnackbarProvider>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<LoginPage />} />
          <Route path="/*" element={<Signed />} />
        </Routes>
      </BrowserRouter>
    </SnackbarProvider>
  </>,
);
