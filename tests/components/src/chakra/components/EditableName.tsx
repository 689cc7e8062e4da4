import { Editable, Field, IconButton } from '@chakra-ui/react';
import { useEffect, useState } from 'react';
import { LuCheck, LuPencilLine, LuX } from 'react-icons/lu';
import { fieldErrors } from '../queries';

interface EditableNameProps {
  label: string;
  name: 'first_name' | 'last_name';
  value: string;
  onSave: (change: { first_name?: string; last_name?: string }) => Promise<unknown>;
}

export function EditableName({ label, name, value, onSave }: EditableNameProps) {
  const [draft, setDraft] = useState(value);
  const [error, setError] = useState('');
  useEffect(() => setDraft(value), [value]);

  const commit = async (text: string) => {
    setError('');
    if (text.trim() === value) return setDraft(value);
    if (!text.trim()) {
      setDraft(value);
      return setError(`${label} is required`);
    }
    try {
      await onSave({ [name]: text });
    } catch (e) {
      setDraft(value);
      setError(fieldErrors(e)[name] ?? (e as Error).message);
    }
  };

  return (
    <Field.Root invalid={!!error}>
      <Field.Label color="fg.muted">{label}</Field.Label>
      <Editable.Root
        value={draft}
        placeholder="Not set"
        onValueChange={(e) => setDraft(e.value)}
        onValueCommit={(e) => commit(e.value)}
      >
        <Editable.Preview flex="1" />
        <Editable.Input flex="1" />
        <Editable.Control>
          <Editable.EditTrigger asChild>
            <IconButton variant="ghost" size="xs">
              <LuPencilLine />
            </IconButton>
          </Editable.EditTrigger>
          <Editable.CancelTrigger asChild>
            <IconButton variant="outline" size="xs">
              <LuX />
            </IconButton>
          </Editable.CancelTrigger>
          <Editable.SubmitTrigger asChild>
            <IconButton variant="outline" size="xs">
              <LuCheck />
            </IconButton>
          </Editable.SubmitTrigger>
        </Editable.Control>
      </Editable.Root>
      <Field.ErrorText>{error}</Field.ErrorText>
    </Field.Root>
  );
}
