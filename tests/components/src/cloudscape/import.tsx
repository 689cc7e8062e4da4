import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FileUpload from '@cloudscape-design/components/file-upload';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import Wizard, { type WizardProps } from '@cloudscape-design/components/wizard';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, useRemote, type ApiError, type ImportPreview, type ImportResult } from '../shared/api';
import { useFollow } from './follow';
import { people } from './format';
import { useNotifications } from './notifications';

export function ImportPage() {
  const navigate = useNavigate();
  const { notify } = useNotifications();
  const { data: summary } = useRemote(api.summary, []);
  const [activeStepIndex, setActiveStepIndex] = useState(0);
  const [files, setFiles] = useState<File[]>([]);
  const [preview, setPreview] = useState<ImportPreview>();
  const [skip, setSkip] = useState(false);
  const [error, setError] = useState('');
  const [loading, setLoading] = useState(false);
  const [result, setResult] = useState<ImportResult>();

  if (result) return <ImportOutcome result={result} />;

  const upload = async () => {
    if (!files.length) return setError('Choose a CSV file');
    setLoading(true);
    try {
      setPreview(await api.upload(files[0]));
      setSkip(false);
      setActiveStepIndex(1);
    } catch (failure) {
      setError((failure as ApiError).message);
    }
    setLoading(false);
  };

  const rowsError = () => {
    if (!preview?.valid) return 'No row of this file can be imported. Go back and choose a corrected file.';
    if (preview.invalid && !skip) return 'Choose to skip the rows with errors, or go back and choose a corrected file.';
    return '';
  };

  const onNavigate: WizardProps['onNavigate'] = ({ detail: { requestedStepIndex, reason } }) => {
    setError('');
    if (reason !== 'next') return setActiveStepIndex(requestedStepIndex);
    if (activeStepIndex === 0) return upload();
    const problem = rowsError();
    if (problem) return setError(problem);
    setActiveStepIndex(requestedStepIndex);
  };

  const submit = async () => {
    if (!preview) return;
    setError('');
    setLoading(true);
    try {
      const outcome = await api.commit(preview.token);
      notify('success', `${people(outcome.created)} invited from ${preview.filename}.`, 'Import complete');
      setResult(outcome);
    } catch (failure) {
      setError((failure as ApiError).message);
    }
    setLoading(false);
  };

  return (
    <Wizard
      activeStepIndex={activeStepIndex}
      isLoadingNextStep={loading}
      submitButtonText="Import users"
      i18nStrings={{
        stepNumberLabel: (step) => `Step ${step}`,
        collapsedStepsLabel: (step, count) => `Step ${step} of ${count}`,
      }}
      onNavigate={onNavigate}
      onCancel={() => navigate('/admin/users')}
      onSubmit={submit}
      steps={[
        {
          title: 'Choose file',
          description: 'Upload a CSV file with one person in each row.',
          content: (
            <Container header={<Header variant="h2">CSV file</Header>}>
              <FormField
                label="File"
                description="Columns: Email, First Name, Last Name, Role, Managers and Groups. Separate several managers or groups with a semicolon."
              >
                <FileUpload
                  accept=".csv"
                  value={files}
                  onChange={({ detail }) => {
                    setFiles(detail.value);
                    setError('');
                  }}
                  showFileSize
                  showFileLastModified
                  tokenLimit={1}
                  errorText={error}
                  constraintText="CSV UTF-8, at most 1000 people. Managers and Groups are optional."
                />
              </FormField>
            </Container>
          ),
        },
        {
          title: 'Review rows',
          errorText: error,
          content: preview && (
            <SpaceBetween size="l">
              {preview.invalid > 0 && (
                <Alert type="warning" header={`${preview.invalid} of ${preview.rows.length} rows have errors`}>
                  <Checkbox checked={skip} onChange={({ detail }) => setSkip(detail.checked)}>
                    Skip rows with errors
                  </Checkbox>
                </Alert>
              )}
              <Table
                header={
                  <Header counter={`(${preview.rows.length})`} description={preview.filename}>
                    People in the file
                  </Header>
                }
                trackBy="row"
                wrapLines
                items={preview.rows}
                columnDefinitions={[
                  { id: 'row', header: 'Row', minWidth: 70, cell: (row) => row.row },
                  {
                    id: 'check',
                    header: 'Check',
                    minWidth: 320,
                    cell: (row) =>
                      row.errors.length ? (
                        <StatusIndicator type="error">{row.errors.join('; ')}</StatusIndicator>
                      ) : (
                        <StatusIndicator type="success">Ready</StatusIndicator>
                      ),
                  },
                  { id: 'email', header: 'Email', minWidth: 230, isRowHeader: true, cell: (row) => row.email || '-' },
                  {
                    id: 'name',
                    header: 'Name',
                    minWidth: 150,
                    cell: (row) => `${row.first_name} ${row.last_name}`.trim() || '-',
                  },
                  { id: 'role', header: 'Role', minWidth: 130, cell: (row) => row.role || '-' },
                  { id: 'groups', header: 'Groups', minWidth: 180, cell: (row) => row.groups.join('; ') || '-' },
                  { id: 'managers', header: 'Managers', minWidth: 230, cell: (row) => row.managers.join('; ') || '-' },
                ]}
              />
            </SpaceBetween>
          ),
        },
        {
          title: 'Confirm',
          description: 'Everyone imported gets an email to activate the account.',
          errorText: error,
          content: preview && (
            <Container header={<Header variant="h2">Summary</Header>}>
              <KeyValuePairs
                columns={4}
                items={[
                  { label: 'File', value: preview.filename },
                  { label: 'To invite', value: people(preview.valid) },
                  { label: 'Rows to skip', value: preview.invalid },
                  { label: 'Free seats', value: summary ? summary.seats_total - summary.seats_used : '-' },
                ]}
              />
            </Container>
          ),
        },
      ]}
    />
  );
}

function ImportOutcome({ result }: { result: ImportResult }) {
  const follow = useFollow();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <Button variant="primary" href="/admin/users" onFollow={follow()}>
              View people
            </Button>
          }
        >
          Import results
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container>
          <KeyValuePairs
            columns={2}
            items={[
              {
                label: 'Invited',
                value: <StatusIndicator type="success">{people(result.created)}</StatusIndicator>,
              },
              {
                label: 'Skipped rows',
                value: result.skipped.length ? (
                  <StatusIndicator type="warning">{result.skipped.length}</StatusIndicator>
                ) : (
                  '-'
                ),
              },
            ]}
          />
        </Container>
        <Table
          header={<Header counter={`(${result.skipped.length})`}>Skipped rows</Header>}
          trackBy="row"
          wrapLines
          items={result.skipped}
          columnDefinitions={[
            { id: 'row', header: 'Row', cell: (row) => row.row },
            { id: 'email', header: 'Email', isRowHeader: true, cell: (row) => row.email || '-' },
            { id: 'reason', header: 'Reason', cell: (row) => row.reason },
          ]}
          empty={
            <Box textAlign="center" color="inherit">
              Every row was imported
            </Box>
          }
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
