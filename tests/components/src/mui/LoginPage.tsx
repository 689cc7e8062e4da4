import { Alert, Box, Button, Container, Paper, TextField, Typography } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { ApiError, api } from '../shared/api';

export function LoginPage() {
  const [step, setStep] = useState<'email' | 'password'>('email');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError('');
    if (step === 'email') {
      setStep('password');
      return;
    }
    setBusy(true);
    try {
      await api.login(email, password);
      window.location.assign(new URLSearchParams(window.location.search).get('next') || '/');
    } catch (problem) {
      setError((problem as ApiError).message);
      setBusy(false);
    }
  }

  return (
    <Container maxWidth="xs">
      <Paper sx={{ mt: 12, p: 4 }}>
        <Typography component="h1" variant="h5" gutterBottom>
          Sign in
        </Typography>
        {error && <Alert severity="error">{error}</Alert>}
        <Box component="form" onSubmit={submit}>
          <TextField
            margin="normal"
            required
            fullWidth
            label="Email Address"
            type="email"
            name="email"
            autoComplete="email"
            autoFocus
            disabled={step === 'password'}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          {step === 'password' && (
            <TextField
              margin="normal"
              required
              fullWidth
              name="password"
              label="Password"
              type="password"
              autoComplete="current-password"
              autoFocus
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
          <Button type="submit" fullWidth variant="contained" sx={{ mt: 3, mb: 2 }} loading={busy}>
            {step === 'email' ? 'Continue' : 'Sign in'}
          </Button>
        </Box>
      </Paper>
    </Container>
  );
}
