import '@patternfly/react-core/dist/styles/base.css';
import './main.css';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router-dom';
import { Home } from './Home';
import { ImportPage } from './ImportPage';
import { Login } from './Login';
import { People } from './People';
import { PersonPage } from './PersonPage';
import { Shell } from './Shell';
import { Toasts } from './toasts';

createRoot(document.getElementById('root')!).render(
  <BrowserRouter>
    <Toasts>
      <Routes>
        <Route path="/login" element={<Login />} />
        <Route element={<Shell />}>
          <Route index element={<Home />} />
          <Route path="/admin/users" element={<People />} />
          <Route path="/admin/users/import" element={<ImportPage />} />
          <Route path="/admin/users/:id" element={<PersonPage />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Route>
      </Routes>
    </Toasts>
  </BrowserRouter>,
);
