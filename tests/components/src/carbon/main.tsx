import '@ibm/plex-sans/css/ibm-plex-sans-default.css';
import './styles.scss';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { Details } from './Details';
import { Home } from './Home';
import { Import } from './Import';
import { Login } from './Login';
import { Settings } from './Settings';
import { Shell } from './Shell';
import { Toasts } from './toasts';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Toasts>
      <BrowserRouter>
        <Routes>
          <Route path="/login" element={<Login />} />
          <Route element={<Shell />}>
            <Route path="/" element={<Home />} />
            <Route path="/admin/settings" element={<Settings tab="general" />} />
            <Route path="/admin/users" element={<Settings tab="users" />} />
            <Route path="/admin/groups" element={<Settings tab="groups" />} />
            <Route path="/admin/users/import" element={<Import />} />
            <Route path="/admin/users/:id" element={<Details />} />
          </Route>
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </BrowserRouter>
    </Toasts>
  </StrictMode>,
);
