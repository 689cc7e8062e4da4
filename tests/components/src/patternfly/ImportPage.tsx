import { useState } from 'react';
import {
  ActionList,
  ActionListItem,
  Alert,
  Breadcrumb,
  BreadcrumbItem,
  Button,
  Checkbox,
  Content,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  FileUpload,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Label,
  PageSection,
  Pagination,
  Stack,
  StackItem,
  Title,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link, useNavigate } from 'react-router-dom';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { useToast } from './toasts';

const users = (count: number) => `${count} ${count === 1 ? 'user' : 'users'}`;
const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`;

function FileStep({ onRead }: { onRead: (preview: ImportPreview) => void }) {
  const [filename, setFilename] = useState('');
  const [isLoading, setIsLoading] = useState(false);
  const [error, setError] = useState('');

  const onFile = async (file: File) => {
    setFilename(file.name);
    setError('');
    setIsLoading(true);
    try {
      onRead(await api.upload(file));
    } catch (problem) {
      setError((problem as Error).message);
      setIsLoading(false);
    }
  };

  return (
    <Form isWidthLimited>
      <FormGroup label="CSV file" isRequired fieldId="import-file">
        <FileUpload
          id="import-file"
          filename={filename}
          filenamePlaceholder="Drag and drop a file or upload one"
          browseButtonText="Upload"
          hideDefaultPreview
          isLoading={isLoading}
          validated={error ? 'error' : 'default'}
          dropzoneProps={{
            accept: { 'text/csv': ['.csv'] },
            onDropRejected: () => setError('Only .csv files are supported'),
          }}
          onFileInputChange={(_event, file) => onFile(file)}
          onClearClick={() => {
            setFilename('');
            setError('');
          }}
        />
        <FormHelperText>
          <HelperText isLiveRegion>
            <HelperTextItem variant={error ? 'error' : 'default'}>
              {error ||
                'Columns: email, first name, last name, role; optionally managers and groups, several separated by “;”.'}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
    </Form>
  );
}

interface ReviewStepProps {
  preview: ImportPreview;
  onBack: () => void;
  onImported: (result: ImportResult) => void;
}

function ReviewStep({ preview, onBack, onImported }: ReviewStepProps) {
  const toast = useToast();
  const [show, setShow] = useState<'all' | 'ready' | 'errors'>('all');
  const [page, setPage] = useState(1);
  const [perPage, setPerPage] = useState(20);
  const [isSkipping, setIsSkipping] = useState(false);
  const [isLoading, setIsLoading] = useState(false);

  const shown = preview.rows.filter(({ errors }) => show === 'all' || (show === 'errors') === errors.length > 0);

  const onImport = async () => {
    setIsLoading(true);
    try {
      onImported(await api.commit(preview.token));
    } catch (error) {
      toast('danger', 'Could not import the file', (error as Error).message);
      setIsLoading(false);
    }
  };

  const views = [
    { key: 'all', text: `All (${preview.rows.length})` },
    { key: 'ready', text: `Ready (${preview.valid})` },
    { key: 'errors', text: `With errors (${preview.invalid})` },
  ] as const;

  return (
    <Stack hasGutter>
      <StackItem>
        {preview.invalid > 0 ? (
          <Alert variant="warning" isInline title={`${rows(preview.invalid)} of ${preview.filename} cannot be imported`}>
            Correct the file and upload it again, or skip these rows.
          </Alert>
        ) : (
          <Alert variant="success" isInline title={`All rows of ${preview.filename} can be imported`} />
        )}
      </StackItem>
      <StackItem>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <ToggleGroup aria-label="Rows to show">
                {views.map(({ key, text }) => (
                  <ToggleGroupItem
                    key={key}
                    text={text}
                    buttonId={`rows-${key}`}
                    isSelected={show === key}
                    onChange={() => {
                      setShow(key);
                      setPage(1);
                    }}
                  />
                ))}
              </ToggleGroup>
            </ToolbarItem>
            <ToolbarItem variant="pagination">
              <Pagination
                isCompact
                itemCount={shown.length}
                page={page}
                perPage={perPage}
                onSetPage={(_event, next) => setPage(next)}
                onPerPageSelect={(_event, size) => {
                  setPerPage(size);
                  setPage(1);
                }}
              />
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <Table aria-label="Rows of the file" variant="compact">
          <Thead>
            <Tr>
              <Th>Row</Th>
              <Th>Email</Th>
              <Th>Name</Th>
              <Th>Role</Th>
              <Th>Groups</Th>
              <Th>Managers</Th>
              <Th>Result</Th>
            </Tr>
          </Thead>
          <Tbody>
            {shown.slice((page - 1) * perPage, page * perPage).map((row) => (
              <Tr key={row.row}>
                <Td dataLabel="Row">{row.row}</Td>
                <Td dataLabel="Email">{row.email}</Td>
                <Td dataLabel="Name">{`${row.first_name} ${row.last_name}`}</Td>
                <Td dataLabel="Role">{row.role}</Td>
                <Td dataLabel="Groups">{row.groups.join('; ')}</Td>
                <Td dataLabel="Managers">{row.managers.join('; ')}</Td>
                <Td dataLabel="Result">
                  {row.errors.length > 0 ? (
                    <HelperText>
                      {row.errors.map((error) => (
                        <HelperTextItem key={error} variant="error">
                          {error}
                        </HelperTextItem>
                      ))}
                    </HelperText>
                  ) : (
                    <Label color="green" icon={<CheckCircleIcon />}>
                      Ready
                    </Label>
                  )}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </StackItem>
      {preview.invalid > 0 && preview.valid > 0 && (
        <StackItem>
          <Checkbox
            id="skip-errors"
            label={`Skip ${rows(preview.invalid)} with errors`}
            isChecked={isSkipping}
            onChange={(_event, checked) => setIsSkipping(checked)}
          />
        </StackItem>
      )}
      <StackItem>
        <ActionList>
          <ActionListItem>
            <Button
              isLoading={isLoading}
              isDisabled={isLoading || preview.valid === 0 || (preview.invalid > 0 && !isSkipping)}
              onClick={onImport}
            >
              Import {users(preview.valid)}
            </Button>
          </ActionListItem>
          <ActionListItem>
            <Button variant="link" isDisabled={isLoading} onClick={onBack}>
              Choose another file
            </Button>
          </ActionListItem>
        </ActionList>
      </StackItem>
    </Stack>
  );
}

function ResultStep({ result, onAgain }: { result: ImportResult; onAgain: () => void }) {
  const navigate = useNavigate();
  return (
    <>
      <EmptyState
        headingLevel="h2"
        status={result.created > 0 ? 'success' : 'warning'}
        titleText={`${users(result.created)} invited`}
        variant="sm"
      >
        <EmptyStateBody>
          {result.skipped.length > 0 ? `${rows(result.skipped.length)} skipped.` : 'No rows were skipped.'}
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => navigate('/admin/users')}>Go to People</Button>
          </EmptyStateActions>
          <EmptyStateActions>
            <Button variant="link" onClick={onAgain}>
              Import another file
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
      {result.skipped.length > 0 && (
        <Table aria-label="Skipped rows" variant="compact">
          <Thead>
            <Tr>
              <Th>Row</Th>
              <Th>Email</Th>
              <Th>Reason</Th>
            </Tr>
          </Thead>
          <Tbody>
            {result.skipped.map(({ row, email, reason }) => (
              <Tr key={row}>
                <Td dataLabel="Row">{row}</Td>
                <Td dataLabel="Email">{email}</Td>
                <Td dataLabel="Reason">{reason}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </>
  );
}

export function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();

  const onStartOver = () => {
    setPreview(undefined);
    setResult(undefined);
  };

  return (
    <>
      <PageSection type="breadcrumb">
        <Breadcrumb>
          <BreadcrumbItem render={({ className }) => <Link className={className} to="/admin/users">People</Link>} />
          <BreadcrumbItem isActive>Import users</BreadcrumbItem>
        </Breadcrumb>
      </PageSection>
      <PageSection>
        <Title headingLevel="h1">Import users</Title>
        <Content component="p">Everybody in the file receives an invitation by email.</Content>
      </PageSection>
      <PageSection isFilled>
        {result ? (
          <ResultStep result={result} onAgain={onStartOver} />
        ) : preview ? (
          <ReviewStep preview={preview} onBack={onStartOver} onImported={setResult} />
        ) : (
          <FileStep onRead={setPreview} />
        )}
      </PageSection>
    </>
  );
}
