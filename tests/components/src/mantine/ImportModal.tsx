import { Alert, Badge, Button, Code, FileInput, Group, List, Modal, ScrollArea, Stepper, Table, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError, type ImportPreview, type ImportResult, api } from '../shared/api';

export function ImportModal({ onClose }: { onClose: (changed: boolean) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setError('');
    try {
      await work();
    } catch (problem) {
      setError((problem as ApiError).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={() => onClose(!!result)} title="Import users from CSV" size="xl">
      <Stepper active={result ? 2 : preview ? 1 : 0} size="sm">
        <Stepper.Step label="Upload">
          <FileInput
            label="CSV file"
            description={
              <>
                Header row: <Code>Email, First Name, Last Name, Role, Managers, Groups</Code>
              </>
            }
            placeholder="Select a file"
            accept="text/csv,.csv"
            leftSection={<IconFileTypeCsv size={18} />}
            clearable
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              setError('');
            }}
            error={error}
            mt="md"
          />
          <Group justify="flex-end" mt="md">
            <Button disabled={!file} loading={busy} onClick={() => run(async () => setPreview(await api.upload(file!)))}>
              Upload
            </Button>
          </Group>
        </Stepper.Step>
        <Stepper.Step label="Review">
          {preview && (
            <>
              {preview.invalid > 0 && (
                <Alert color="yellow" mt="md">
                  {preview.invalid} of {preview.rows.length} rows have errors and will not be imported.
                </Alert>
              )}
              {error && (
                <Alert color="red" mt="md">
                  {error}
                </Alert>
              )}
              <ScrollArea.Autosize mah={360} mt="md">
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>#</Table.Th>
                      <Table.Th>Email</Table.Th>
                      <Table.Th>Name</Table.Th>
                      <Table.Th>Role</Table.Th>
                      <Table.Th>Result</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {preview.rows.map((row) => (
                      <Table.Tr key={row.row}>
                        <Table.Td>{row.row}</Table.Td>
                        <Table.Td>{row.email}</Table.Td>
                        <Table.Td>
                          {row.first_name} {row.last_name}
                        </Table.Td>
                        <Table.Td>{row.role}</Table.Td>
                        <Table.Td>
                          {row.errors.length ? (
                            row.errors.map((text) => (
                              <Text key={text} size="sm" c="red">
                                {text}
                              </Text>
                            ))
                          ) : (
                            <Badge color="teal" variant="light">
                              OK
                            </Badge>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </ScrollArea.Autosize>
              <Group justify="flex-end" mt="md">
                <Button variant="default" onClick={() => setPreview(undefined)}>
                  Back
                </Button>
                <Button
                  disabled={!preview.valid}
                  loading={busy}
                  onClick={() => run(async () => setResult(await api.commit(preview.token)))}
                >
                  Import {preview.valid} users
                </Button>
              </Group>
            </>
          )}
        </Stepper.Step>
        <Stepper.Completed>
          {result && (
            <>
              <Text fw={600} mt="md">
                Import finished
              </Text>
              <Text>{result.created} users invited</Text>
              {result.skipped.length > 0 && (
                <>
                  <Text mt="sm">{result.skipped.length} rows were skipped:</Text>
                  <List size="sm">
                    {result.skipped.map((item) => (
                      <List.Item key={item.row}>
                        Row {item.row} · {item.email} · {item.reason}
                      </List.Item>
                    ))}
                  </List>
                </>
              )}
              <Group justify="flex-end" mt="md">
                <Button onClick={() => onClose(true)}>Close</Button>
              </Group>
            </>
          )}
        </Stepper.Completed>
      </Stepper>
    </Modal>
  );
}
