import { type FormEvent, useState } from 'react';
import { ApiError, api, nextPage } from '../shared/api';
import { Button, Card, Input, Label } from './ui/basic';

export function LoginPage() {
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError('');
    try {
      await api.login(String(form.get('email')), String(form.get('password')));
      window.location.assign(nextPage());
    } catch (problem) {
      setError((problem as ApiError).message);
      setBusy(false);
    }
  }

  return (
    <div className="flex min-h-screen items-center justify-center bg-muted">
      <Card className="w-full max-w-sm">
        <h1 className="text-2xl font-semibold">Welcome back</h1>
        <p className="mb-6 text-muted-foreground">Log in to your WorkRamp account</p>
        <form onSubmit={submit} className="grid gap-4">
          <div className="grid gap-2">
            <Label htmlFor="email">Email</Label>
            <Input id="email" name="email" type="email" placeholder="m@example.com" required />
          </div>
          <div className="grid gap-2">
            <div className="flex items-center justify-between">
              <Label htmlFor="password">Password</Label>
              <a href="#" className="text-xs underline-offset-4 hover:underline">
                Forgot your password?
              </a>
            </div>
            <Input id="password" name="password" type="password" required />
          </div>
          {error && <p className="text-sm text-destructive">{error}</p>}
          <Button type="submit" disabled={busy}>
            Log in
          </Button>
        </form>
      </Card>
    </div>
  );
}
