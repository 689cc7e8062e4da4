import { Alert, Button, Card, Center, Field, Input, Stack } from '@chakra-ui/react';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { api } from '../../shared/api';
import { PasswordInput } from '../components/ui/password-input';

interface Credentials {
  email: string;
  password: string;
}

export function LoginPage() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { register, handleSubmit, formState } = useForm<Credentials>();
  const login = useMutation({
    mutationFn: ({ email, password }: Credentials) => api.login(email, password),
    onSuccess: () => navigate(params.get('next') ?? '/', { replace: true }),
  });
  const { errors } = formState;
  return (
    <Center minH="100vh" p="4">
      <Card.Root width="full" maxW="sm" variant="elevated">
        <form noValidate onSubmit={handleSubmit((values) => login.mutate(values))}>
          <Card.Header>
            <Card.Title as="h1">Welcome back</Card.Title>
            <Card.Description>Sign in to your WorkRamp account</Card.Description>
          </Card.Header>
          <Card.Body>
            <Stack gap="4">
              {login.isError && (
                <Alert.Root status="error">
                  <Alert.Indicator />
                  <Alert.Title>{login.error.message}</Alert.Title>
                </Alert.Root>
              )}
              <Field.Root invalid={!!errors.email}>
                <Field.Label>Email</Field.Label>
                <Input type="email" autoComplete="username" autoFocus {...register('email', { required: 'Enter your email' })} />
                <Field.ErrorText>{errors.email?.message}</Field.ErrorText>
              </Field.Root>
              <Field.Root invalid={!!errors.password}>
                <Field.Label>Password</Field.Label>
                <PasswordInput autoComplete="current-password" {...register('password', { required: 'Enter your password' })} />
                <Field.ErrorText>{errors.password?.message}</Field.ErrorText>
              </Field.Root>
            </Stack>
          </Card.Body>
          <Card.Footer>
            <Button type="submit" width="full" loading={login.isPending} loadingText="Signing in…">
              Sign in
            </Button>
          </Card.Footer>
        </form>
      </Card.Root>
    </Center>
  );
}
