import '@cloudscape-design/global-styles/index.css';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { EditPage } from './edit';
import { HomePage } from './home';
import { ImportPage } from './import';
import { InvitePage } from './invite';
import { LoginPage } from './login';
import { NotificationsProvider } from './notifications';
import { PeoplePage } from './people';
import { PersonPage } from './person';
import { Shell } from './shell';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <BrowserRouter>
        <NotificationsProvider>
          <Routes>
            <Route path="/login" element={<LoginPage />} />
            <Route element={<Shell />}>
              <Route path="/" element={<HomePage />} />
              <Route path="/admin/users" element={<PeoplePage />} />
              <Route path="/admin/users/invite" element={<InvitePage />} />
              <Route path="/admin/users/import" element={<ImportPage />} />
              <Route path="/admin/users/:id" element={<PersonPage />} />
              <Route path="/admin/users/:id/edit" element={<EditPage />} />
              <Route path="*" element={<Navigate to="/" replace />} />
            </Route>
          </Routes>
        </NotificationsProvider>
      </BrowserRouter>
    </I18nProvider>
  </StrictMode>,
);
