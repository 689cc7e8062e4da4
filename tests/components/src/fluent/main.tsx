import { FluentProvider, Toaster, webLightTheme } from '@fluentui/react-components';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import './base.css';
import { AppShell } from './AppShell';
import { HomePage, PlainPage } from './HomePage';
import { LoginPage } from './LoginPage';
import { SettingsPage } from './SettingsPage';
import { TOASTER } from './toasts';

createRoot(document.getElementById('root')!).render(
  <FluentProvider theme={webLightTheme} style={{ height: '100%' }}>
    <BrowserRouter>
      <Routes>
        <Route path="/login" element={<LoginPage />} />
        <Route element={<AppShell />}>
          <Route path="/home" element={<HomePage />} />
          <Route path="/content" element={<PlainPage title="Content" />} />
          <Route path="/analytics" element={<PlainPage title="Analytics" />} />
          <Route path="/settings/:section" element={<SettingsPage />} />
        </Route>
        <Route path="/settings" element={<Navigate to="/settings/general" replace />} />
        <Route path="/admin/users" element={<Navigate to="/settings/users" replace />} />
        <Route path="*" element={<Navigate to="/home" replace />} />
      </Routes>
    </BrowserRouter>
    <Toaster toasterId={TOASTER} position="top-end" />
  </FluentProvider>,
);
