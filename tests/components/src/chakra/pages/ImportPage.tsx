import { Alert, Badge, Breadcrumb, Button, Card, Checkbox, Code, FileUpload, HStack, Heading, Icon, List, Stack, Steps, Table, Text } from '@chakra-ui/react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { LuUpload } from 'react-icons/lu';
import { Link as RouterLink } from 'react-router-dom';
import { type ImportPreview, type ImportResult, api } from '../../shared/api';
import { toaster } from '../components/ui/toaster';
import { plural } from '../format';
import { toastError, useRefresh } from '../queries';

const STEPS = ['Upload', 'Review', 'Done'];

function Upload({ onPreview }: { onPreview: (preview: ImportPreview) => void }) {
  const [file, setFile] = useState<File>();
  const [rejected, setRejected] = useState(false);
  const upload = useMutation({ mutationFn: api.upload, onSuccess: onPreview });
  const problem = rejected ? 'Only .csv files are supported' : upload.error?.message;
  return (
    <Stack gap="4">
      <Text color="fg.muted">
        The first line names the columns: <Code>Email, First Name, Last Name, Role, Managers, Groups</Code>. Separate several managers or
        groups with a semicolon.
      </Text>
      {problem && (
        <Alert.Root status="error">
          <Alert.Indicator />
          <Alert.Title>{problem}</Alert.Title>
        </Alert.Root>
      )}
      <FileUpload.Root
        maxW="full"
        alignItems="stretch"
        maxFiles={1}
        accept=".csv"
        onFileChange={(e) => {
          setFile(e.acceptedFiles[0]);
          setRejected(e.rejectedFiles.length > 0);
          upload.reset();
        }}
      >
        <FileUpload.HiddenInput />
        <FileUpload.Dropzone>
          <Icon size="md" color="fg.muted">
            <LuUpload />
          </Icon>
          <FileUpload.DropzoneContent>
            <Text>Drag and drop a CSV file here, or click to browse</Text>
            <Text color="fg.muted">Up to 1,000 people</Text>
          </FileUpload.DropzoneContent>
        </FileUpload.Dropzone>
        <FileUpload.List showSize clearable />
      </FileUpload.Root>
      <Button alignSelf="end" disabled={!file} loading={upload.isPending} onClick={() => file && upload.mutate(file)}>
        Review rows
      </Button>
    </Stack>
  );
}

interface ReviewProps {
  preview: ImportPreview;
  onBack: () => void;
  onResult: (result: ImportResult) => void;
}

function Review({ preview, onBack, onResult }: ReviewProps) {
  const [skip, setSkip] = useState(false);
  const refresh = useRefresh();
  const commit = useMutation({
    mutationFn: () => api.commit(preview.token),
    onSuccess: (result) => {
      refresh();
      toaster.success({ title: `${plural(result.created, 'user')} invited` });
      onResult(result);
    },
    onError: toastError,
  });
  return (
    <Stack gap="4">
      <HStack>
        <Text fontWeight="medium">{preview.filename}</Text>
        <Badge colorPalette="green">{preview.valid} ready</Badge>
        {preview.invalid > 0 && <Badge colorPalette="red">{preview.invalid} with errors</Badge>}
      </HStack>
      <Table.ScrollArea borderWidth="1px" rounded="md" maxH="lg">
        <Table.Root size="sm" stickyHeader>
          <Table.Header>
            <Table.Row bg="bg.subtle">
              {['Row', 'Email', 'Name', 'Role', 'Managers', 'Groups', 'Result'].map((title) => (
                <Table.ColumnHeader key={title}>{title}</Table.ColumnHeader>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {preview.rows.map((row) => (
              <Table.Row key={row.row} bg={row.errors.length ? 'bg.error' : undefined}>
                <Table.Cell color="fg.muted">{row.row}</Table.Cell>
                <Table.Cell>{row.email}</Table.Cell>
                <Table.Cell>
                  {row.first_name} {row.last_name}
                </Table.Cell>
                <Table.Cell>{row.role}</Table.Cell>
                <Table.Cell>{row.managers.join('; ')}</Table.Cell>
                <Table.Cell>{row.groups.join('; ')}</Table.Cell>
                <Table.Cell>
                  {row.errors.length ? (
                    row.errors.map((error) => (
                      <Text key={error} color="fg.error">
                        {error}
                      </Text>
                    ))
                  ) : (
                    <Badge colorPalette="green">Ready</Badge>
                  )}
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table.Root>
      </Table.ScrollArea>
      <HStack justify="end" gap="3">
        {preview.invalid > 0 && preview.valid > 0 && (
          <Checkbox.Root me="auto" checked={skip} onCheckedChange={(e) => setSkip(!!e.checked)}>
            <Checkbox.HiddenInput />
            <Checkbox.Control />
            <Checkbox.Label>Skip {plural(preview.invalid, 'row')} with errors</Checkbox.Label>
          </Checkbox.Root>
        )}
        <Button variant="outline" onClick={onBack}>
          Choose another file
        </Button>
        <Button
          disabled={preview.valid === 0 || (preview.invalid > 0 && !skip)}
          loading={commit.isPending}
          onClick={() => commit.mutate()}
        >
          Invite {plural(preview.valid, 'user')}
        </Button>
      </HStack>
    </Stack>
  );
}

function Done({ result, onAgain }: { result: ImportResult; onAgain: () => void }) {
  return (
    <Stack gap="4">
      <Alert.Root status={result.created ? 'success' : 'warning'}>
        <Alert.Indicator />
        <Alert.Content>
          <Alert.Title>{plural(result.created, 'user')} invited</Alert.Title>
          {result.skipped.length > 0 && <Alert.Description>{plural(result.skipped.length, 'row')} skipped</Alert.Description>}
        </Alert.Content>
      </Alert.Root>
      {result.skipped.length > 0 && (
        <List.Root ps="5">
          {result.skipped.map(({ row, email, reason }) => (
            <List.Item key={row}>
              Row {row} {email && `(${email})`}: {reason}
            </List.Item>
          ))}
        </List.Root>
      )}
      <HStack justify="end">
        <Button variant="outline" onClick={onAgain}>
          Import another file
        </Button>
        <Button asChild>
          <RouterLink to="/admin/users">Go to People</RouterLink>
        </Button>
      </HStack>
    </Stack>
  );
}

export function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const restart = () => {
    setPreview(undefined);
    setResult(undefined);
  };
  return (
    <Stack gap="6" maxW="5xl" mx="auto">
      <Breadcrumb.Root>
        <Breadcrumb.List>
          <Breadcrumb.Item>
            <Breadcrumb.Link asChild>
              <RouterLink to="/admin/users">People</RouterLink>
            </Breadcrumb.Link>
          </Breadcrumb.Item>
          <Breadcrumb.Separator />
          <Breadcrumb.Item>
            <Breadcrumb.CurrentLink>Import Users</Breadcrumb.CurrentLink>
          </Breadcrumb.Item>
        </Breadcrumb.List>
      </Breadcrumb.Root>
      <Heading as="h1" size="2xl">
        Import Users
      </Heading>
      <Card.Root>
        <Card.Body>
          <Steps.Root linear step={result ? 2 : preview ? 1 : 0} count={STEPS.length}>
            <Steps.List>
              {STEPS.map((title, index) => (
                <Steps.Item key={title} index={index} title={title}>
                  <Steps.Trigger disabled>
                    <Steps.Indicator />
                    <Steps.Title>{title}</Steps.Title>
                  </Steps.Trigger>
                  <Steps.Separator />
                </Steps.Item>
              ))}
            </Steps.List>
            {result ? (
              <Done result={result} onAgain={restart} />
            ) : preview ? (
              <Review preview={preview} onBack={restart} onResult={setResult} />
            ) : (
              <Upload onPreview={setPreview} />
            )}
          </Steps.Root>
        </Card.Body>
      </Card.Root>
    </Stack>
  );
}
