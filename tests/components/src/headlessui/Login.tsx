import { AcademicCapIcon } from '@heroicons/react/24/outline';
import { type FormEvent, useState } from 'react';
import { ApiError, api, nextPage } from '../shared/api';
import { INPUT, LABEL, PRIMARY } from './classes';

export function Login() {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [known, setKnown] = useState(false);
  const [error, setError] = useState('');

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError('');
    if (!known) {
      setKnown(true);
      return;
    }
    try {
      await api.login(email, password);
      window.location.assign(nextPage());
    } catch (problem) {
      setError((problem as ApiError).message);
    }
  }

  return (
    <div className="mx-auto flex min-h-screen max-w-sm flex-col justify-center px-6">
      <AcademicCapIcon className="mx-auto size-12 text-indigo-600" />
      <h2 className="mt-6 text-center text-2xl font-bold tracking-tight text-gray-900">Sign in to your account</h2>
      <form className="mt-8 space-y-6" onSubmit={submit}>
        <div>
          <label htmlFor="email" className={LABEL}>
            Email address
          </label>
          <input
            id="email"
            type="email"
            autoComplete="email"
            required
            className={`${INPUT} mt-2`}
            value={email}
            onChange={(event) => {
              setEmail(event.target.value);
              setKnown(false);
            }}
          />
        </div>
        {known && (
          <div>
            <label htmlFor="password" className={LABEL}>
              Password
            </label>
            <input
              id="password"
              type="password"
              autoComplete="current-password"
              required
              className={`${INPUT} mt-2`}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
        )}
        {error && (
          <p role="alert" className="text-sm text-red-600">
            {error}
          </p>
        )}
        <button type="submit" className={`${PRIMARY} w-full`}>
          {known ? 'Sign in' : 'Continue'}
        </button>
      </form>
    </div>
  );
}
