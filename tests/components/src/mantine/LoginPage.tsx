import { Alert, Anchor, Button, Container, Paper, PasswordInput, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ApiError, api } from '../shared/api';

export function LoginPage() {
  const [step, setStep] = useState(0);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: (value) => (/^\S+@\S+$/.test(value) ? null : 'Invalid email') },
  });

  const submit = form.onSubmit(async ({ email, password }) => {
    if (step === 0) {
      setStep(1);
      return;
    }
    setBusy(true);
    setError('');
    try {
      await api.login(email, password);
      window.location.assign(new URLSearchParams(window.location.search).get('next') || '/');
    } catch (problem) {
      setError((problem as ApiError).message);
      setBusy(false);
    }
  });

  return (
    <Container size={420} my={80}>
      <Title ta="center">Confirm Learn:Up</Title>
      <Text c="dimmed" size="sm" ta="center" mt={5}>
        formerly WorkRamp
      </Text>
      <Paper withBorder shadow="md" p={30} mt={30} radius="md">
        {error && (
          <Alert color="red" mb="md">
            {error}
          </Alert>
        )}
        <form onSubmit={submit} noValidate>
          {step === 0 ? (
            <TextInput label="Work email" placeholder="you@company.com" required {...form.getInputProps('email')} />
          ) : (
            <>
              <Text size="sm" mb="sm">
                {form.values.email}{' '}
                <Anchor component="button" type="button" size="sm" onClick={() => setStep(0)}>
                  Not you?
                </Anchor>
              </Text>
              <PasswordInput label="Password" placeholder="Your password" required {...form.getInputProps('password')} />
            </>
          )}
          <Button type="submit" fullWidth mt="xl" loading={busy}>
            {step === 0 ? 'Continue' : 'Log in'}
          </Button>
        </form>
      </Paper>
    </Container>
  );
}
