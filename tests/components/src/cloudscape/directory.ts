import { useEffect, useState } from 'react';
import { api, type ApiError, type Person } from '../shared/api';

const CHUNK = 100;

/** The whole directory, fetched chunk after chunk; what has arrived is there to be shown at once. */
export function useDirectory() {
  const [people, setPeople] = useState<Person[]>([]);
  const [complete, setComplete] = useState(false);
  const [error, setError] = useState('');
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let current = true;
    const fetchAll = async () => {
      setPeople([]);
      setComplete(false);
      setError('');
      for (let page = 1, more = true; more && current; page++) {
        const { items, total } = await api.list({ page, page_size: CHUNK });
        if (!current) return;
        setPeople((known) => [...known, ...items]);
        more = page * CHUNK < total;
      }
    };
    fetchAll()
      .catch((failure: ApiError) => current && setError(failure.message))
      .finally(() => current && setComplete(true));
    return () => {
      current = false;
    };
  }, [turn]);

  return {
    people,
    complete,
    error,
    reload: () => setTurn((n) => n + 1),
    replace: (person: Person) => setPeople((known) => known.map((item) => (item.id === person.id ? person : item))),
  };
}
