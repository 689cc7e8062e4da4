import { Box, Button, Field, HStack } from '@chakra-ui/react';
import { type ReactNode, useState } from 'react';
import type { Draft } from '../../shared/api';
import { fieldErrors } from '../queries';

interface EditableRowProps<K extends keyof Draft> {
  name: K;
  label: string;
  value: Draft[K];
  onSave: (change: Partial<Draft>) => Promise<unknown>;
  display: ReactNode;
  children: (draft: Draft[K], setDraft: (draft: Draft[K]) => void) => ReactNode;
}

/** A field that shows its value, and its editor once asked to. */
export function EditableRow<K extends keyof Draft>({ name, label, value, onSave, display, children }: EditableRowProps<K>) {
  const [draft, setDraft] = useState<Draft[K] | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState('');

  const close = () => {
    setDraft(null);
    setError('');
  };
  const save = async () => {
    setSaving(true);
    try {
      await onSave({ [name]: draft });
      close();
    } catch (e) {
      setError(fieldErrors(e)[name] ?? (e as Error).message);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Field.Root invalid={!!error}>
      <Field.Label color="fg.muted">{label}</Field.Label>
      <HStack width="full" align="start" gap="2" minH="10">
        <Box flex="1" alignSelf="center" textStyle="sm">
          {draft === null ? display : children(draft, setDraft)}
        </Box>
        {draft === null ? (
          <Button variant="ghost" size="sm" onClick={() => setDraft(value)}>
            Edit
          </Button>
        ) : (
          <>
            <Button size="sm" loading={saving} onClick={save}>
              Save
            </Button>
            <Button variant="outline" size="sm" disabled={saving} onClick={close}>
              Cancel
            </Button>
          </>
        )}
      </HStack>
      <Field.ErrorText>{error}</Field.ErrorText>
    </Field.Root>
  );
}
