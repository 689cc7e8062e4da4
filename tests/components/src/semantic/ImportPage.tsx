import { type ChangeEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import {
  Breadcrumb, Button, Checkbox, Header, Icon, Label, List, Message, Segment, Step, Table,
} from 'semantic-ui-react';
import { api, type ImportPreview, type ImportResult } from '../shared/api';

const people = (count: number) => `${count} ${count === 1 ? 'user' : 'users'}`;

function Review({ preview }: { preview: ImportPreview }) {
  return (
    <Table celled compact striped>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell collapsing>Row</Table.HeaderCell>
          <Table.HeaderCell>Email</Table.HeaderCell>
          <Table.HeaderCell>Name</Table.HeaderCell>
          <Table.HeaderCell>Role</Table.HeaderCell>
          <Table.HeaderCell>Groups</Table.HeaderCell>
          <Table.HeaderCell>Managers</Table.HeaderCell>
          <Table.HeaderCell>Problems</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {preview.rows.map((row) => (
          <Table.Row key={row.row} negative={row.errors.length > 0}>
            <Table.Cell>{row.row}</Table.Cell>
            <Table.Cell>{row.email}</Table.Cell>
            <Table.Cell>{`${row.first_name} ${row.last_name}`}</Table.Cell>
            <Table.Cell>{row.role}</Table.Cell>
            <Table.Cell>
              {row.groups.map((group) => (
                <Label key={group} size="small" content={group} />
              ))}
            </Table.Cell>
            <Table.Cell>{row.managers.join(', ')}</Table.Cell>
            <Table.Cell>
              {row.errors.length > 0 ? (
                <List items={row.errors.map((error) => ({ key: error, icon: 'attention', content: error }))} />
              ) : (
                <Icon name="checkmark" color="green" />
              )}
            </Table.Cell>
          </Table.Row>
        ))}
      </Table.Body>
    </Table>
  );
}

export default function ImportPage() {
  const [preview, setPreview] = useState<ImportPreview>();
  const [result, setResult] = useState<ImportResult>();
  const [skipping, setSkipping] = useState(false);
  const [error, setError] = useState('');
  const [loading, setLoading] = useState(false);

  const attempt = async (work: () => Promise<void>) => {
    setLoading(true);
    setError('');
    try {
      await work();
    } catch (reason) {
      setError((reason as Error).message);
    }
    setLoading(false);
  };

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) void attempt(async () => setPreview(await api.upload(file)));
  };

  const startOver = () => {
    setPreview(undefined);
    setResult(undefined);
    setSkipping(false);
    setError('');
  };

  return (
    <>
      <title>Import users | Learn:Up</title>
      <Breadcrumb>
        <Breadcrumb.Section as={Link} to="/admin">
          Settings
        </Breadcrumb.Section>
        <Breadcrumb.Divider icon="right angle" />
        <Breadcrumb.Section as={Link} to="/admin/users">
          Users
        </Breadcrumb.Section>
        <Breadcrumb.Divider icon="right angle" />
        <Breadcrumb.Section active>Import CSV</Breadcrumb.Section>
      </Breadcrumb>

      <Step.Group widths={3}>
        <Step
          icon="upload"
          title="Upload"
          description="Choose a CSV file"
          active={!preview}
          completed={Boolean(preview)}
        />
        <Step
          icon="tasks"
          title="Review"
          description="Check every row"
          active={Boolean(preview) && !result}
          completed={Boolean(result)}
          disabled={!preview}
        />
        <Step icon="check circle" title="Finish" description="See what came of it" active={Boolean(result)} disabled={!result} />
      </Step.Group>

      {error && (
        <Message negative header="The import stopped" content={error} onDismiss={() => setError('')} />
      )}

      {!preview && (
        <Segment placeholder loading={loading}>
          <Header icon>
            <Icon name="file excel outline" />
            Email, First Name, Last Name and Role are required. Managers and Groups are optional; separate several with
            semicolons.
          </Header>
          <Button as="label" primary>
            Choose File
            <input hidden type="file" accept=".csv" onChange={choose} />
          </Button>
        </Segment>
      )}

      {preview && !result && (
        <Segment basic loading={loading} style={{ padding: 0 }}>
          <Header as="h3">
            {preview.filename}
            <Header.Subheader>
              {people(preview.valid)} ready, {preview.invalid} with errors
            </Header.Subheader>
          </Header>
          <Review preview={preview} />
          {preview.invalid > 0 && preview.valid > 0 && (
            <Segment>
              <Checkbox
                label={`Skip the ${preview.invalid === 1 ? 'row' : `${preview.invalid} rows`} with errors and import the rest`}
                checked={skipping}
                onChange={(_, { checked }) => setSkipping(Boolean(checked))}
              />
            </Segment>
          )}
          <Button basic content="Choose another file" onClick={startOver} />
          <Button
            primary
            floated="right"
            icon="right arrow"
            labelPosition="right"
            content={`Import ${people(preview.valid)}`}
            disabled={!preview.valid || (preview.invalid > 0 && !skipping)}
            onClick={() => attempt(async () => setResult(await api.commit(preview.token)))}
          />
        </Segment>
      )}

      {result && (
        <>
          <Message
            icon="check circle outline"
            positive
            header={`${people(result.created)} invited`}
            content={result.skipped.length ? `${result.skipped.length} skipped, as listed below.` : 'No rows were skipped.'}
          />
          {result.skipped.length > 0 && (
            <Table celled>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell collapsing>Row</Table.HeaderCell>
                  <Table.HeaderCell>Email</Table.HeaderCell>
                  <Table.HeaderCell>Reason</Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {result.skipped.map(({ row, email, reason }) => (
                  <Table.Row key={row}>
                    <Table.Cell>{row}</Table.Cell>
                    <Table.Cell>{email}</Table.Cell>
                    <Table.Cell>{reason}</Table.Cell>
                  </Table.Row>
                ))}
              </Table.Body>
            </Table>
          )}
          <Button primary as={Link} to="/admin/users" content="Back to Users" />
          <Button basic content="Import another file" onClick={startOver} />
        </>
      )}
    </>
  );
}
