import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import 'fomantic-ui-css/semantic.min.css';
import './styles.css';
import Home from './Home';
import ImportPage from './ImportPage';
import Layout from './Layout';
import Login from './Login';
import Settings, { General, Groups } from './Settings';
import Users from './Users';

dayjs.extend(relativeTime);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<Login />} />
        <Route element={<Layout />}>
          <Route index element={<Home />} />
          <Route path="admin" element={<Settings />}>
            <Route index element={<General />} />
            <Route path="users/:id?" element={<Users />} />
            <Route path="groups" element={<Groups />} />
          </Route>
          <Route path="admin/users/import" element={<ImportPage />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Route>
      </Routes>
    </BrowserRouter>
  </StrictMode>,
);
