import { type FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { toast } from 'sonner';
import { ApiError, type ImportPreview, type ImportResult, api } from '../shared/api';
import { Badge, Button, Card, Input, Label } from './ui/basic';

export function ImportPage() {
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

  function upload(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file') as File;
    if (!file.name) {
      setError('Please choose a file.');
      return;
    }
    run(async () => setPreview(await api.upload(file)));
  }

  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">Import Users</h1>
        <p className="text-muted-foreground">Add many people at once from a CSV file.</p>
      </div>
      <Card>
        {!preview && (
          <form onSubmit={upload} className="grid gap-4">
            <div className="grid gap-2">
              <Label htmlFor="file">CSV file</Label>
              <Input id="file" name="file" type="file" accept=".csv" />
              <p className="text-xs text-muted-foreground">
                Required columns: Email, First Name, Last Name, Role. Optional: Managers, Groups (separated by ;).
              </p>
              {error && <p className="text-sm text-destructive">{error}</p>}
            </div>
            <div className="flex justify-end gap-2">
              <Button variant="outline" asChild>
                <Link to="/admin/users">Cancel</Link>
              </Button>
              <Button type="submit" disabled={busy}>
                Upload
              </Button>
            </div>
          </form>
        )}
        {preview && !result && (
          <div className="grid gap-4">
            <h2 className="text-lg font-semibold">Review</h2>
            <p>
              {preview.filename}: {preview.valid} of {preview.rows.length} rows can be imported.
            </p>
            {error && <p className="text-sm text-destructive">{error}</p>}
            <div className="max-h-96 overflow-auto rounded-md border">
              <table className="w-full text-sm">
                <thead>
                  <tr className="border-b text-left">
                    {['Row', 'Email', 'First name', 'Last name', 'Role', 'Groups', ''].map((title) => (
                      <th key={title} className="h-9 px-3 font-medium">
                        {title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {preview.rows.map((row) => (
                    <tr key={row.row} className="border-b last:border-0">
                      <td className="p-2 px-3">{row.row}</td>
                      <td className="p-2 px-3">{row.email}</td>
                      <td className="p-2 px-3">{row.first_name}</td>
                      <td className="p-2 px-3">{row.last_name}</td>
                      <td className="p-2 px-3">{row.role}</td>
                      <td className="p-2 px-3">
                        <div className="flex flex-wrap gap-1">
                          {row.groups.map((group) => (
                            <Badge key={group} variant="secondary">
                              {group}
                            </Badge>
                          ))}
                        </div>
                      </td>
                      <td className="p-2 px-3 text-destructive">{row.errors.join(', ')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <div className="flex justify-end gap-2">
              <Button variant="outline" onClick={() => setPreview(undefined)}>
                Start over
              </Button>
              <Button
                disabled={busy || !preview.valid}
                onClick={() =>
                  run(async () => {
                    const done = await api.commit(preview.token);
                    setResult(done);
                    toast.success(`${done.created} people imported`);
                  })
                }
              >
                Import {preview.valid} people
              </Button>
            </div>
          </div>
        )}
        {result && (
          <div className="grid gap-4">
            <h2 className="text-lg font-semibold">Import complete</h2>
            <p>
              {result.created} imported, {result.skipped.length} failed.
            </p>
            {result.skipped.length > 0 && (
              <ul className="list-disc pl-5 text-destructive">
                {result.skipped.map((item) => (
                  <li key={item.row}>
                    Row {item.row} ({item.email}): {item.reason}
                  </li>
                ))}
              </ul>
            )}
            <Button className="justify-self-end" asChild>
              <Link to="/admin/users">Done</Link>
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}
