import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { ThemeProvider } from '@ui5/webcomponents-react';
import './icons';
import './app.css';
import { Home } from './Home';
import { ImportWizard } from './ImportWizard';
import { Login } from './Login';
import { General } from './General';
import { Shell } from './Shell';
import { Users } from './Users';

createRoot(document.getElementById('root')!).render(
  <ThemeProvider>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<Login />} />
        <Route element={<Shell />}>
          <Route index element={<Home />} />
          <Route path="/admin/settings" element={<General />} />
          <Route path="/admin/users" element={<Users />} />
          <Route path="/admin/users/import" element={<ImportWizard />} />
          <Route path="/admin/users/:id" element={<Users />} />
        </Route>
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </BrowserRouter>
  </ThemeProvider>,
);
